from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scored_box import ScoredBox


T = TypeVar("T", bound="AnomalyResult")


@_attrs_define
class AnomalyResult:
    """Visual anomaly detection, one window."""

    boxes: list[ScoredBox] | Unset = UNSET
    """ The cells that passed the block's threshold, as boxes in ratios of the image. """
    scores: list[list[float]] | Unset = UNSET
    """ An n × n grid (rows, then columns) of raw, unbounded anomaly scores, one a cell of the image.
    With an image of s × s pixels, n is usually s / 8 / 2 - 1.
     """
    mean_score: float | Unset = UNSET
    """ Mean of the grid. """
    max_score: float | Unset = UNSET
    """ Maximum of the grid. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        boxes: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.boxes, Unset):
            boxes = []
            for boxes_item_data in self.boxes:
                boxes_item = boxes_item_data.to_dict()
                boxes.append(boxes_item)

        scores: list[list[float]] | Unset = UNSET
        if not isinstance(self.scores, Unset):
            scores = []
            for scores_item_data in self.scores:
                scores_item = scores_item_data

                scores.append(scores_item)

        mean_score = self.mean_score

        max_score = self.max_score

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if boxes is not UNSET:
            field_dict["boxes"] = boxes
        if scores is not UNSET:
            field_dict["scores"] = scores
        if mean_score is not UNSET:
            field_dict["meanScore"] = mean_score
        if max_score is not UNSET:
            field_dict["maxScore"] = max_score

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.scored_box import ScoredBox

        d = dict(src_dict)
        _boxes = d.pop("boxes", UNSET)
        boxes: list[ScoredBox] | Unset = UNSET
        if _boxes is not UNSET:
            boxes = []
            for boxes_item_data in _boxes:
                boxes_item = ScoredBox.from_dict(boxes_item_data)

                boxes.append(boxes_item)

        _scores = d.pop("scores", UNSET)
        scores: list[list[float]] | Unset = UNSET
        if _scores is not UNSET:
            scores = []
            for scores_item_data in _scores:
                scores_item = cast(list[float], scores_item_data)

                scores.append(scores_item)

        mean_score = d.pop("meanScore", UNSET)

        max_score = d.pop("maxScore", UNSET)

        anomaly_result = cls(
            boxes=boxes,
            scores=scores,
            mean_score=mean_score,
            max_score=max_score,
        )

        anomaly_result.additional_properties = d
        return anomaly_result

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
