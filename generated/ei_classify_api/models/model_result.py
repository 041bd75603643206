from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Wire,
    read_dict,
    read_json,
)
from . import classification as _classification
from . import sample as _sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .classification import Classification
    from .sample import Sample

_new = object.__new__


@define(repr=False)
class ModelResult(Model):
    """One sample with the output of every learn block of the impulse."""

    sample_id: int
    """The id of `sample`."""
    sample: Sample
    """A recording, an image or a row of data, with its label and its origin."""
    classifications: list[Classification]
    """One entry per learn block."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ModelResult:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ModelResultWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ModelResult:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ModelResultWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
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
    """The JSON that it is read from."""

    sample_id: Integer
    sample: _sample.SampleWire
    classifications: list[_classification.ClassificationWire]


def build(wire: ModelResultWire) -> ModelResult:
    """Returns the object for what was read."""
    model = _new(ModelResult)
    model.sample_id = wire.sample_id
    model.sample = _sample.build(wire.sample)
    model.classifications = [_classification.build(item) for item in wire.classifications]
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
