"""The columns of `predictions`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from .columns import floats, integers, pairs, some

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def prediction_columns(
    predictions: list[Any], absent: frozenset[str]
) -> tuple[dict[str, Any], dict[int, Sequence[int]]]:
    """The columns, and for each sample the rows of its predictions."""
    ids = [each.sample_id for each in predictions]
    own: dict[int, Sequence[int]] = {}
    numbers: list[int] = []
    row = 0
    for sample_id, group in groupby(ids):
        count = len(list(group))
        before = own.get(sample_id, ())
        rows = range(row, row + count)
        own[sample_id] = [*before, *rows] if before else rows
        numbers.extend(range(len(before), len(before) + count))
        row += count
    columns: dict[str, Any] = {
        "sample_id": integers(ids, "sample_id"),
        "window": integers(numbers, "window"),
        "start_ms": floats([each.start_ms for each in predictions]),
        "end_ms": floats([each.end_ms for each in predictions]),
        "prediction": [each.prediction for each in predictions],
        **{
            name: read(predictions)
            for name, (attribute, read) in _OPTIONAL.items()
            if attribute not in absent
        },
    }
    if maps := columns.get("label_map_predictions"):
        columns["label_map_predictions"] = some(list(map(pairs, maps)))
    return columns, own


# Spelled out: an attribute in a comprehension takes half as long as one by its name.
_OPTIONAL: dict[str, tuple[str, Callable[[list[Any]], list[Any]]]] = {
    "label": ("label", lambda rows: [row.label for row in rows]),
    "correct": ("prediction_correct", lambda rows: [row.prediction_correct for row in rows]),
    "f1": ("f1_score", lambda rows: [row.f1_score for row in rows]),
    "expected_anomaly_outcome": (
        "expected_anomaly_outcome",
        lambda rows: [row.expected_anomaly_outcome for row in rows],
    ),
    "label_map_predictions": (
        "label_map_predictions",
        lambda rows: [row.label_map_predictions for row in rows],
    ),
    "anomaly_scores": ("anomaly_scores", lambda rows: [row.anomaly_scores for row in rows]),
}
