from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Wire,
    read_dict,
    read_json,
)
from . import classification as _classification
from . import sample as _sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .classification import Classification
    from .sample import Sample

_new = object.__new__


@define(repr=False)
class ModelResult(Model):
    """One sample with what every learn block of the impulse made of it."""

    sample_id: int
    """The id of `sample`."""
    sample: Sample
    """A recording, an image or a row of data, with its label and its origin."""
    classifications: list[Classification]
    """One entry a learn block."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ModelResult:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, ModelResultWire))

    @staticmethod
    def from_json(content: bytes | str) -> ModelResult:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, ModelResultWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "sampleId": self.sample_id,
            "sample": self.sample.to_dict(),
            "classifications": [item.to_dict() for item in self.classifications],
        }
        return properties


class ModelResultWire(
    Wire,
    rename={
        "sample_id": "sampleId",
    },
):
    """What JSON may hold for it."""

    sample_id: int
    sample: _sample.SampleWire
    classifications: list[_classification.ClassificationWire]


def build(wire: ModelResultWire) -> ModelResult:
    """The object for what was read."""
    model = _new(ModelResult)
    model.sample_id = wire.sample_id
    model.sample = _sample.build(wire.sample)
    model.classifications = [_classification.build(item) for item in wire.classifications]
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
