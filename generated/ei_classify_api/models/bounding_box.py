from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


_new = object.__new__


@define(repr=False)
class BoundingBox(Model):
    """An expected object, in whole pixels of the image. Not to be confused with `ScoredBox`, which is in
    ratios.
    """

    label: str
    """What the box surrounds."""
    x: int
    """Left edge, in pixels from the image's left edge."""
    y: int
    """Top edge, in pixels from the image's top edge."""
    width: int
    """Width, in pixels."""
    height: int
    """Height, in pixels."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> BoundingBox:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, BoundingBoxWire))

    @staticmethod
    def from_json(content: bytes | str) -> BoundingBox:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, BoundingBoxWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "label": self.label,
            "x": self.x,
            "y": self.y,
            "width": self.width,
            "height": self.height,
        }
        return properties


class BoundingBoxWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    label: str
    x: int
    y: int
    width: int
    height: int


def build(wire: BoundingBoxWire) -> BoundingBox:
    """The object for what was read."""
    model = _new(BoundingBox)
    model.label = wire.label
    model.x = wire.x
    model.y = wire.y
    model.width = wire.width
    model.height = wire.height
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
