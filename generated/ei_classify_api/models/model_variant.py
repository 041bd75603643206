from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
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
class ModelVariant(Model):
    """A form in which the models of an impulse exist, such as quantized ones."""

    variant: KerasModelVariant | str
    """Its name."""
    is_reference_variant: bool | None = None
    """Whether it is the one that others are compared with."""
    is_enabled: bool | None = None
    """Whether the project estimates its speed and memory on a device."""
    is_selected: bool | None = None
    """Whether Studio currently shows it."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ModelVariant:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ModelVariantWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ModelVariant:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ModelVariantWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "variant": str(self.variant),
        }
        if self.is_reference_variant is not None:
            properties["isReferenceVariant"] = self.is_reference_variant
        if self.is_enabled is not None:
            properties["isEnabled"] = self.is_enabled
        if self.is_selected is not None:
            properties["isSelected"] = self.is_selected
        return properties


class ModelVariantWire(
    Wire,
    rename={
        "is_reference_variant": "isReferenceVariant",
        "is_enabled": "isEnabled",
        "is_selected": "isSelected",
    },
):
    """The JSON that it is read from."""

    variant: str
    is_reference_variant: bool | None = None
    is_enabled: bool | None = None
    is_selected: bool | None = None


def build(wire: ModelVariantWire) -> ModelVariant:
    """Returns the object for what was read."""
    model = _new(ModelVariant)
    model.variant = known(KerasModelVariant, wire.variant)
    model.is_reference_variant = wire.is_reference_variant
    model.is_enabled = wire.is_enabled
    model.is_selected = wire.is_selected
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
