from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Number,
    Unset,
    Wire,
    read_dict,
    read_json,
)
from . import threshold_option as _threshold_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .threshold_option import ThresholdOption

_new = object.__new__


@define(repr=False)
class Threshold(Model):
    """A number or choice that decides what counts as a detection or as a correct prediction."""

    key: str
    """The threshold's name in calls."""
    description: str
    """The threshold's name for people."""
    help_text: str
    """What the threshold does, for people."""
    value: float | str
    """The value in force."""
    suggested_value: float | Unset = UNSET
    """A value that training has derived from the data, for a threshold that has one."""
    suggested_value_text: str | Unset = UNSET
    """The suggested value as text, for people."""
    dropdown_options: list[ThresholdOption] | Unset = UNSET
    """The choices, for a threshold that is chosen from a list."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Threshold:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return build(read_dict(src_dict, ThresholdWire))

    @staticmethod
    def from_json(content: bytes | str) -> Threshold:
        """Returns the object for JSON.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return build(read_json(content, ThresholdWire))

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "key": self.key,
            "description": self.description,
            "helpText": self.help_text,
            "value": self.value,
        }
        if not isinstance(self.suggested_value, Unset):
            properties["suggestedValue"] = self.suggested_value
        if not isinstance(self.suggested_value_text, Unset):
            properties["suggestedValueText"] = self.suggested_value_text
        if not isinstance(self.dropdown_options, Unset):
            properties["dropdownOptions"] = [item.to_dict() for item in self.dropdown_options]
        return properties


class ThresholdWire(
    Wire,
    rename={
        "help_text": "helpText",
        "suggested_value": "suggestedValue",
        "suggested_value_text": "suggestedValueText",
        "dropdown_options": "dropdownOptions",
    },
):
    """The JSON that it is read from."""

    key: str
    description: str
    help_text: str
    value: Number | str
    suggested_value: Number | Unset = UNSET
    suggested_value_text: str | Unset = UNSET
    dropdown_options: list[_threshold_option.ThresholdOptionWire] | Unset = UNSET


def build(wire: ThresholdWire) -> Threshold:
    """Returns the object for what was read."""
    model = _new(Threshold)
    model.key = wire.key
    model.description = wire.description
    model.help_text = wire.help_text
    model.value = wire.value
    model.suggested_value = wire.suggested_value
    model.suggested_value_text = wire.suggested_value_text
    model.dropdown_options = (
        [_threshold_option.build(item) for item in wire.dropdown_options]
        if wire.dropdown_options is not UNSET
        else UNSET
    )
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
