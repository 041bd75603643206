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
from . import label_map as _label_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .label_map import LabelMap

_new = object.__new__


@define(repr=False)
class StructuredLabel(Model):
    """A label with the range of indices for which it holds."""

    start_index: int
    """First index of the range (inclusive), from 0."""
    end_index: int
    """Last index of the range (inclusive). In a sample's labels an index counts readings, so index ×
    `intervalMs` is the time from the sample's start, in milliseconds.
    """
    label: str
    """The label."""
    label_map: LabelMap | Unset = UNSET
    """Several labels at once, one a key, for projects that label with a map."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> StructuredLabel:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, StructuredLabelWire))

    @staticmethod
    def from_json(content: bytes | str) -> StructuredLabel:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, StructuredLabelWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "startIndex": self.start_index,
            "endIndex": self.end_index,
            "label": self.label,
        }
        if not isinstance(self.label_map, Unset):
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
    """What JSON may hold for it."""

    start_index: int
    end_index: int
    label: str
    label_map: _label_map.LabelMapWire | Unset = UNSET


def build(wire: StructuredLabelWire) -> StructuredLabel:
    """The object for what was read."""
    model = _new(StructuredLabel)
    model.start_index = wire.start_index
    model.end_index = wire.end_index
    model.label = wire.label
    model.label_map = _label_map.build(wire.label_map) if wire.label_map is not UNSET else UNSET
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
