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
from . import model_prediction as _model_prediction
from . import model_result as _model_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .model_prediction import ModelPrediction
    from .model_result import ModelResult


_new = object.__new__


@define(repr=False)
class ClassifyJobResultPage(Model):
    """A slice of the samples that a classify job classified, and their predictions."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    result: list[ModelResult]
    """One entry per sample. The offset of the next page is greater by its length."""
    predictions: list[ModelPrediction]
    """One entry per window of the samples in `result`; for object detection, one per image. `sampleId`
    says which sample an entry belongs to.
    """
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    total_count: int | None = None
    """The number of samples on all pages, after filtering. Older servers omit it."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ClassifyJobResultPage:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ClassifyJobResultPageWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ClassifyJobResultPage:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ClassifyJobResultPageWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "success": self.success,
            "result": [item.to_dict() for item in self.result],
            "predictions": [item.to_dict() for item in self.predictions],
        }
        if self.error is not None:
            properties["error"] = self.error
        if self.total_count is not None:
            properties["totalCount"] = self.total_count
        return properties


class ClassifyJobResultPageWire(
    Wire,
    rename={
        "total_count": "totalCount",
    },
):
    """The JSON that it is read from."""

    success: bool
    result: list[_model_result.ModelResultWire]
    predictions: list[_model_prediction.ModelPredictionWire]
    error: str | None = None
    total_count: Integer | None = None


def build(wire: ClassifyJobResultPageWire) -> ClassifyJobResultPage:
    """Returns the object for what was read."""
    model = _new(ClassifyJobResultPage)
    model.success = wire.success
    model.result = [_model_result.build(item) for item in wire.result]
    model.predictions = [_model_prediction.build(item) for item in wire.predictions]
    model.error = wire.error
    model.total_count = wire.total_count
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
