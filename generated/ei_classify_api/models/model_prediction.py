from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.scored_box import ScoredBox
    from ..models.text_map import TextMap


T = TypeVar("T", bound="ModelPrediction")


@_attrs_define
class ModelPrediction:
    """What the model predicts for one window of a sample."""

    sample_id: int
    """ The sample that the window is cut from. """
    start_ms: float
    """ Where the window begins, in milliseconds from the sample's start. """
    end_ms: float
    """ Where the window ends, in milliseconds from the sample's start. """
    prediction: str
    """ The predicted label; for regression the predicted number, as a string. """
    label: str | Unset = UNSET
    """ The label expected for the window. Regression writes the expected number as a string; an image
    may carry several labels separated by commas, and `-` or nothing where it shows no object.
     """
    prediction_correct: bool | Unset = UNSET
    """ Whether the prediction counts as correct under the project's thresholds. """
    f_1_score: float | Unset = UNSET
    """ Object detection. F1 score of the image's boxes, from 0 to 1 (inclusive). """
    anomaly_scores: list[list[float]] | Unset = UNSET
    """ Visual anomaly detection. An n × n grid (rows, then columns) of raw anomaly scores, one a cell of
    the image; n depends on the image size and the algorithm.
     """
    expected_anomaly_outcome: str | Unset = UNSET
    """ Anomaly detection. What was expected of the window, `anomaly` or `no anomaly`, derived from the
    project's list of anomalous labels or else from the sample's label.
     """
    bounding_boxes: list[ScoredBox] | Unset = UNSET
    """ Object detection. The predicted boxes, as ratios of the image. """
    label_map_predictions: TextMap | Unset = UNSET
    """ Text by key. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        sample_id = self.sample_id

        start_ms = self.start_ms

        end_ms = self.end_ms

        prediction = self.prediction

        label = self.label

        prediction_correct = self.prediction_correct

        f_1_score = self.f_1_score

        anomaly_scores: list[list[float]] | Unset = UNSET
        if not isinstance(self.anomaly_scores, Unset):
            anomaly_scores = []
            for anomaly_scores_item_data in self.anomaly_scores:
                anomaly_scores_item = anomaly_scores_item_data

                anomaly_scores.append(anomaly_scores_item)

        expected_anomaly_outcome = self.expected_anomaly_outcome

        bounding_boxes: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.bounding_boxes, Unset):
            bounding_boxes = []
            for bounding_boxes_item_data in self.bounding_boxes:
                bounding_boxes_item = bounding_boxes_item_data.to_dict()
                bounding_boxes.append(bounding_boxes_item)

        label_map_predictions: dict[str, Any] | Unset = UNSET
        if not isinstance(self.label_map_predictions, Unset):
            label_map_predictions = self.label_map_predictions.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "sampleId": sample_id,
                "startMs": start_ms,
                "endMs": end_ms,
                "prediction": prediction,
            }
        )
        if label is not UNSET:
            field_dict["label"] = label
        if prediction_correct is not UNSET:
            field_dict["predictionCorrect"] = prediction_correct
        if f_1_score is not UNSET:
            field_dict["f1Score"] = f_1_score
        if anomaly_scores is not UNSET:
            field_dict["anomalyScores"] = anomaly_scores
        if expected_anomaly_outcome is not UNSET:
            field_dict["expectedAnomalyOutcome"] = expected_anomaly_outcome
        if bounding_boxes is not UNSET:
            field_dict["boundingBoxes"] = bounding_boxes
        if label_map_predictions is not UNSET:
            field_dict["labelMapPredictions"] = label_map_predictions

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.scored_box import ScoredBox
        from ..models.text_map import TextMap

        d = dict(src_dict)
        sample_id = d.pop("sampleId")

        start_ms = d.pop("startMs")

        end_ms = d.pop("endMs")

        prediction = d.pop("prediction")

        label = d.pop("label", UNSET)

        prediction_correct = d.pop("predictionCorrect", UNSET)

        f_1_score = d.pop("f1Score", UNSET)

        _anomaly_scores = d.pop("anomalyScores", UNSET)
        anomaly_scores: list[list[float]] | Unset = UNSET
        if _anomaly_scores is not UNSET:
            anomaly_scores = []
            for anomaly_scores_item_data in _anomaly_scores:
                anomaly_scores_item = cast(list[float], anomaly_scores_item_data)

                anomaly_scores.append(anomaly_scores_item)

        expected_anomaly_outcome = d.pop("expectedAnomalyOutcome", UNSET)

        _bounding_boxes = d.pop("boundingBoxes", UNSET)
        bounding_boxes: list[ScoredBox] | Unset = UNSET
        if _bounding_boxes is not UNSET:
            bounding_boxes = []
            for bounding_boxes_item_data in _bounding_boxes:
                bounding_boxes_item = ScoredBox.from_dict(bounding_boxes_item_data)

                bounding_boxes.append(bounding_boxes_item)

        _label_map_predictions = d.pop("labelMapPredictions", UNSET)
        label_map_predictions: TextMap | Unset
        if isinstance(_label_map_predictions, Unset):
            label_map_predictions = UNSET
        else:
            label_map_predictions = TextMap.from_dict(_label_map_predictions)

        model_prediction = cls(
            sample_id=sample_id,
            start_ms=start_ms,
            end_ms=end_ms,
            prediction=prediction,
            label=label,
            prediction_correct=prediction_correct,
            f_1_score=f_1_score,
            anomaly_scores=anomaly_scores,
            expected_anomaly_outcome=expected_anomaly_outcome,
            bounding_boxes=bounding_boxes,
            label_map_predictions=label_map_predictions,
        )

        model_prediction.additional_properties = d
        return model_prediction

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
