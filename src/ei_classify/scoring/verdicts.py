"""Judges results: which predictions are wrong, and which label has the highest score."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ei_classify_api.models import ModelPrediction

    from ei_classify.outcomes import Outcome

NUMBERS = frozenset({"value", "anomaly"})
"""The names that a learn block gives to a single number that it returns instead of scores per label."""


def f1_scores(predictions: Iterable[ModelPrediction]) -> list[float]:
    """Return the F1 scores, from 0 to 1, of the predictions that have one: those of object detection."""
    return [each.f1_score for each in predictions if isinstance(each.f1_score, int | float)]


def is_wrong(outcome: Outcome) -> bool:
    """Return whether any prediction for the sample is wrong.

    A prediction is wrong if it was judged wrong or, if it was not judged, if its F1 score is below 1.
    """
    return any(map(_is_wrong, outcome.predictions))


def _is_wrong(prediction: ModelPrediction) -> bool:
    if isinstance(prediction.prediction_correct, bool):
        return not prediction.prediction_correct
    return any(score < 1 for score in f1_scores([prediction]))


def best_label(scores: Mapping[str, float]) -> str | None:
    """Return the label with the highest score, the first if there are several; None if no label has a score.

    Args:
        scores: The output of a learn block for one window: label → score, or a single number in regression
            and anomaly detection.
    """
    return None if NUMBERS.issuperset(scores) else max(scores, key=scores.__getitem__)
