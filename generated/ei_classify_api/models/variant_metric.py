from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Number,
    Wire,
    known,
    read_dict,
    read_json,
)
from .keras_model_variant import KerasModelVariant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar


_new = object.__new__


@define(repr=False)
class VariantMetric(Model):
    """What one variant has reached."""

    variant: KerasModelVariant | str
    """The model variant."""
    accuracy: float | None = None
    """The share of right predictions, from 0 to 100 percent."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> VariantMetric:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, VariantMetricWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> VariantMetric:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, VariantMetricWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "variant": str(self.variant),
        }
        if self.accuracy is not None:
            properties["accuracy"] = self.accuracy
        return properties


class VariantMetricWire(
    Wire,
    rename={},
):
    """The JSON that it is read from."""

    variant: str
    accuracy: Number | None = None


def build(wire: VariantMetricWire) -> VariantMetric:
    """Returns the object for what was read."""
    model = _new(VariantMetric)
    model.variant = known(KerasModelVariant, wire.variant)
    model.accuracy = wire.accuracy
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
