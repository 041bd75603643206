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
from . import scored_box as _scored_box

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .scored_box import ScoredBox


_new = object.__new__


@define(repr=False)
class AnomalyResult(Model):
    """Visual anomaly detection, for one window."""

    boxes: list[ScoredBox] | None = None
    """The cells above the block's threshold, as boxes in ratios of the image."""
    scores: list[list[float]] | None = None
    """An n × n grid (rows, then columns) of raw, unbounded anomaly scores, one per cell of the image. For
    an image of s × s pixels, n is usually s / 8 / 2 - 1.
    """
    mean_score: float | None = None
    """The mean of the grid."""
    max_score: float | None = None
    """The maximum of the grid."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> AnomalyResult:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, AnomalyResultWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> AnomalyResult:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, AnomalyResultWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.boxes is not None:
            properties["boxes"] = [item.to_dict() for item in self.boxes]
        if self.scores is not None:
            properties["scores"] = [list(item) for item in self.scores]
        if self.mean_score is not None:
            properties["meanScore"] = self.mean_score
        if self.max_score is not None:
            properties["maxScore"] = self.max_score
        return properties


class AnomalyResultWire(
    Wire,
    rename={
        "mean_score": "meanScore",
        "max_score": "maxScore",
    },
):
    """The JSON that it is read from."""

    boxes: list[_scored_box.ScoredBoxWire] | None = None
    scores: list[list[Number]] | None = None
    mean_score: Number | None = None
    max_score: Number | None = None


def build(wire: AnomalyResultWire) -> AnomalyResult:
    """Returns the object for what was read."""
    model = _new(AnomalyResult)
    model.boxes = [_scored_box.build(item) for item in wire.boxes] if wire.boxes is not None else None
    model.scores = wire.scores
    model.mean_score = wire.mean_score
    model.max_score = wire.max_score
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
