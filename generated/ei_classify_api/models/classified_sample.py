from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Unset,
    Wire,
    read_dict,
    read_json,
)
from . import raw_sample as _raw_sample
from . import variant_result as _variant_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .raw_sample import RawSample
    from .variant_result import VariantResult


_new = object.__new__


@define(repr=False)
class ClassifiedSample(Model):
    """One sample with what each model variant made of it."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body holds."""
    results: list[VariantResult]
    """One entry a model variant asked for."""
    sample: RawSample
    """A sample together with its sensor readings."""
    window_size_ms: int
    """Length of the impulse's sliding window, in milliseconds."""
    window_increase_ms: int
    """How far the window moves from one step to the next, in milliseconds."""
    already_in_database: bool
    """Whether the sample is also part of the project's training data."""
    error: str | Unset = UNSET
    """Of no meaning here; a failed call explains itself in the same property."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ClassifiedSample:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, ClassifiedSampleWire))

    @staticmethod
    def from_json(content: bytes | str) -> ClassifiedSample:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, ClassifiedSampleWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "results": [item.to_dict() for item in self.results],
            "sample": self.sample.to_dict(),
            "windowSizeMs": self.window_size_ms,
            "windowIncreaseMs": self.window_increase_ms,
            "alreadyInDatabase": self.already_in_database,
        }
        if not isinstance(self.error, Unset):
            properties["error"] = self.error
        return properties


class ClassifiedSampleWire(
    Wire,
    rename={
        "window_size_ms": "windowSizeMs",
        "window_increase_ms": "windowIncreaseMs",
        "already_in_database": "alreadyInDatabase",
    },
):
    """What JSON may hold for it."""

    success: bool
    results: list[_variant_result.VariantResultWire]
    sample: _raw_sample.RawSampleWire
    window_size_ms: int
    window_increase_ms: int
    already_in_database: bool
    error: str | Unset = UNSET


def build(wire: ClassifiedSampleWire) -> ClassifiedSample:
    """The object for what was read."""
    model = _new(ClassifiedSample)
    model.success = wire.success
    model.results = [_variant_result.build(item) for item in wire.results]
    model.sample = _raw_sample.build(wire.sample)
    model.window_size_ms = wire.window_size_ms
    model.window_increase_ms = wire.window_increase_ms
    model.already_in_database = wire.already_in_database
    model.error = wire.error
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
