from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.label_map import LabelMap


T = TypeVar("T", bound="StructuredLabel")


@_attrs_define
class StructuredLabel:
    """A label with the range of indices for which it holds."""

    start_index: int
    """ First index of the range (inclusive), from 0. """
    end_index: int
    """ Last index of the range (inclusive). In a sample's labels an index counts readings, so index ×
    `intervalMs` is the time from the sample's start, in milliseconds.
     """
    label: str
    """ The label. """
    label_map: LabelMap | Unset = UNSET
    """ Several labels at once, one a key, for projects that label with a map. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        start_index = self.start_index

        end_index = self.end_index

        label = self.label

        label_map: dict[str, Any] | Unset = UNSET
        if not isinstance(self.label_map, Unset):
            label_map = self.label_map.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "startIndex": start_index,
                "endIndex": end_index,
                "label": label,
            }
        )
        if label_map is not UNSET:
            field_dict["labelMap"] = label_map

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.label_map import LabelMap

        d = dict(src_dict)
        start_index = d.pop("startIndex")

        end_index = d.pop("endIndex")

        label = d.pop("label")

        _label_map = d.pop("labelMap", UNSET)
        label_map: LabelMap | Unset
        if isinstance(_label_map, Unset):
            label_map = UNSET
        else:
            label_map = LabelMap.from_dict(_label_map)

        structured_label = cls(
            start_index=start_index,
            end_index=end_index,
            label=label,
            label_map=label_map,
        )

        structured_label.additional_properties = d
        return structured_label

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
