from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import define
from attrs import field as _field

from ..types import (
    Model,
    Number,
    Wire,
    read_dict,
    read_json,
)
from . import tally as _tally
from . import tally_map as _tally_map
from . import window_label_map_scores as _window_label_map_scores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..familiar import Familiar
    from .tally import Tally
    from .tally_map import TallyMap
    from .window_label_map_scores import WindowLabelMapScores


_new = object.__new__


@define(repr=False)
class Accuracy(Model):
    """How right the predictions are, as the server counts. It counts windows."""

    total_summary: Tally | None = None
    """How many predictions are right and how many wrong."""
    summary_per_class: TallyMap | None = None
    """A tally per label."""
    confusion_matrix_values: WindowLabelMapScores | None = None
    """Samples labelled with a map. For one window, key → value → score."""
    all_labels: list[str] | None = None
    """The labels in the order of the confusion matrix."""
    accuracy_score: float | None = None
    """The share of right predictions, from 0 to 100 percent."""
    balanced_accuracy_score: float | None = None
    """The mean of the labels' shares of right predictions, from 0 to 100 percent."""
    anomaly_accuracy_score: float | None = None
    """Visual anomaly detection. The share of right predictions where an anomaly was expected."""
    no_anomaly_accuracy_score: float | None = None
    """Visual anomaly detection. The share of right predictions where none was expected."""
    mse_score: float | None = None
    """Regression. The mean of the squared errors, in the square of the label's unit."""
    additional_properties: dict[str, Any] = _field(factory=dict, kw_only=True)
    """The properties that the contract does not describe, as received."""

    @staticmethod
    def from_dict(src_dict: Mapping[str, Any]) -> Accuracy:
        """Returns the object for JSON that was read into dicts and lists.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
        """
        return read_dict(src_dict, AccuracyWire, build)

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Accuracy:
        """Returns the object for JSON.

        Args:
            content: The JSON.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The JSON does not fit. The error says where and why.
            msgspec.DecodeError: The content is not JSON.
        """
        return read_json(content, AccuracyWire, build, familiar)

    def to_dict(self) -> dict[str, Any]:
        """Returns the JSON for the object, in dicts and lists."""
        properties = {
            **self.additional_properties,
        }
        if self.total_summary is not None:
            properties["totalSummary"] = self.total_summary.to_dict()
        if self.summary_per_class is not None:
            properties["summaryPerClass"] = {
                name: item.to_dict() for name, item in self.summary_per_class.items()
            }
        if self.confusion_matrix_values is not None:
            properties["confusionMatrixValues"] = {
                name: dict(item) for name, item in self.confusion_matrix_values.items()
            }
        if self.all_labels is not None:
            properties["allLabels"] = list(self.all_labels)
        if self.accuracy_score is not None:
            properties["accuracyScore"] = self.accuracy_score
        if self.balanced_accuracy_score is not None:
            properties["balancedAccuracyScore"] = self.balanced_accuracy_score
        if self.anomaly_accuracy_score is not None:
            properties["anomalyAccuracyScore"] = self.anomaly_accuracy_score
        if self.no_anomaly_accuracy_score is not None:
            properties["noAnomalyAccuracyScore"] = self.no_anomaly_accuracy_score
        if self.mse_score is not None:
            properties["mseScore"] = self.mse_score
        return properties


class AccuracyWire(
    Wire,
    rename={
        "total_summary": "totalSummary",
        "summary_per_class": "summaryPerClass",
        "confusion_matrix_values": "confusionMatrixValues",
        "all_labels": "allLabels",
        "accuracy_score": "accuracyScore",
        "balanced_accuracy_score": "balancedAccuracyScore",
        "anomaly_accuracy_score": "anomalyAccuracyScore",
        "no_anomaly_accuracy_score": "noAnomalyAccuracyScore",
        "mse_score": "mseScore",
    },
):
    """The JSON that it is read from."""

    total_summary: _tally.TallyWire | None = None
    summary_per_class: _tally_map.TallyMapWire | None = None
    confusion_matrix_values: _window_label_map_scores.WindowLabelMapScoresWire | None = None
    all_labels: list[str] | None = None
    accuracy_score: Number | None = None
    balanced_accuracy_score: Number | None = None
    anomaly_accuracy_score: Number | None = None
    no_anomaly_accuracy_score: Number | None = None
    mse_score: Number | None = None


def build(wire: AccuracyWire) -> Accuracy:
    """Returns the object for what was read."""
    model = _new(Accuracy)
    model.total_summary = _tally.build(wire.total_summary) if wire.total_summary is not None else None
    model.summary_per_class = (
        {name: _tally.build(item) for name, item in wire.summary_per_class.items()}
        if wire.summary_per_class is not None
        else None
    )
    model.confusion_matrix_values = wire.confusion_matrix_values
    model.all_labels = wire.all_labels
    model.accuracy_score = wire.accuracy_score
    model.balanced_accuracy_score = wire.balanced_accuracy_score
    model.anomaly_accuracy_score = wire.anomaly_accuracy_score
    model.no_anomaly_accuracy_score = wire.no_anomaly_accuracy_score
    model.mse_score = wire.mse_score
    if wire._unknown is not None:
        model.additional_properties = wire._unknown
    return model
