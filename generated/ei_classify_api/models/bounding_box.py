from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import Model, Wire, read_dict, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping


_new = object.__new__


@define(repr=False)
class BoundingBox(Model):
    """An expected object, in whole pixels of the image. `ScoredBox`, in contrast, is in ratios."""

    label: str
    """The label of the object."""
    x: int
    """The left edge, in pixels from the image's left edge."""
    y: int
    """The top edge, in pixels from the image's top edge."""
    width: int
    """The width, in pixels."""
    height: int
    """The height, in pixels."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> BoundingBox:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return build(read_dict(src_dict, BoundingBoxWire))

    @staticmethod
    def from_json(content: bytes | str) -> BoundingBox:
        """Returns the object for JSON.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return build(read_json(content, BoundingBoxWire))

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
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
    """The JSON that it is read from."""

    label: str
    x: int
    y: int
    width: int
    height: int


def build(wire: BoundingBoxWire) -> BoundingBox:
    """Returns the object for what was read."""
    model = _new(BoundingBox)
    model.label = wire.label
    model.x = wire.x
    model.y = wire.y
    model.width = wire.width
    model.height = wire.height
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
