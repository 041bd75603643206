from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Wire,
    known,
    read_dict,
    read_json,
)
from . import text_map as _text_map
from .label_map_type import LabelMapType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .text_map import TextMap

_new = object.__new__


@define(repr=False)
class LabelMap(Model):
    """Several labels at once, one per key, for projects that label with a map."""

    type_: LabelMapType | str | None = None
    """The form of the map."""
    labels: TextMap | None = None
    """Text by key."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> LabelMap:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, LabelMapWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> LabelMap:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, LabelMapWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.type_ is not None:
            properties["type"] = str(self.type_)
        if self.labels is not None:
            properties["labels"] = dict(self.labels)
        return properties


class LabelMapWire(
    Wire,
    rename={
        "type_": "type",
    },
):
    """The JSON that it is read from."""

    type_: str | None = None
    labels: _text_map.TextMapWire | None = None


def build(wire: LabelMapWire) -> LabelMap:
    """Returns the object for what was read."""
    model = _new(LabelMap)
    model.type_ = known(LabelMapType, wire.type_)
    model.labels = wire.labels
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
