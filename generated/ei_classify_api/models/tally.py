from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
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
class Tally(Model):
    """How many predictions are right and how many wrong."""

    good: int | None = None
    """The number of right predictions."""
    bad: int | None = None
    """The number of wrong predictions."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Tally:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, TallyWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Tally:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, TallyWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.good is not None:
            properties["good"] = self.good
        if self.bad is not None:
            properties["bad"] = self.bad
        return properties


class TallyWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    good: Integer | None = None
    bad: Integer | None = None


def build(wire: TallyWire) -> Tally:
    """Returns the object for what was read."""
    model = _new(Tally)
    model.good = wire.good
    model.bad = wire.bad
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
