"""What the server computes from predictions: how many are right, per label and in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .kinds import JsonObject, Number

Prediction = dict[str, Any]


def accuracy(predictions: Sequence[Prediction]) -> JsonObject:
    """The `Accuracy` of the contract."""
    counted = [each for each in predictions if "label" in each]
    labels = sorted({each["label"] for each in counted} | {each["prediction"] for each in counted})
    numbers = [_number(label) for label in labels]
    answer: JsonObject = {"totalSummary": _tally(counted)}
    if labels and None not in numbers:  # regression: each label is a number of its own
        answer |= {"summaryPerClass": {}, "confusionMatrixValues": {}, "allLabels": []}
        errors = [float(each["label"]) - float(each["prediction"]) for each in counted]
        answer["mseScore"] = sum(error * error for error in errors) / len(errors)
    else:
        answer |= _per_class(counted, labels)
    if counted:
        answer["accuracyScore"] = share(counted)
    return answer


def share(predictions: Sequence[Prediction]) -> float:
    """The share of right predictions, from 0 to 100 percent."""
    counted = [each for each in predictions if "label" in each]
    return 100 * sum(map(_is_right, counted)) / len(counted) if counted else 0.0


def _per_class(predictions: Sequence[Prediction], labels: Sequence[str]) -> JsonObject:
    cells = Counter((each["label"], each["prediction"]) for each in predictions)
    by_label = {label: [each for each in predictions if each["label"] == label] for label in labels}
    answer: JsonObject = {
        "summaryPerClass": {label: _tally(some) for label, some in by_label.items()},
        "confusionMatrixValues": {one: {two: cells[one, two] for two in labels} for one in labels},
        "allLabels": list(labels),
    }
    shares = [share(some) for some in by_label.values() if some]
    if shares:
        answer["balancedAccuracyScore"] = sum(shares) / len(shares)
    return answer


def _tally(predictions: Sequence[Prediction]) -> JsonObject:
    good = sum(map(_is_right, predictions))
    return {"good": good, "bad": len(predictions) - good}


def _is_right(prediction: Prediction) -> bool:
    return prediction.get("predictionCorrect") is True


def _number(label: str) -> Number | None:
    try:
        return float(label)
    except ValueError:
        return None
