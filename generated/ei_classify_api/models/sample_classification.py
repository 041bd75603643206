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
from . import raw_sample as _raw_sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .classification import Classification
    from .raw_sample import RawSample


_new = object.__new__


@define(repr=False)
class SampleClassification(Model):
    """One sample, classified by one model variant."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    classifications: list[Classification]
    """One entry per learn block."""
    sample: RawSample
    """A sample together with its sensor readings."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    window_size_ms: int | None = None
    """The length of the impulse's sliding window, in milliseconds."""
    window_increase_ms: int | None = None
    """The distance from one window to the next, in milliseconds."""
    already_in_database: bool | None = None
    """Whether the sample is also part of the project's training data."""
    warning: str | None = None
    """What to bear in mind when reading the classification; in words for people."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> SampleClassification:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, SampleClassificationWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> SampleClassification:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, SampleClassificationWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "classifications": [item.to_dict() for item in self.classifications],
            "sample": self.sample.to_dict(),
        }
        if self.error is not None:
            properties["error"] = self.error
        if self.window_size_ms is not None:
            properties["windowSizeMs"] = self.window_size_ms
        if self.window_increase_ms is not None:
            properties["windowIncreaseMs"] = self.window_increase_ms
        if self.already_in_database is not None:
            properties["alreadyInDatabase"] = self.already_in_database
        if self.warning is not None:
            properties["warning"] = self.warning
        return properties


class SampleClassificationWire(
    Wire,
    rename={
        "window_size_ms": "windowSizeMs",
        "window_increase_ms": "windowIncreaseMs",
        "already_in_database": "alreadyInDatabase",
    },
):
    """The JSON that it is read from."""

    success: bool
    classifications: list[_classification.ClassificationWire]
    sample: _raw_sample.RawSampleWire
    error: str | None = None
    window_size_ms: Integer | None = None
    window_increase_ms: Integer | None = None
    already_in_database: bool | None = None
    warning: str | None = None


def build(wire: SampleClassificationWire) -> SampleClassification:
    """Returns the object for what was read."""
    model = _new(SampleClassification)
    model.success = wire.success
    model.classifications = [_classification.build(item) for item in wire.classifications]
    model.sample = _raw_sample.build(wire.sample)
    model.error = wire.error
    model.window_size_ms = wire.window_size_ms
    model.window_increase_ms = wire.window_increase_ms
    model.already_in_database = wire.already_in_database
    model.warning = wire.warning
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
