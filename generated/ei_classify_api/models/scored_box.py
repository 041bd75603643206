from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

T = TypeVar("T", bound="ScoredBox")


@_attrs_define
class ScoredBox:
    """A detection with its score, in ratios of the image from 0 to 1 (inclusive). Not to be confused with
    `BoundingBox`, which is in pixels. A FOMO box stands for its centre only.

    """

    label: str
    """ What was detected. """
    x: float
    """ Left edge, as a ratio of the image's width. """
    y: float
    """ Top edge, as a ratio of the image's height. """
    width: float
    """ Width, as a ratio of the image's width. """
    height: float
    """ Height, as a ratio of the image's height. """
    score: float
    """ Confidence from 0 to 1 (inclusive); in visual anomaly detection a raw anomaly score. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        label = self.label

        x = self.x

        y = self.y

        width = self.width

        height = self.height

        score = self.score

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "label": label,
                "x": x,
                "y": y,
                "width": width,
                "height": height,
                "score": score,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = dict(src_dict)
        label = d.pop("label")

        x = d.pop("x")

        y = d.pop("y")

        width = d.pop("width")

        height = d.pop("height")

        score = d.pop("score")

        scored_box = cls(
            label=label,
            x=x,
            y=y,
            width=width,
            height=height,
            score=score,
        )

        scored_box.additional_properties = d
        return scored_box

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
