from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Number,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class BoundingBox(Model):
    """An expected object, in pixels of the image, which may be fractions. `ScoredBox`, in contrast, is in
    ratios.
    """

    x: float
    """The left edge, in pixels from the image's left edge."""
    y: float
    """The top edge, in pixels from the image's top edge."""
    width: float
    """The width, in pixels."""
    height: float
    """The height, in pixels."""
    label: str | None = None
    """The label of the object."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> BoundingBox:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, BoundingBoxWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> BoundingBox:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, BoundingBoxWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "x": self.x,
            "y": self.y,
            "width": self.width,
            "height": self.height,
        }
        if self.label is not None:
            properties["label"] = self.label
        return properties


class BoundingBoxWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    x: Number
    y: Number
    width: Number
    height: Number
    label: str | None = None


def build(wire: BoundingBoxWire) -> BoundingBox:
    """Returns the object for what was read."""
    model = _new(BoundingBox)
    model.x = wire.x
    model.y = wire.y
    model.width = wire.width
    model.height = wire.height
    model.label = wire.label
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
