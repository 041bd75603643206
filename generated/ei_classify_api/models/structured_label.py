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
from . import label_map as _label_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .label_map import LabelMap

_new = object.__new__


@define(repr=False)
class StructuredLabel(Model):
    """A label, and the range of indices that it applies to."""

    start_index: int | None = None
    """The first index of the range (inclusive), from 0."""
    end_index: int | None = None
    """The last index of the range (inclusive). In the labels of a sample, an index counts readings, so
    index × `intervalMs` is the time from the sample's start, in milliseconds.
    """
    label: str | None = None
    """The label."""
    label_map: LabelMap | None = None
    """Several labels at once, one per key, for projects that label with a map."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> StructuredLabel:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, StructuredLabelWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> StructuredLabel:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, StructuredLabelWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.start_index is not None:
            properties["startIndex"] = self.start_index
        if self.end_index is not None:
            properties["endIndex"] = self.end_index
        if self.label is not None:
            properties["label"] = self.label
        if self.label_map is not None:
            properties["labelMap"] = self.label_map.to_dict()
        return properties


class StructuredLabelWire(
    Wire,
    rename={
        "start_index": "startIndex",
        "end_index": "endIndex",
        "label_map": "labelMap",
    },
):
    """The JSON that it is read from."""

    start_index: Integer | None = None
    end_index: Integer | None = None
    label: str | None = None
    label_map: _label_map.LabelMapWire | None = None


def build(wire: StructuredLabelWire) -> StructuredLabel:
    """Returns the object for what was read."""
    model = _new(StructuredLabel)
    model.start_index = wire.start_index
    model.end_index = wire.end_index
    model.label = wire.label
    model.label_map = _label_map.build(wire.label_map) if wire.label_map is not None else None
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
