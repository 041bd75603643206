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
from . import classification as _classification
from .keras_model_variant import KerasModelVariant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .classification import Classification

_new = object.__new__


@define(repr=False)
class VariantResult(Model):
    """The output of one model variant for the sample."""

    variant: KerasModelVariant | str
    """The model variant, one of those requested."""
    classifications: list[Classification]
    """One entry per learn block."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> VariantResult:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, VariantResultWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> VariantResult:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, VariantResultWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
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
    """The JSON that it is read from."""

    variant: str
    classifications: list[_classification.ClassificationWire]


def build(wire: VariantResultWire) -> VariantResult:
    """Returns the object for what was read."""
    model = _new(VariantResult)
    model.variant = known(KerasModelVariant, wire.variant)
    model.classifications = [_classification.build(item) for item in wire.classifications]
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
