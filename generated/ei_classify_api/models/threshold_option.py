from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class ThresholdOption(Model):
    """One choice of a threshold."""

    description: str | None = None
    """The name of the choice, for people."""
    value: str | None = None
    """The `value` of the threshold if this is chosen."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ThresholdOption:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ThresholdOptionWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ThresholdOption:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ThresholdOptionWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.description is not None:
            properties["description"] = self.description
        if self.value is not None:
            properties["value"] = self.value
        return properties


class ThresholdOptionWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    description: str | None = None
    value: str | None = None


def build(wire: ThresholdOptionWire) -> ThresholdOption:
    """Returns the object for what was read."""
    model = _new(ThresholdOption)
    model.description = wire.description
    model.value = wire.value
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
