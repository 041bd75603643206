"""The predictions of a page, and the table `predictions`."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from .arrays import floats, indices, integers, parents, some
from .nested import as_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ei_classify.decoding import views

    from .arrays import Columns, Rows
    from .source import Source


class Predictions:
    """The predictions of a page.

    Attributes:
        rows: The number of predictions.
        of_sample: The rows of the predictions of each sample, by the sample's id.
        windows: The number of each prediction among the predictions of its sample, from 0.
        starts_ms: The start of each prediction's window, in milliseconds.
        ends_ms: The end of each prediction's window, in milliseconds.

    """

    def __init__(self, source: Source) -> None:
        """Number the predictions of an answer."""
        self._predictions = predictions = source.predictions
        self._absent = source.shape.absent
        self._sample_ids = [each.sample_id for each in predictions]
        self.rows = len(predictions)
        self.of_sample: dict[int, Sequence[int]] = {}
        sample_rows = {each: row for row, each in enumerate(source.ids)}
        groups: list[int | None] = []
        counts: list[int] = []
        numbers: list[int] = []
        row = 0
        for sample_id, group in groupby(self._sample_ids):
            count = len(list(group))
            before = self.of_sample.get(sample_id, ())
            rows = range(row, row + count)
            self.of_sample[sample_id] = [*before, *rows] if before else rows
            numbers.extend(range(len(before), len(before) + count))
            groups.append(sample_rows.get(sample_id))
            counts.append(count)
            row += count
        self._filenames = source.filenames.take(indices(groups)).take(parents(counts))
        self.windows = integers(numbers, "window")
        self.starts_ms = floats([each.start_ms for each in predictions])
        self.ends_ms = floats([each.end_ms for each in predictions])

    def predictions(self) -> Rows:
        """Return the rows of the table `predictions`."""
        columns: Columns = {
            "sample_id": integers(self._sample_ids, "sample_id"),
            "filename": self._filenames,
            "window": self.windows,
            "start_ms": self.starts_ms,
            "end_ms": self.ends_ms,
            "prediction": [each.prediction for each in self._predictions],
            **{
                name: read(self._predictions)
                for name, (attribute, read) in _OPTIONAL.items()
                if attribute not in self._absent
            },
        }
        return self.rows, columns

    def with_boxes(self) -> list[tuple[int, views.ModelPrediction, list[views.ScoredBox]]]:
        """Return the row, the prediction and the boxes of each prediction that has boxes."""
        if "bounding_boxes" in self._absent:
            return []
        return [
            (row, each, each.bounding_boxes)
            for row, each in enumerate(self._predictions)
            if each.bounding_boxes
        ]


# The attributes are spelled out, since that takes half as long as `getattr` with a name.
_OPTIONAL: Mapping[str, tuple[str, Callable[[Sequence[views.ModelPrediction]], Sequence[object] | None]]] = {
    "label": ("label", lambda rows: [row.label for row in rows]),
    "correct": ("prediction_correct", lambda rows: [row.prediction_correct for row in rows]),
    "f1": ("f1_score", lambda rows: [row.f1_score for row in rows]),
    "expected_anomaly_outcome": (
        "expected_anomaly_outcome",
        lambda rows: [row.expected_anomaly_outcome for row in rows],
    ),
    "label_map_predictions": (
        "label_map_predictions",
        lambda rows: some([as_map(row.label_map_predictions) for row in rows]),
    ),
    "anomaly_scores": ("anomaly_scores", lambda rows: [row.anomaly_scores for row in rows]),
}
"""The optional columns: for each, its attribute and a function that returns the values of all predictions."""
