from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Number,
    Wire,
    read_dict,
    read_json,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


_new = object.__new__


@define(repr=False)
class ScoredBox(Model):
    """A detection with its score, in ratios of the image from 0 to 1 (inclusive). Not to be confused with
    `BoundingBox`, which is in pixels. A FOMO box stands for its centre only.
    """

    label: str
    """What was detected."""
    x: float
    """Left edge, as a ratio of the image's width."""
    y: float
    """Top edge, as a ratio of the image's height."""
    width: float
    """Width, as a ratio of the image's width."""
    height: float
    """Height, as a ratio of the image's height."""
    score: float
    """Confidence from 0 to 1 (inclusive); in visual anomaly detection a raw anomaly score."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ScoredBox:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, ScoredBoxWire))

    @staticmethod
    def from_json(content: bytes | str) -> ScoredBox:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, ScoredBoxWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "label": self.label,
            "x": self.x,
            "y": self.y,
            "width": self.width,
            "height": self.height,
            "score": self.score,
        }
        return properties


class ScoredBoxWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    label: str
    x: Number
    y: Number
    width: Number
    height: Number
    score: Number


def build(wire: ScoredBoxWire) -> ScoredBox:
    """The object for what was read."""
    model = _new(ScoredBox)
    model.label = wire.label
    model.x = wire.x
    model.y = wire.y
    model.width = wire.width
    model.height = wire.height
    model.score = wire.score
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
