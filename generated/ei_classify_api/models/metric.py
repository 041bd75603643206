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
class Metric(Model):
    """One metric, such as a weighted F1 score."""

    name: str | None = None
    """The metric's name, for people."""
    value: str | None = None
    """The value as Studio shows it."""
    full_precision_value: float | None = None
    """The value with all its digits."""
    tooltip_text: str | None = None
    """An explanation that Studio shows with it."""
    link: str | None = None
    """The address of a longer explanation."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Metric:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, MetricWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Metric:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, MetricWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.name is not None:
            properties["name"] = self.name
        if self.value is not None:
            properties["value"] = self.value
        if self.full_precision_value is not None:
            properties["fullPrecisionValue"] = self.full_precision_value
        if self.tooltip_text is not None:
            properties["tooltipText"] = self.tooltip_text
        if self.link is not None:
            properties["link"] = self.link
        return properties


class MetricWire(
    Wire,
    rename={
        "full_precision_value": "fullPrecisionValue",
        "tooltip_text": "tooltipText",
    },
):
    """The JSON that it is read from."""

    name: str | None = None
    value: str | None = None
    full_precision_value: Number | None = None
    tooltip_text: str | None = None
    link: str | None = None


def build(wire: MetricWire) -> Metric:
    """Returns the object for what was read."""
    model = _new(Metric)
    model.name = wire.name
    model.value = wire.value
    model.full_precision_value = wire.full_precision_value
    model.tooltip_text = wire.tooltip_text
    model.link = wire.link
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
