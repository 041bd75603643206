from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="DetectionDetails")


@_attrs_define
class DetectionDetails:
    """Object detection, one window, as the localization model puts it out: labels are class numbers.
    `boxes`, `labels` and `scores` run in step.

    """

    boxes: list[list[float]] | Unset = UNSET
    """ One box a detection, four numbers, as ratios of the image from 0 to 1 (inclusive).
     """
    labels: list[float] | Unset = UNSET
    """ One class number a detection. In `StructuredResult` the label is text. """
    scores: list[float] | Unset = UNSET
    """ One confidence a detection, from 0 to 1 (inclusive). """
    m_ap: float | Unset = UNSET
    """ Mean average precision against the expected boxes (COCO), from 0 to 1 (inclusive). """
    f1: float | Unset = UNSET
    """ FOMO. Harmonic mean of precision and recall, from 0 to 1 (inclusive). """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        boxes: list[list[float]] | Unset = UNSET
        if not isinstance(self.boxes, Unset):
            boxes = []
            for boxes_item_data in self.boxes:
                boxes_item = boxes_item_data

                boxes.append(boxes_item)

        labels: list[float] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels

        scores: list[float] | Unset = UNSET
        if not isinstance(self.scores, Unset):
            scores = self.scores

        m_ap = self.m_ap

        f1 = self.f1

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if boxes is not UNSET:
            field_dict["boxes"] = boxes
        if labels is not UNSET:
            field_dict["labels"] = labels
        if scores is not UNSET:
            field_dict["scores"] = scores
        if m_ap is not UNSET:
            field_dict["mAP"] = m_ap
        if f1 is not UNSET:
            field_dict["f1"] = f1

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        _boxes = d.pop("boxes", UNSET)
        boxes: list[list[float]] | Unset = UNSET
        if _boxes is not UNSET:
            boxes = []
            for boxes_item_data in _boxes:
                boxes_item = cast(list[float], boxes_item_data)

                boxes.append(boxes_item)

        labels = cast(list[float], d.pop("labels", UNSET))

        scores = cast(list[float], d.pop("scores", UNSET))

        m_ap = d.pop("mAP", UNSET)

        f1 = d.pop("f1", UNSET)

        detection_details = cls(
            boxes=boxes,
            labels=labels,
            scores=scores,
            m_ap=m_ap,
            f1=f1,
        )

        detection_details.additional_properties = d
        return detection_details

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
