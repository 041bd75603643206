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
class ScoredBox(Model):
    """A detection with its score, in ratios of the image from 0 to 1 (inclusive). `BoundingBox`, in
    contrast, is in pixels. Only the centre of a FOMO box has a meaning.
    """

    x: float
    """The left edge, as a ratio of the image's width."""
    y: float
    """The top edge, as a ratio of the image's height."""
    width: float
    """The width, as a ratio of the image's width."""
    height: float
    """The height, as a ratio of the image's height."""
    label: str | None = None
    """The label of the detected object."""
    score: float | None = None
    """A confidence from 0 to 1 (inclusive); in visual anomaly detection, a raw anomaly score."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ScoredBox:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ScoredBoxWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ScoredBox:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ScoredBoxWire, build, familiar)

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
        if self.score is not None:
            properties["score"] = self.score
        return properties


class ScoredBoxWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    x: Number
    y: Number
    width: Number
    height: Number
    label: str | None = None
    score: Number | None = None


def build(wire: ScoredBoxWire) -> ScoredBox:
    """Returns the object for what was read."""
    model = _new(ScoredBox)
    model.x = wire.x
    model.y = wire.y
    model.width = wire.width
    model.height = wire.height
    model.label = wire.label
    model.score = wire.score
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
