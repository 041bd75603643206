from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.label_map_type import LabelMapType
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.text_map import TextMap


T = TypeVar("T", bound="LabelMap")


@_attrs_define
class LabelMap:
    """Several labels at once, one a key, for projects that label with a map."""

    type_: LabelMapType | str | Unset = UNSET
    """ The form of the map. """
    labels: TextMap | Unset = UNSET
    """ Text by key. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_: str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, LabelMapType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        labels: dict[str, Any] | Unset = UNSET
        if not isinstance(self.labels, Unset):
            labels = self.labels.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if type_ is not UNSET:
            field_dict["type"] = type_
        if labels is not UNSET:
            field_dict["labels"] = labels

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.text_map import TextMap

        d = dict(src_dict)

        def _parse_type_(data: object) -> LabelMapType | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = LabelMapType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(LabelMapType | str | Unset, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        _labels = d.pop("labels", UNSET)
        labels: TextMap | Unset
        if isinstance(_labels, Unset):
            labels = UNSET
        else:
            labels = TextMap.from_dict(_labels)

        label_map = cls(
            type_=type_,
            labels=labels,
        )

        label_map.additional_properties = d
        return label_map

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
