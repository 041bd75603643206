from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Unset,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


_new = object.__new__


@define(repr=False)
class ThresholdOption(Model):
    """One choice of a threshold."""

    description: str | Unset = UNSET
    """The choice for people."""
    value: str | Unset = UNSET
    """What the threshold's `value` is when this is chosen."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ThresholdOption:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, ThresholdOptionWire))

    @staticmethod
    def from_json(content: bytes | str) -> ThresholdOption:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, ThresholdOptionWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if not isinstance(self.description, Unset):
            properties["description"] = self.description
        if not isinstance(self.value, Unset):
            properties["value"] = self.value
        return properties


class ThresholdOptionWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    description: str | Unset = UNSET
    value: str | Unset = UNSET


def build(wire: ThresholdOptionWire) -> ThresholdOption:
    """The object for what was read."""
    model = _new(ThresholdOption)
    model.description = wire.description
    model.value = wire.value
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
