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
from . import threshold_option as _threshold_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .threshold_option import ThresholdOption

_new = object.__new__


@define(repr=False)
class Threshold(Model):
    """A number or choice that decides what counts as a detection or as a correct prediction."""

    key: str
    """The threshold's name in calls."""
    description: str | None = None
    """The threshold's name for people."""
    help_text: str | None = None
    """What the threshold does, for people."""
    suggested_value: float | None = None
    """A value that training has derived from the data, for a threshold that has one."""
    suggested_value_text: str | None = None
    """The suggested value as text, for people."""
    value: float | str | None = None
    """The value in force."""
    dropdown_options: list[ThresholdOption] | None = None
    """The choices, for a threshold that is chosen from a list."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Threshold:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ThresholdWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Threshold:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ThresholdWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "key": self.key,
        }
        if self.description is not None:
            properties["description"] = self.description
        if self.help_text is not None:
            properties["helpText"] = self.help_text
        if self.suggested_value is not None:
            properties["suggestedValue"] = self.suggested_value
        if self.suggested_value_text is not None:
            properties["suggestedValueText"] = self.suggested_value_text
        if self.value is not None:
            properties["value"] = self.value
        if self.dropdown_options is not None:
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
    description: str | None = None
    help_text: str | None = None
    suggested_value: Number | None = None
    suggested_value_text: str | None = None
    value: Number | str | None = None
    dropdown_options: list[_threshold_option.ThresholdOptionWire] | None = None


def build(wire: ThresholdWire) -> Threshold:
    """Returns the object for what was read."""
    model = _new(Threshold)
    model.key = wire.key
    model.description = wire.description
    model.help_text = wire.help_text
    model.suggested_value = wire.suggested_value
    model.suggested_value_text = wire.suggested_value_text
    model.value = wire.value
    model.dropdown_options = (
        [_threshold_option.build(item) for item in wire.dropdown_options]
        if wire.dropdown_options is not None
        else None
    )
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
