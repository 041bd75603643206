"""How figures are called and written on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ei_classify.scoring.metrics import METRICS, UNBOUNDED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ei_classify.scoring import Comparison, Figure, Score

NAMES: Final[dict[str, str]] = {
    "accuracy": "Accuracy",
    "balanced_accuracy": "Balanced accuracy",
    "macro_precision": "Precision, mean of labels",
    "macro_recall": "Recall, mean of labels",
    "macro_f1": "F1, mean of labels",
    "weighted_precision": "Precision, weighted",
    "weighted_recall": "Recall, weighted",
    "weighted_f1": "F1, weighted",
    "mcc": "Matthews correlation",
    "log_loss": "Log loss",
    "brier": "Brier score",
    "ece": "Calibration error",
    "mae": "Mean absolute error",
    "rmse": "RMSE",
    "r2": "R²",
    "bias": "Bias",
    "max_error": "Largest error",
    "within_tolerance": "Within tolerance",
    "roc_auc": "ROC AUC",
    "average_precision": "Average precision",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "map": "mAP",
    "map_50": "mAP at 0.5",
    "centroid_precision": "Precision of centres",
    "centroid_recall": "Recall of centres",
    "centroid_f1": "F1 of centres",
    "false_alarms_per_image": "False alarms per image",
    "missed_objects": "Missed objects",
}
"""What each figure is called."""

HEADLINES: Final[Mapping[str, tuple[str, ...]]] = {
    "classification": ("accuracy", "macro_f1", "average_precision", "ece"),
    "label_map": ("accuracy", "macro_f1", "average_precision", "ece"),
    "regression": ("mae", "rmse", "r2", "within_tolerance"),
    "anomaly": ("roc_auc", "precision", "recall", "f1"),
    "visual_anomaly": ("roc_auc", "precision", "recall", "f1"),
    "object_detection": ("centroid_f1", "map", "map_50", "false_alarms_per_image", "missed_objects"),
}
"""The figures of the cards, by kind. The first is the one that counts."""

LABEL_FIGURES: Final = ("precision", "recall", "f1", "average_precision")
NOTHING: Final = "–"


def kind_of(score: Score) -> str:
    """Return what is scored, without the run."""
    words = [score.kind.replace("_", " ")]
    if score.learn_block_id is not None:
        words.append(f"block {score.learn_block_id}")
    if score.label_map_key is not None:
        words.append(f"key {score.label_map_key}")
    return ", ".join(words)


def variant_of(score: Score) -> str:
    """Return the variant, in words."""
    return score.variant or "the server's variant"


def number(name: str, value: float | None) -> str:
    """Return the value of a figure: a share in percent, or a number."""
    if value is None:
        return NOTHING
    return f"{value:.4g}" if name in UNBOUNDED else percent(value)


def percent(value: float | None) -> str:
    """Return a share in percent."""
    return NOTHING if value is None else f"{100 * value:.1f} %"


def count(value: int) -> str:
    """Return a number of things, with its thousands apart."""
    return f"{value:,}"


def interval(name: str, figure: Figure) -> str:
    """Return the 95 % interval of a figure; empty without one."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{number(name, figure.low)} to {number(name, figure.high)}"


def change(name: str, figure: Figure) -> str:
    """Return a difference with its sign: in percentage points, or a number."""
    if figure.value is None:
        return NOTHING
    return _signed(name, figure.value) + ("" if name in UNBOUNDED else " points")


def change_interval(name: str, figure: Figure) -> str:
    """Return the 95 % interval of a difference; empty without one."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{_signed(name, figure.low)} to {_signed(name, figure.high)}"


def direction(name: str, figure: Figure) -> str:
    """Return `better`, `worse` or `unclear`: unclear if the interval has 0 in it, or there is none."""
    if figure.low is None or figure.high is None or figure.low <= 0 <= figure.high or name not in METRICS:
        return "unclear"
    rises = figure.low > 0
    wanted = METRICS[name]
    return "unclear" if wanted == "nearer to 0" else "better" if rises == (wanted == "higher") else "worse"


def side(comparison: Comparison) -> tuple[str, str]:
    """Return how the two models of a comparison are called: by variant, or else by the folder."""
    first, second = comparison.first, comparison.second
    if first.variant != second.variant:
        return variant_of(first), variant_of(second)
    return "the baseline", "now"


def _signed(name: str, value: float) -> str:
    shown = f"{value:+.3g}" if name in UNBOUNDED else f"{100 * value:+.1f}"
    return shown.replace("-", "−") if float(shown) else shown[1:]
