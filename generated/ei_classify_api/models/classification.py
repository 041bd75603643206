from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.object_detection_last_layer import ObjectDetectionLastLayer
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.anomaly_result import AnomalyResult
    from ..models.detection_details import DetectionDetails
    from ..models.learn_block import LearnBlock
    from ..models.structured_label import StructuredLabel
    from ..models.structured_result import StructuredResult
    from ..models.text_map import TextMap
    from ..models.threshold import Threshold
    from ..models.window_label_map_scores import WindowLabelMapScores
    from ..models.window_scores import WindowScores


T = TypeVar("T", bound="Classification")


@_attrs_define
class Classification:
    """What one learn block made of one sample. The arrays with one item a window run in step, in the order
    of time.

    """

    learn_block: LearnBlock
    """ A learn block of the impulse. """
    result: list[WindowScores]
    """ One item a window. """
    expected_labels: list[StructuredLabel]
    """ The label that was expected, one item a window. """
    anomaly_result: list[AnomalyResult] | Unset = UNSET
    """ Visual anomaly detection. One item a window. """
    structured_result: list[StructuredResult] | Unset = UNSET
    """ Object detection. What was found, with labels as text, one item a window. """
    minimum_confidence_rating: float | Unset = UNSET
    """ The block's single threshold, from before `thresholds` existed; the vendor has deprecated it. For
    regression it is the largest absolute error that counts as correct, which may exceed 1.
     """
    details: list[DetectionDetails] | Unset = UNSET
    """ Object detection. What the localization model put out, one item a window. """
    object_detection_last_layer: ObjectDetectionLastLayer | str | Unset = UNSET
    """ Object detection. The kind of model head that put out the boxes. """
    thresholds: list[Threshold] | Unset = UNSET
    """ The block's adjustable thresholds. Older servers leave them out. """
    expected_anomaly_outcome: list[StructuredLabel] | Unset = UNSET
    """ Anomaly detection. What was expected, `anomaly` or `no anomaly`, one item a window.
     """
    is_multi_label: bool | Unset = UNSET
    """ Whether the sample carries more than one label along its length. """
    interval_ms: float | Unset = UNSET
    """ Time between the windows that `expectedLabels` counts, in milliseconds. """
    frequency_hz: float | Unset = UNSET
    """ Windows a second in `expectedLabels`, in hertz. """
    label_map_result: list[TextMap] | Unset = UNSET
    """ Samples labelled with a map. Key → predicted value, one item a window. """
    label_map_scores: list[WindowLabelMapScores] | Unset = UNSET
    """ Samples labelled with a map. Key → value → score, one item a window. """
    result_count: int | Unset = UNSET
    """ Number of windows of this block. Blocks with structured outputs can have more windows than
    `result` has items.
     """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        learn_block = self.learn_block.to_dict()

        result = []
        for result_item_data in self.result:
            result_item = result_item_data.to_dict()
            result.append(result_item)

        expected_labels = []
        for expected_labels_item_data in self.expected_labels:
            expected_labels_item = expected_labels_item_data.to_dict()
            expected_labels.append(expected_labels_item)

        anomaly_result: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.anomaly_result, Unset):
            anomaly_result = []
            for anomaly_result_item_data in self.anomaly_result:
                anomaly_result_item = anomaly_result_item_data.to_dict()
                anomaly_result.append(anomaly_result_item)

        structured_result: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.structured_result, Unset):
            structured_result = []
            for structured_result_item_data in self.structured_result:
                structured_result_item = structured_result_item_data.to_dict()
                structured_result.append(structured_result_item)

        minimum_confidence_rating = self.minimum_confidence_rating

        details: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.details, Unset):
            details = []
            for details_item_data in self.details:
                details_item = details_item_data.to_dict()
                details.append(details_item)

        object_detection_last_layer: str | Unset
        if isinstance(self.object_detection_last_layer, Unset):
            object_detection_last_layer = UNSET
        elif isinstance(self.object_detection_last_layer, ObjectDetectionLastLayer):
            object_detection_last_layer = self.object_detection_last_layer.value
        else:
            object_detection_last_layer = self.object_detection_last_layer

        thresholds: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.thresholds, Unset):
            thresholds = []
            for thresholds_item_data in self.thresholds:
                thresholds_item = thresholds_item_data.to_dict()
                thresholds.append(thresholds_item)

        expected_anomaly_outcome: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.expected_anomaly_outcome, Unset):
            expected_anomaly_outcome = []
            for expected_anomaly_outcome_item_data in self.expected_anomaly_outcome:
                expected_anomaly_outcome_item = expected_anomaly_outcome_item_data.to_dict()
                expected_anomaly_outcome.append(expected_anomaly_outcome_item)

        is_multi_label = self.is_multi_label

        interval_ms = self.interval_ms

        frequency_hz = self.frequency_hz

        label_map_result: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.label_map_result, Unset):
            label_map_result = []
            for label_map_result_item_data in self.label_map_result:
                label_map_result_item = label_map_result_item_data.to_dict()
                label_map_result.append(label_map_result_item)

        label_map_scores: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.label_map_scores, Unset):
            label_map_scores = []
            for label_map_scores_item_data in self.label_map_scores:
                label_map_scores_item = label_map_scores_item_data.to_dict()
                label_map_scores.append(label_map_scores_item)

        result_count = self.result_count

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "learnBlock": learn_block,
                "result": result,
                "expectedLabels": expected_labels,
            }
        )
        if anomaly_result is not UNSET:
            field_dict["anomalyResult"] = anomaly_result
        if structured_result is not UNSET:
            field_dict["structuredResult"] = structured_result
        if minimum_confidence_rating is not UNSET:
            field_dict["minimumConfidenceRating"] = minimum_confidence_rating
        if details is not UNSET:
            field_dict["details"] = details
        if object_detection_last_layer is not UNSET:
            field_dict["objectDetectionLastLayer"] = object_detection_last_layer
        if thresholds is not UNSET:
            field_dict["thresholds"] = thresholds
        if expected_anomaly_outcome is not UNSET:
            field_dict["expectedAnomalyOutcome"] = expected_anomaly_outcome
        if is_multi_label is not UNSET:
            field_dict["isMultiLabel"] = is_multi_label
        if interval_ms is not UNSET:
            field_dict["intervalMs"] = interval_ms
        if frequency_hz is not UNSET:
            field_dict["frequencyHz"] = frequency_hz
        if label_map_result is not UNSET:
            field_dict["labelMapResult"] = label_map_result
        if label_map_scores is not UNSET:
            field_dict["labelMapScores"] = label_map_scores
        if result_count is not UNSET:
            field_dict["resultCount"] = result_count

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.anomaly_result import AnomalyResult
        from ..models.detection_details import DetectionDetails
        from ..models.learn_block import LearnBlock
        from ..models.structured_label import StructuredLabel
        from ..models.structured_result import StructuredResult
        from ..models.text_map import TextMap
        from ..models.threshold import Threshold
        from ..models.window_label_map_scores import WindowLabelMapScores
        from ..models.window_scores import WindowScores

        d = dict(src_dict)
        learn_block = LearnBlock.from_dict(d.pop("learnBlock"))

        result = []
        _result = d.pop("result")
        for result_item_data in _result:
            result_item = WindowScores.from_dict(result_item_data)

            result.append(result_item)

        expected_labels = []
        _expected_labels = d.pop("expectedLabels")
        for expected_labels_item_data in _expected_labels:
            expected_labels_item = StructuredLabel.from_dict(expected_labels_item_data)

            expected_labels.append(expected_labels_item)

        _anomaly_result = d.pop("anomalyResult", UNSET)
        anomaly_result: list[AnomalyResult] | Unset = UNSET
        if _anomaly_result is not UNSET:
            anomaly_result = []
            for anomaly_result_item_data in _anomaly_result:
                anomaly_result_item = AnomalyResult.from_dict(anomaly_result_item_data)

                anomaly_result.append(anomaly_result_item)

        _structured_result = d.pop("structuredResult", UNSET)
        structured_result: list[StructuredResult] | Unset = UNSET
        if _structured_result is not UNSET:
            structured_result = []
            for structured_result_item_data in _structured_result:
                structured_result_item = StructuredResult.from_dict(structured_result_item_data)

                structured_result.append(structured_result_item)

        minimum_confidence_rating = d.pop("minimumConfidenceRating", UNSET)

        _details = d.pop("details", UNSET)
        details: list[DetectionDetails] | Unset = UNSET
        if _details is not UNSET:
            details = []
            for details_item_data in _details:
                details_item = DetectionDetails.from_dict(details_item_data)

                details.append(details_item)

        def _parse_object_detection_last_layer(data: object) -> ObjectDetectionLastLayer | str | Unset:
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                object_detection_last_layer_type_0 = ObjectDetectionLastLayer(data)

                return object_detection_last_layer_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ObjectDetectionLastLayer | str | Unset, data)

        object_detection_last_layer = _parse_object_detection_last_layer(
            d.pop("objectDetectionLastLayer", UNSET)
        )

        _thresholds = d.pop("thresholds", UNSET)
        thresholds: list[Threshold] | Unset = UNSET
        if _thresholds is not UNSET:
            thresholds = []
            for thresholds_item_data in _thresholds:
                thresholds_item = Threshold.from_dict(thresholds_item_data)

                thresholds.append(thresholds_item)

        _expected_anomaly_outcome = d.pop("expectedAnomalyOutcome", UNSET)
        expected_anomaly_outcome: list[StructuredLabel] | Unset = UNSET
        if _expected_anomaly_outcome is not UNSET:
            expected_anomaly_outcome = []
            for expected_anomaly_outcome_item_data in _expected_anomaly_outcome:
                expected_anomaly_outcome_item = StructuredLabel.from_dict(expected_anomaly_outcome_item_data)

                expected_anomaly_outcome.append(expected_anomaly_outcome_item)

        is_multi_label = d.pop("isMultiLabel", UNSET)

        interval_ms = d.pop("intervalMs", UNSET)

        frequency_hz = d.pop("frequencyHz", UNSET)

        _label_map_result = d.pop("labelMapResult", UNSET)
        label_map_result: list[TextMap] | Unset = UNSET
        if _label_map_result is not UNSET:
            label_map_result = []
            for label_map_result_item_data in _label_map_result:
                label_map_result_item = TextMap.from_dict(label_map_result_item_data)

                label_map_result.append(label_map_result_item)

        _label_map_scores = d.pop("labelMapScores", UNSET)
        label_map_scores: list[WindowLabelMapScores] | Unset = UNSET
        if _label_map_scores is not UNSET:
            label_map_scores = []
            for label_map_scores_item_data in _label_map_scores:
                label_map_scores_item = WindowLabelMapScores.from_dict(label_map_scores_item_data)

                label_map_scores.append(label_map_scores_item)

        result_count = d.pop("resultCount", UNSET)

        classification = cls(
            learn_block=learn_block,
            result=result,
            expected_labels=expected_labels,
            anomaly_result=anomaly_result,
            structured_result=structured_result,
            minimum_confidence_rating=minimum_confidence_rating,
            details=details,
            object_detection_last_layer=object_detection_last_layer,
            thresholds=thresholds,
            expected_anomaly_outcome=expected_anomaly_outcome,
            is_multi_label=is_multi_label,
            interval_ms=interval_ms,
            frequency_hz=frequency_hz,
            label_map_result=label_map_result,
            label_map_scores=label_map_scores,
            result_count=result_count,
        )

        classification.additional_properties = d
        return classification

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
