"""What results are worth: which predictions are wrong, which label scores highest, how many are right."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ei_classify_api.models import ModelPrediction

    from .outcomes import Outcome

L = TypeVar("L")

NUMBERS = frozenset({"value", "anomaly"})
"""The names under which a learn block puts out a number in place of a score for each label."""


@frozen
class Accuracy:
    """How many of the judged predictions are right."""

    right: int
    judged: int

    @property
    def share(self) -> float:
        """The right ones' share, from 0 to 1; nan if none was judged."""
        return self.right / self.judged if self.judged else float("nan")


def accuracy(verdicts: Iterable[bool | None]) -> Accuracy:
    """Count verdicts, such as `prediction_correct` of each prediction. What was not judged does not count."""
    judged = [verdict for verdict in verdicts if isinstance(verdict, bool)]
    return Accuracy(sum(judged), len(judged))


def accuracy_by_label(verdicts: Iterable[tuple[L, bool | None]]) -> dict[L, Accuracy]:
    """Count the verdicts of each label, in the order in which the labels first appear.

    Args:
        verdicts: Expected label and verdict of each prediction, from predictions or from rows of a table.
    """
    by_label: dict[L, list[bool | None]] = {}
    for label, verdict in verdicts:
        by_label.setdefault(label, []).append(verdict)
    return {label: accuracy(own) for label, own in by_label.items()}


def f1_scores(predictions: Iterable[ModelPrediction]) -> list[float]:
    """The F1 scores, from 0 to 1, of the predictions that have one: those of object detection."""
    return [each.f1_score for each in predictions if isinstance(each.f1_score, int | float)]


def is_wrong(outcome: Outcome) -> bool:
    """Whether any prediction for the sample is wrong.

    A prediction is wrong if it is judged so or, where it is not judged, if its F1 score is below 1.
    """
    return any(map(_is_wrong, outcome.predictions))


def _is_wrong(prediction: ModelPrediction) -> bool:
    if isinstance(prediction.prediction_correct, bool):
        return not prediction.prediction_correct
    return any(score < 1 for score in f1_scores([prediction]))


def best_label(scores: Mapping[str, float]) -> str | None:
    """The label with the highest score, the first of equals; None where the scores are not those of labels.

    Args:
        scores: What a learn block puts out for one window: label → score, or for regression and anomaly
            detection a number.
    """
    return None if NUMBERS.issuperset(scores) else max(scores, key=scores.__getitem__)
