from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.threshold_option import ThresholdOption


T = TypeVar("T", bound="Threshold")


@_attrs_define
class Threshold:
    """A number or choice that decides what counts as a detection or a correct prediction."""

    key: str
    """ The threshold's name in calls. """
    description: str
    """ The threshold's name for people. """
    help_text: str
    """ What it does, for people. """
    value: float | str
    """ The value in force. """
    suggested_value: float | Unset = UNSET
    """ A value that the training derived from the data, where it does so. """
    suggested_value_text: str | Unset = UNSET
    """ The same value as text for people. """
    dropdown_options: list[ThresholdOption] | Unset = UNSET
    """ The choices, for a threshold that is chosen from a list. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        key = self.key

        description = self.description

        help_text = self.help_text

        value: float | str
        value = self.value

        suggested_value = self.suggested_value

        suggested_value_text = self.suggested_value_text

        dropdown_options: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.dropdown_options, Unset):
            dropdown_options = []
            for dropdown_options_item_data in self.dropdown_options:
                dropdown_options_item = dropdown_options_item_data.to_dict()
                dropdown_options.append(dropdown_options_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "key": key,
                "description": description,
                "helpText": help_text,
                "value": value,
            }
        )
        if suggested_value is not UNSET:
            field_dict["suggestedValue"] = suggested_value
        if suggested_value_text is not UNSET:
            field_dict["suggestedValueText"] = suggested_value_text
        if dropdown_options is not UNSET:
            field_dict["dropdownOptions"] = dropdown_options

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.threshold_option import ThresholdOption

        d = dict(src_dict)
        key = d.pop("key")

        description = d.pop("description")

        help_text = d.pop("helpText")

        def _parse_value(data: object) -> float | str:
            return cast(float | str, data)

        value = _parse_value(d.pop("value"))

        suggested_value = d.pop("suggestedValue", UNSET)

        suggested_value_text = d.pop("suggestedValueText", UNSET)

        _dropdown_options = d.pop("dropdownOptions", UNSET)
        dropdown_options: list[ThresholdOption] | Unset = UNSET
        if _dropdown_options is not UNSET:
            dropdown_options = []
            for dropdown_options_item_data in _dropdown_options:
                dropdown_options_item = ThresholdOption.from_dict(dropdown_options_item_data)

                dropdown_options.append(dropdown_options_item)

        threshold = cls(
            key=key,
            description=description,
            help_text=help_text,
            value=value,
            suggested_value=suggested_value,
            suggested_value_text=suggested_value_text,
            dropdown_options=dropdown_options,
        )

        threshold.additional_properties = d
        return threshold

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
