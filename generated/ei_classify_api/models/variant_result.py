from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Wire,
    known,
    read_dict,
    read_json,
)
from . import classification as _classification
from .keras_model_variant import KerasModelVariant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .classification import Classification

_new = object.__new__


@define(repr=False)
class VariantResult(Model):
    """What one model variant made of the sample."""

    variant: KerasModelVariant | str
    """Which of the variants asked for this is."""
    classifications: list[Classification]
    """One entry a learn block."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> VariantResult:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, VariantResultWire))

    @staticmethod
    def from_json(content: bytes | str) -> VariantResult:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, VariantResultWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "variant": str(self.variant),
            "classifications": [item.to_dict() for item in self.classifications],
        }
        return properties


class VariantResultWire(
    Wire,
    rename={},
):
    """What JSON may hold for it."""

    variant: str
    classifications: list[_classification.ClassificationWire]


def build(wire: VariantResultWire) -> VariantResult:
    """The object for what was read."""
    model = _new(VariantResult)
    model.variant = known(KerasModelVariant, wire.variant)
    model.classifications = [_classification.build(item) for item in wire.classifications]
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
