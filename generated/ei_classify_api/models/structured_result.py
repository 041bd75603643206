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
class StructuredResult(Model):
    """Object detection, for one window, with labels as text. `boxes`, `labels` and `scores` are parallel."""

    boxes: list[list[float]]
    """One box per detection: x and y of the top left corner, width, height, as ratios of the image from 0
    to 1 (inclusive).
    """
    scores: list[float]
    """One confidence per detection, from 0 to 1 (inclusive)."""
    labels: list[str] | None = None
    """One label per detection. Here it is text; in `DetectionDetails` it is a number."""
    m_ap: float | None = None
    """The mean average precision over the expected boxes (COCO), from 0 to 1 (inclusive)."""
    f1: float | None = None
    """FOMO. The harmonic mean of precision and recall, from 0 to 1 (inclusive)."""
    precision: float | None = None
    """The share of the detections that are correct, from 0 to 1 (inclusive)."""
    recall: float | None = None
    """The share of the expected objects that were detected, from 0 to 1 (inclusive)."""
    debug_info_json: str | None = None
    """FOMO, if requested with `includeDebugInfo`. A JSON object, written as a string: the expected and the
    predicted centroids, which of them were matched, and their distances.
    """
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> StructuredResult:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, StructuredResultWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> StructuredResult:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, StructuredResultWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "boxes": [list(item) for item in self.boxes],
            "scores": list(self.scores),
        }
        if self.labels is not None:
            properties["labels"] = list(self.labels)
        if self.m_ap is not None:
            properties["mAP"] = self.m_ap
        if self.f1 is not None:
            properties["f1"] = self.f1
        if self.precision is not None:
            properties["precision"] = self.precision
        if self.recall is not None:
            properties["recall"] = self.recall
        if self.debug_info_json is not None:
            properties["debugInfoJson"] = self.debug_info_json
        return properties


class StructuredResultWire(
    Wire,
    rename={
        "m_ap": "mAP",
        "debug_info_json": "debugInfoJson",
    },
):
    """The JSON that it is read from."""

    boxes: list[list[Number]]
    scores: list[Number]
    labels: list[str] | None = None
    m_ap: Number | None = None
    f1: Number | None = None
    precision: Number | None = None
    recall: Number | None = None
    debug_info_json: str | None = None


def build(wire: StructuredResultWire) -> StructuredResult:
    """Returns the object for what was read."""
    model = _new(StructuredResult)
    model.boxes = wire.boxes
    model.scores = wire.scores
    model.labels = wire.labels
    model.m_ap = wire.m_ap
    model.f1 = wire.f1
    model.precision = wire.precision
    model.recall = wire.recall
    model.debug_info_json = wire.debug_info_json
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
