from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="StructuredResult")


@_attrs_define
class StructuredResult:
    """Object detection, one window, with labels as text. `boxes`, `labels` and `scores` run in step."""

    boxes: list[list[float]]
    """ One box a detection: x and y of the top left corner, width, height, as ratios of the image from
    0 to 1 (inclusive).
     """
    scores: list[float]
    """ One confidence a detection, from 0 to 1 (inclusive). """
    m_ap: float
    """ Mean average precision against the expected boxes (COCO), from 0 to 1 (inclusive). """
    f1: float
    """ FOMO. Harmonic mean of precision and recall, from 0 to 1 (inclusive). """
    precision: float
    """ The share of the detections that are right, from 0 to 1 (inclusive). """
    recall: float
    """ The share of the expected objects that were detected, from 0 to 1 (inclusive). """
    labels: list[str] | Unset = UNSET
    """ One label a detection. Here it is text; in `DetectionDetails` it is a number. """
    debug_info_json: str | Unset = UNSET
    """ FOMO, when asked for with `includeDebugInfo`. A JSON object in a string: the expected and the
    predicted centroids, which of them were matched, and their distances.
     """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        boxes = []
        for boxes_item_data in self.boxes:
            boxes_item = boxes_item_data

            boxes.append(boxes_item)

        scores = self.scores

        m_ap = self.m_ap

        f1 = self.f1

        precision = self.precision

        recall = self.recall

        labels: list[str] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels

        debug_info_json = self.debug_info_json

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "boxes": boxes,
                "scores": scores,
                "mAP": m_ap,
                "f1": f1,
                "precision": precision,
                "recall": recall,
            }
        )
        if labels is not UNSET:
            field_dict["labels"] = labels
        if debug_info_json is not UNSET:
            field_dict["debugInfoJson"] = debug_info_json

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        boxes = []
        _boxes = d.pop("boxes")
        for boxes_item_data in _boxes:
            boxes_item = cast(list[float], boxes_item_data)

            boxes.append(boxes_item)

        scores = cast(list[float], d.pop("scores"))

        m_ap = d.pop("mAP")

        f1 = d.pop("f1")

        precision = d.pop("precision")

        recall = d.pop("recall")

        labels = cast(list[str], d.pop("labels", UNSET))

        debug_info_json = d.pop("debugInfoJson", UNSET)

        structured_result = cls(
            boxes=boxes,
            scores=scores,
            m_ap=m_ap,
            f1=f1,
            precision=precision,
            recall=recall,
            labels=labels,
            debug_info_json=debug_info_json,
        )

        structured_result.additional_properties = d
        return structured_result

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
