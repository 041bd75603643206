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
class Failure(Model):
    """A call that was not carried out. The same body comes with an HTTP error status and with status 200."""

    success: bool
    """False."""
    error: str | Unset = UNSET
    """Why, in words for a person."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Failure:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, FailureWire))

    @staticmethod
    def from_json(content: bytes | str) -> Failure:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, FailureWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
        }
        if not isinstance(self.error, Unset):
            properties["error"] = self.error
        return properties


class FailureWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    success: bool
    error: str | Unset = UNSET


def build(wire: FailureWire) -> Failure:
    """The object for what was read."""
    model = _new(Failure)
    model.success = wire.success
    model.error = wire.error
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
