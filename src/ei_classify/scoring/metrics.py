"""The names of the figures, and which direction is better."""

from __future__ import annotations

from typing import Final, Literal

Better = Literal["higher", "lower", "nearer to 0"]

METRICS: Final[dict[str, Better]] = {
    "accuracy": "higher",
    "balanced_accuracy": "higher",
    "macro_precision": "higher",
    "macro_recall": "higher",
    "macro_f1": "higher",
    "weighted_precision": "higher",
    "weighted_recall": "higher",
    "weighted_f1": "higher",
    "mcc": "higher",
    "log_loss": "lower",
    "brier": "lower",
    "ece": "lower",
    "mae": "lower",
    "rmse": "lower",
    "r2": "higher",
    "bias": "nearer to 0",
    "max_error": "lower",
    "within_tolerance": "higher",
    "roc_auc": "higher",
    "average_precision": "higher",
    "precision": "higher",
    "recall": "higher",
    "f1": "higher",
    "map": "higher",
    "map_50": "higher",
    "centroid_precision": "higher",
    "centroid_recall": "higher",
    "centroid_f1": "higher",
    "false_alarms_per_image": "lower",
    "missed_objects": "lower",
}
"""Each figure, in the order in which it is shown."""

UNBOUNDED: Final = frozenset(
    {
        "mcc",
        "log_loss",
        "brier",
        "mae",
        "rmse",
        "r2",
        "bias",
        "max_error",
        "false_alarms_per_image",
        "missed_objects",
    }
)
"""The figures that are not shares from 0 to 1."""

CLASS_METRICS: Final = ("precision", "recall", "f1", "average_precision")
"""The figures of a label."""
