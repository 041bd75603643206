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
class ImageDimensions(Model):
    """The size of an image."""

    width: int
    """Width, in pixels."""
    height: int
    """Height, in pixels."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ImageDimensions:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, ImageDimensionsWire))

    @staticmethod
    def from_json(content: bytes | str) -> ImageDimensions:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, ImageDimensionsWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "width": self.width,
            "height": self.height,
        }
        return properties


class ImageDimensionsWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    width: int
    height: int


def build(wire: ImageDimensionsWire) -> ImageDimensions:
    """The object for what was read."""
    model = _new(ImageDimensions)
    model.width = wire.width
    model.height = wire.height
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
