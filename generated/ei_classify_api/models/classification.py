from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define, field

from ..types import (
    UNSET,
    Model,
    Number,
    Unset,
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
    expected_labels: list[StructuredLabel]
    """The expected label; one item per window."""
    anomaly_result: list[AnomalyResult] | Unset = UNSET
    """Visual anomaly detection. One item per window."""
    structured_result: list[StructuredResult] | Unset = UNSET
    """Object detection. The detections, with labels as text; one item per window."""
    minimum_confidence_rating: float | Unset = UNSET
    """The block's single threshold, from before `thresholds` existed; deprecated by the vendor. For
    regression, it is the largest absolute error that counts as correct, which may exceed 1.
    """
    details: list[DetectionDetails] | Unset = UNSET
    """Object detection. The output of the localization model; one item per window."""
    object_detection_last_layer: ObjectDetectionLastLayer | str | Unset = UNSET
    """Object detection. The kind of model head that the boxes come from."""
    thresholds: list[Threshold] | Unset = UNSET
    """The block's adjustable thresholds. Older servers omit them."""
    expected_anomaly_outcome: list[StructuredLabel] | Unset = UNSET
    """Anomaly detection. The expected outcome, `anomaly` or `no anomaly`; one item per window."""
    is_multi_label: bool | Unset = UNSET
    """Whether the label changes in the course of the sample."""
    interval_ms: float | Unset = UNSET
    """The time between the windows that `expectedLabels` counts, in milliseconds."""
    frequency_hz: float | Unset = UNSET
    """The rate of the windows that `expectedLabels` counts, in hertz."""
    label_map_result: list[TextMap] | Unset = UNSET
    """Samples labelled with a map. Key → predicted value; one item per window."""
    label_map_scores: list[WindowLabelMapScores] | Unset = UNSET
    """Samples labelled with a map. Key → value → score; one item per window."""
    result_count: int | Unset = UNSET
    """The number of windows of this block. A block with structured outputs can have more windows than
    `result` has items.
    """
    additional_properties: dict[str, Any] = field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Classification:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return build(read_dict(src_dict, ClassificationWire))

    @staticmethod
    def from_json(content: bytes | str) -> Classification:
        """Returns the object for JSON.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return build(read_json(content, ClassificationWire))

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
            "learnBlock": self.learn_block.to_dict(),
            "result": [dict(item) for item in self.result],
            "expectedLabels": [item.to_dict() for item in self.expected_labels],
        }
        if not isinstance(self.anomaly_result, Unset):
            properties["anomalyResult"] = [item.to_dict() for item in self.anomaly_result]
        if not isinstance(self.structured_result, Unset):
            properties["structuredResult"] = [item.to_dict() for item in self.structured_result]
        if not isinstance(self.minimum_confidence_rating, Unset):
            properties["minimumConfidenceRating"] = self.minimum_confidence_rating
        if not isinstance(self.details, Unset):
            properties["details"] = [item.to_dict() for item in self.details]
        if not isinstance(self.object_detection_last_layer, Unset):
            properties["objectDetectionLastLayer"] = str(self.object_detection_last_layer)
        if not isinstance(self.thresholds, Unset):
            properties["thresholds"] = [item.to_dict() for item in self.thresholds]
        if not isinstance(self.expected_anomaly_outcome, Unset):
            properties["expectedAnomalyOutcome"] = [item.to_dict() for item in self.expected_anomaly_outcome]
        if not isinstance(self.is_multi_label, Unset):
            properties["isMultiLabel"] = self.is_multi_label
        if not isinstance(self.interval_ms, Unset):
            properties["intervalMs"] = self.interval_ms
        if not isinstance(self.frequency_hz, Unset):
            properties["frequencyHz"] = self.frequency_hz
        if not isinstance(self.label_map_result, Unset):
            properties["labelMapResult"] = [dict(item) for item in self.label_map_result]
        if not isinstance(self.label_map_scores, Unset):
            properties["labelMapScores"] = [
                {name: dict(item) for name, item in item.items()} for item in self.label_map_scores
            ]
        if not isinstance(self.result_count, Unset):
            properties["resultCount"] = self.result_count
        return properties


class ClassificationWire(
    Wire,
    rename={
        "learn_block": "learnBlock",
        "expected_labels": "expectedLabels",
        "anomaly_result": "anomalyResult",
        "structured_result": "structuredResult",
        "minimum_confidence_rating": "minimumConfidenceRating",
        "object_detection_last_layer": "objectDetectionLastLayer",
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
    expected_labels: list[_structured_label.StructuredLabelWire]
    anomaly_result: list[_anomaly_result.AnomalyResultWire] | Unset = UNSET
    structured_result: list[_structured_result.StructuredResultWire] | Unset = UNSET
    minimum_confidence_rating: Number | Unset = UNSET
    details: list[_detection_details.DetectionDetailsWire] | Unset = UNSET
    object_detection_last_layer: str | Unset = UNSET
    thresholds: list[_threshold.ThresholdWire] | Unset = UNSET
    expected_anomaly_outcome: list[_structured_label.StructuredLabelWire] | Unset = UNSET
    is_multi_label: bool | Unset = UNSET
    interval_ms: Number | Unset = UNSET
    frequency_hz: Number | Unset = UNSET
    label_map_result: list[_text_map.TextMapWire] | Unset = UNSET
    label_map_scores: list[_window_label_map_scores.WindowLabelMapScoresWire] | Unset = UNSET
    result_count: int | Unset = UNSET


def build(wire: ClassificationWire) -> Classification:
    """Returns the object for what was read."""
    model = _new(Classification)
    model.learn_block = _learn_block.build(wire.learn_block)
    model.result = wire.result
    model.expected_labels = [_structured_label.build(item) for item in wire.expected_labels]
    model.anomaly_result = (
        [_anomaly_result.build(item) for item in wire.anomaly_result]
        if wire.anomaly_result is not UNSET
        else UNSET
    )
    model.structured_result = (
        [_structured_result.build(item) for item in wire.structured_result]
        if wire.structured_result is not UNSET
        else UNSET
    )
    model.minimum_confidence_rating = wire.minimum_confidence_rating
    model.details = (
        [_detection_details.build(item) for item in wire.details] if wire.details is not UNSET else UNSET
    )
    model.object_detection_last_layer = known(ObjectDetectionLastLayer, wire.object_detection_last_layer)
    model.thresholds = (
        [_threshold.build(item) for item in wire.thresholds] if wire.thresholds is not UNSET else UNSET
    )
    model.expected_anomaly_outcome = (
        [_structured_label.build(item) for item in wire.expected_anomaly_outcome]
        if wire.expected_anomaly_outcome is not UNSET
        else UNSET
    )
    model.is_multi_label = wire.is_multi_label
    model.interval_ms = wire.interval_ms
    model.frequency_hz = wire.frequency_hz
    model.label_map_result = wire.label_map_result
    model.label_map_scores = wire.label_map_scores
    model.result_count = wire.result_count
    if wire._unknown is not UNSET:
        model.additional_properties = wire._unknown
    return model
