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
from . import accuracy as _accuracy
from . import learn_block_metrics as _learn_block_metrics
from . import model_prediction as _model_prediction
from . import model_result as _model_result
from .keras_model_variant import KerasModelVariant
from .thresholds_changed_remedy import ThresholdsChangedRemedy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .accuracy import Accuracy
    from .learn_block_metrics import LearnBlockMetrics
    from .model_prediction import ModelPrediction
    from .model_result import ModelResult


_new = object.__new__


@define(repr=False)
class ClassifyJobResult(Model):
    """The result of a classify job for all samples, and what the server computed from it."""

    success: bool
    """True. A body in which it is false is a `Failure`, whatever else the body contains."""
    result: list[ModelResult]
    """The samples with the output of every learn block."""
    predictions: list[ModelPrediction]
    """The predictions, one per window."""
    error: str | None = None
    """Has no meaning here. The answer to a failed call says why in a property of this name."""
    accuracy: Accuracy | None = None
    """How right the predictions are, as the server counts. It counts windows."""
    additional_metrics_by_learn_block: list[LearnBlockMetrics] | None = None
    """More metrics, per learn block."""
    available_variants: list[KerasModelVariant | str] | None = None
    """The model variants that have a result."""
    no_results_because_thresholds_changed: str | ThresholdsChangedRemedy | None = None
    """Present if there is no result because a threshold has changed since; it says what to do."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ClassifyJobResult:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ClassifyJobResultWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ClassifyJobResult:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ClassifyJobResultWire, build, familiar)

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
        if self.accuracy is not None:
            properties["accuracy"] = self.accuracy.to_dict()
        if self.additional_metrics_by_learn_block is not None:
            properties["additionalMetricsByLearnBlock"] = [
                item.to_dict() for item in self.additional_metrics_by_learn_block
            ]
        if self.available_variants is not None:
            properties["availableVariants"] = [str(item) for item in self.available_variants]
        if self.no_results_because_thresholds_changed is not None:
            properties["noResultsBecauseThresholdsChanged"] = str(self.no_results_because_thresholds_changed)
        return properties


class ClassifyJobResultWire(
    Wire,
    rename={
        "additional_metrics_by_learn_block": "additionalMetricsByLearnBlock",
        "available_variants": "availableVariants",
        "no_results_because_thresholds_changed": "noResultsBecauseThresholdsChanged",
    },
):
    """The JSON that it is read from."""

    success: bool
    result: list[_model_result.ModelResultWire]
    predictions: list[_model_prediction.ModelPredictionWire]
    error: str | None = None
    accuracy: _accuracy.AccuracyWire | None = None
    additional_metrics_by_learn_block: list[_learn_block_metrics.LearnBlockMetricsWire] | None = None
    available_variants: list[str] | None = None
    no_results_because_thresholds_changed: str | None = None


def build(wire: ClassifyJobResultWire) -> ClassifyJobResult:
    """Returns the object for what was read."""
    model = _new(ClassifyJobResult)
    model.success = wire.success
    model.result = [_model_result.build(item) for item in wire.result]
    model.predictions = [_model_prediction.build(item) for item in wire.predictions]
    model.error = wire.error
    model.accuracy = _accuracy.build(wire.accuracy) if wire.accuracy is not None else None
    model.additional_metrics_by_learn_block = (
        [_learn_block_metrics.build(item) for item in wire.additional_metrics_by_learn_block]
        if wire.additional_metrics_by_learn_block is not None
        else None
    )
    model.available_variants = (
        [known(KerasModelVariant, item) for item in wire.available_variants]
        if wire.available_variants is not None
        else None
    )
    model.no_results_because_thresholds_changed = known(
        ThresholdsChangedRemedy, wire.no_results_because_thresholds_changed
    )
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
