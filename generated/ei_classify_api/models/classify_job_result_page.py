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
from . import model_prediction as _model_prediction
from . import model_result as _model_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .model_prediction import ModelPrediction
    from .model_result import ModelResult


_new = object.__new__


@define(repr=False)
class ClassifyJobResultPage(Model):
    """A slice of the samples that a classify job went through, and their predictions."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body holds."""
    result: list[ModelResult]
    """One entry a sample. Its length is what the next page's offset advances by."""
    predictions: list[ModelPrediction]
    """One entry a window of the samples in `result`; for object detection, one an image. Entries belong to
    a sample through `sampleId`.
    """
    error: str | Unset = UNSET
    """Of no meaning here; a failed call explains itself in the same property."""
    total_count: int | Unset = UNSET
    """The number of samples over all pages, after filtering. Older servers leave it out."""
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """Properties that the contract does not know, as they came."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ClassifyJobResultPage:
        """The object that this JSON, read into dicts and lists, stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
        """
        return build(read_dict(src_dict, ClassifyJobResultPageWire))

    @staticmethod
    def from_json(content: bytes | str) -> ClassifyJobResultPage:
        """The object that this JSON stands for.

        Raises:
            MismatchError: It does not stand for one. Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return build(read_json(content, ClassifyJobResultPageWire))

    def to_dict(self) -> dict[str, Any]:
        """The JSON that stands for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "result": [item.to_dict() for item in self.result],
            "predictions": [item.to_dict() for item in self.predictions],
        }
        if not isinstance(self.error, Unset):
            properties["error"] = self.error
        if not isinstance(self.total_count, Unset):
            properties["totalCount"] = self.total_count
        return properties


class ClassifyJobResultPageWire(
    Wire,
    rename={
        "total_count": "totalCount",
    },
):
    """What JSON may hold for it."""

    success: bool
    result: list[_model_result.ModelResultWire]
    predictions: list[_model_prediction.ModelPredictionWire]
    error: str | Unset = UNSET
    total_count: int | Unset = UNSET


def build(wire: ClassifyJobResultPageWire) -> ClassifyJobResultPage:
    """The object for what was read."""
    model = _new(ClassifyJobResultPage)
    model.success = wire.success
    model.result = [_model_result.build(item) for item in wire.result]
    model.predictions = [_model_prediction.build(item) for item in wire.predictions]
    model.error = wire.error
    model.total_count = wire.total_count
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
