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
class DetectionDetails(Model):
    """Object detection, for one window, as output by the localization model: labels are class numbers.
    `boxes`, `labels` and `scores` are parallel.
    """

    boxes: list[list[float]] | None = None
    """One box per detection: four numbers, as ratios of the image from 0 to 1 (inclusive)."""
    labels: list[float] | None = None
    """One class number per detection. In `StructuredResult`, the label is text."""
    scores: list[float] | None = None
    """One confidence per detection, from 0 to 1 (inclusive)."""
    m_ap: float | None = None
    """The mean average precision over the expected boxes (COCO), from 0 to 1 (inclusive)."""
    f1: float | None = None
    """FOMO. The harmonic mean of precision and recall, from 0 to 1 (inclusive)."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> DetectionDetails:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, DetectionDetailsWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> DetectionDetails:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, DetectionDetailsWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.boxes is not None:
            properties["boxes"] = [list(item) for item in self.boxes]
        if self.labels is not None:
            properties["labels"] = list(self.labels)
        if self.scores is not None:
            properties["scores"] = list(self.scores)
        if self.m_ap is not None:
            properties["mAP"] = self.m_ap
        if self.f1 is not None:
            properties["f1"] = self.f1
        return properties


class DetectionDetailsWire(
    Wire,
    rename={
        "m_ap": "mAP",
    },
):
    """The JSON that it is read from."""

    boxes: list[list[Number]] | None = None
    labels: list[Number] | None = None
    scores: list[Number] | None = None
    m_ap: Number | None = None
    f1: Number | None = None


def build(wire: DetectionDetailsWire) -> DetectionDetails:
    """Returns the object for what was read."""
    model = _new(DetectionDetails)
    model.boxes = wire.boxes
    model.labels = wire.labels
    model.scores = wire.scores
    model.m_ap = wire.m_ap
    model.f1 = wire.f1
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
