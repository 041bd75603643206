from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Number,
    Wire,
    read_dict,
    read_json,
)
from . import scored_box as _scored_box
from . import text_map as _text_map

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .scored_box import ScoredBox
    from .text_map import TextMap

_new = object.__new__


@define(repr=False)
class ModelPrediction(Model):
    """What the model predicts for one window of a sample."""

    sample_id: int
    """The id of the sample that the window is part of."""
    start_ms: float
    """The start of the window, in milliseconds from the sample's start."""
    end_ms: float
    """The end of the window, in milliseconds from the sample's start."""
    prediction: str
    """The predicted label; for regression, the predicted number as a string."""
    label: str | None = None
    """The expected label of the window. For regression, the expected number as a string. For an image,
    there may be several labels separated by commas; `-` or an empty string if it shows no object.
    """
    prediction_correct: bool | None = None
    """Whether the prediction counts as correct under the project's thresholds."""
    f1_score: float | None = None
    """Object detection. The F1 score of the image's boxes, from 0 to 1 (inclusive)."""
    anomaly_scores: list[list[float]] | None = None
    """Visual anomaly detection. An n × n grid (rows, then columns) of raw anomaly scores, one per cell of
    the image; n depends on the image size and the algorithm.
    """
    expected_anomaly_outcome: str | None = None
    """Anomaly detection. The expected outcome of the window, `anomaly` or `no anomaly`: derived from the
    project's list of anomalous labels, or else from the sample's label.
    """
    bounding_boxes: list[ScoredBox] | None = None
    """Object detection. The predicted boxes, as ratios of the image."""
    label_map_predictions: TextMap | None = None
    """Text by key."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> ModelPrediction:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ModelPredictionWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> ModelPrediction:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ModelPredictionWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "sampleId": self.sample_id,
            "startMs": self.start_ms,
            "endMs": self.end_ms,
            "prediction": self.prediction,
        }
        if self.label is not None:
            properties["label"] = self.label
        if self.prediction_correct is not None:
            properties["predictionCorrect"] = self.prediction_correct
        if self.f1_score is not None:
            properties["f1Score"] = self.f1_score
        if self.anomaly_scores is not None:
            properties["anomalyScores"] = [list(item) for item in self.anomaly_scores]
        if self.expected_anomaly_outcome is not None:
            properties["expectedAnomalyOutcome"] = self.expected_anomaly_outcome
        if self.bounding_boxes is not None:
            properties["boundingBoxes"] = [item.to_dict() for item in self.bounding_boxes]
        if self.label_map_predictions is not None:
            properties["labelMapPredictions"] = dict(self.label_map_predictions)
        return properties


class ModelPredictionWire(
    Wire,
    rename={
        "sample_id": "sampleId",
        "start_ms": "startMs",
        "end_ms": "endMs",
        "prediction_correct": "predictionCorrect",
        "f1_score": "f1Score",
        "anomaly_scores": "anomalyScores",
        "expected_anomaly_outcome": "expectedAnomalyOutcome",
        "bounding_boxes": "boundingBoxes",
        "label_map_predictions": "labelMapPredictions",
    },
):
    """The JSON that it is read from."""

    sample_id: Integer
    start_ms: Number
    end_ms: Number
    prediction: str
    label: str | None = None
    prediction_correct: bool | None = None
    f1_score: Number | None = None
    anomaly_scores: list[list[Number]] | None = None
    expected_anomaly_outcome: str | None = None
    bounding_boxes: list[_scored_box.ScoredBoxWire] | None = None
    label_map_predictions: _text_map.TextMapWire | None = None


def build(wire: ModelPredictionWire) -> ModelPrediction:
    """Returns the object for what was read."""
    model = _new(ModelPrediction)
    model.sample_id = wire.sample_id
    model.start_ms = wire.start_ms
    model.end_ms = wire.end_ms
    model.prediction = wire.prediction
    model.label = wire.label
    model.prediction_correct = wire.prediction_correct
    model.f1_score = wire.f1_score
    model.anomaly_scores = wire.anomaly_scores
    model.expected_anomaly_outcome = wire.expected_anomaly_outcome
    model.bounding_boxes = (
        [_scored_box.build(item) for item in wire.bounding_boxes] if wire.bounding_boxes is not None else None
    )
    model.label_map_predictions = wire.label_map_predictions
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
