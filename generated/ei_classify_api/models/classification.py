from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Integer,
    Model,
    Number,
    Wire,
    known,
    read_dict,
    read_json,
)
from . import anomaly_result as _anomaly_result
from . import detection_details as _detection_details
from . import learn_block as _learn_block
from . import structured_label as _structured_label
from . import structured_result as _structured_result
from . import text_map as _text_map
from . import threshold as _threshold
from . import window_label_map_scores as _window_label_map_scores
from . import window_scores as _window_scores
from .object_detection_last_layer import ObjectDetectionLastLayer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .anomaly_result import AnomalyResult
    from .detection_details import DetectionDetails
    from .learn_block import LearnBlock
    from .structured_label import StructuredLabel
    from .structured_result import StructuredResult
    from .text_map import TextMap
    from .threshold import Threshold
    from .window_label_map_scores import WindowLabelMapScores
    from .window_scores import WindowScores


_new = object.__new__


@define(repr=False)
class Classification(Model):
    """The output of one learn block for one sample. The arrays with one item per window are parallel, in
    order of time.
    """

    learn_block: LearnBlock
    """A learn block of the impulse."""
    result: list[WindowScores]
    """One item per window."""
    anomaly_result: list[AnomalyResult] | None = None
    """Visual anomaly detection. One item per window."""
    structured_result: list[StructuredResult] | None = None
    """Object detection. The detections, with labels as text; one item per window."""
    minimum_confidence_rating: float | None = None
    """The block's single threshold, from before `thresholds` existed; deprecated by the vendor. For
    regression, it is the largest absolute error that counts as correct, which may exceed 1.
    """
    details: list[DetectionDetails] | None = None
    """Object detection. The output of the localization model; one item per window."""
    object_detection_last_layer: ObjectDetectionLastLayer | str | None = None
    """Object detection. The kind of model head that the boxes come from."""
    expected_labels: list[StructuredLabel] | None = None
    """The expected label; one item per window."""
    thresholds: list[Threshold] | None = None
    """The block's adjustable thresholds. Older servers omit them."""
    expected_anomaly_outcome: list[StructuredLabel] | None = None
    """Anomaly detection. The expected outcome, `anomaly` or `no anomaly`; one item per window."""
    is_multi_label: bool | None = None
    """Whether the label changes in the course of the sample."""
    interval_ms: float | None = None
    """The time between the windows that `expectedLabels` counts, in milliseconds."""
    frequency_hz: float | None = None
    """The rate of the windows that `expectedLabels` counts, in hertz."""
    label_map_result: list[TextMap] | None = None
    """Samples labelled with a map. Key → predicted value; one item per window."""
    label_map_scores: list[WindowLabelMapScores] | None = None
    """Samples labelled with a map. Key → value → score; one item per window."""
    result_count: int | None = None
    """The number of windows of this block. A block with structured outputs can have more windows than
    `result` has items.
    """
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Classification:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, ClassificationWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Classification:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, ClassificationWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "learnBlock": self.learn_block.to_dict(),
            "result": [dict(item) for item in self.result],
        }
        if self.anomaly_result is not None:
            properties["anomalyResult"] = [item.to_dict() for item in self.anomaly_result]
        if self.structured_result is not None:
            properties["structuredResult"] = [item.to_dict() for item in self.structured_result]
        if self.minimum_confidence_rating is not None:
            properties["minimumConfidenceRating"] = self.minimum_confidence_rating
        if self.details is not None:
            properties["details"] = [item.to_dict() for item in self.details]
        if self.object_detection_last_layer is not None:
            properties["objectDetectionLastLayer"] = str(self.object_detection_last_layer)
        if self.expected_labels is not None:
            properties["expectedLabels"] = [item.to_dict() for item in self.expected_labels]
        if self.thresholds is not None:
            properties["thresholds"] = [item.to_dict() for item in self.thresholds]
        if self.expected_anomaly_outcome is not None:
            properties["expectedAnomalyOutcome"] = [item.to_dict() for item in self.expected_anomaly_outcome]
        if self.is_multi_label is not None:
            properties["isMultiLabel"] = self.is_multi_label
        if self.interval_ms is not None:
            properties["intervalMs"] = self.interval_ms
        if self.frequency_hz is not None:
            properties["frequencyHz"] = self.frequency_hz
        if self.label_map_result is not None:
            properties["labelMapResult"] = [dict(item) for item in self.label_map_result]
        if self.label_map_scores is not None:
            properties["labelMapScores"] = [
                {name: dict(item) for name, item in item.items()} for item in self.label_map_scores
            ]
        if self.result_count is not None:
            properties["resultCount"] = self.result_count
        return properties


class ClassificationWire(
    Wire,
    rename={
        "learn_block": "learnBlock",
        "anomaly_result": "anomalyResult",
        "structured_result": "structuredResult",
        "minimum_confidence_rating": "minimumConfidenceRating",
        "object_detection_last_layer": "objectDetectionLastLayer",
        "expected_labels": "expectedLabels",
        "expected_anomaly_outcome": "expectedAnomalyOutcome",
        "is_multi_label": "isMultiLabel",
        "interval_ms": "intervalMs",
        "frequency_hz": "frequencyHz",
        "label_map_result": "labelMapResult",
        "label_map_scores": "labelMapScores",
        "result_count": "resultCount",
    },
):
    """The JSON that it is read from."""

    learn_block: _learn_block.LearnBlockWire
    result: list[_window_scores.WindowScoresWire]
    anomaly_result: list[_anomaly_result.AnomalyResultWire] | None = None
    structured_result: list[_structured_result.StructuredResultWire] | None = None
    minimum_confidence_rating: Number | None = None
    details: list[_detection_details.DetectionDetailsWire] | None = None
    object_detection_last_layer: str | None = None
    expected_labels: list[_structured_label.StructuredLabelWire] | None = None
    thresholds: list[_threshold.ThresholdWire] | None = None
    expected_anomaly_outcome: list[_structured_label.StructuredLabelWire] | None = None
    is_multi_label: bool | None = None
    interval_ms: Number | None = None
    frequency_hz: Number | None = None
    label_map_result: list[_text_map.TextMapWire] | None = None
    label_map_scores: list[_window_label_map_scores.WindowLabelMapScoresWire] | None = None
    result_count: Integer | None = None


def build(wire: ClassificationWire) -> Classification:
    """Returns the object for what was read."""
    model = _new(Classification)
    model.learn_block = _learn_block.build(wire.learn_block)
    model.result = wire.result
    model.anomaly_result = (
        [_anomaly_result.build(item) for item in wire.anomaly_result]
        if wire.anomaly_result is not None
        else None
    )
    model.structured_result = (
        [_structured_result.build(item) for item in wire.structured_result]
        if wire.structured_result is not None
        else None
    )
    model.minimum_confidence_rating = wire.minimum_confidence_rating
    model.details = (
        [_detection_details.build(item) for item in wire.details] if wire.details is not None else None
    )
    model.object_detection_last_layer = known(ObjectDetectionLastLayer, wire.object_detection_last_layer)
    model.expected_labels = (
        [_structured_label.build(item) for item in wire.expected_labels]
        if wire.expected_labels is not None
        else None
    )
    model.thresholds = (
        [_threshold.build(item) for item in wire.thresholds] if wire.thresholds is not None else None
    )
    model.expected_anomaly_outcome = (
        [_structured_label.build(item) for item in wire.expected_anomaly_outcome]
        if wire.expected_anomaly_outcome is not None
        else None
    )
    model.is_multi_label = wire.is_multi_label
    model.interval_ms = wire.interval_ms
    model.frequency_hz = wire.frequency_hz
    model.label_map_result = wire.label_map_result
    model.label_map_scores = wire.label_map_scores
    model.result_count = wire.result_count
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
