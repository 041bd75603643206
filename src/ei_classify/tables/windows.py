"""The columns of `windows`, and of what hangs on them: `scores` and `anomalies`."""

from __future__ import annotations

from array import array
from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from msgspec.structs import astuple

from .columns import (
    KINDS,
    alike,
    array_of,
    columns_of,
    each_of,
    floats,
    grid,
    indices,
    integers,
    nulls,
    pairs,
    parents,
    places,
    some,
)
from .schemas import CATEGORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


def window_count(block: Any) -> int:
    """The number of windows that a learn block says something of."""
    count = max(len(block.result), len(block.expected_labels))
    for each in _OF_WINDOWS(block):
        if each is not None and len(each) > count:
            count = len(each)
    return count


_OF_WINDOWS = attrgetter(
    "anomaly_result",
    "structured_result",
    "details",
    "expected_anomaly_outcome",
    "label_map_result",
    "label_map_scores",
)


def label_map(value: Any) -> dict[str, Any] | None:
    """A label map as a row of its column."""
    return None if value is None else {"type": value.type_, "labels": pairs(value.labels)}


class Windows:
    """The windows of all learn blocks of all samples, one after the other."""

    def __init__(
        self,
        ids: list[int],
        blocks: list[list[Any]],
        counts: list[list[int]],
        labels: tuple[str, ...] | None,
    ) -> None:
        self._labels = labels
        self._blocks = list(chain.from_iterable(blocks))
        self._ids = list(
            chain.from_iterable([each] * len(own) for each, own in zip(ids, blocks, strict=True))
        )
        self._counts = list(chain.from_iterable(counts))
        self.rows = sum(self._counts)
        block, window = places(tuple(self._counts))
        found = [each.learn_block for each in self._blocks]
        self._key: dict[str, Any] = {
            "sample_id": integers(self._ids, "sample_id").take(block),
            "learn_block_id": alike([each.id for each in found]),
            "learn_block_name": alike([each.name for each in found]),
            "learn_block_type": alike([each.type_ for each in found]),
            "window": window,
        }
        for name in ("learn_block_id", "learn_block_name", "learn_block_type"):
            if isinstance(values := self._key[name], list):
                self._key[name] = array_of(values, name, KINDS["windows"][name]).take(block)
        self._expect()

    def place(
        self,
        predicted: Mapping[str, Any],
        own: Mapping[int, Sequence[int]],
        size_ms: int | None,
        increase_ms: int | None,
    ) -> None:
        """Find out when each window begins and ends, in milliseconds.

        From the sliding window where the answer tells it; otherwise from the sample's predictions, where they
        are as many as the windows.
        """
        if size_ms is not None and increase_ms is not None:
            starts = pc.multiply(self._key["window"].cast(pa.float64()), float(increase_ms))
            self._key["start_ms"], self._key["end_ms"] = starts, pc.add(starts, float(size_ms))
            return
        found = [own.get(sample_id, ()) for sample_id in self._ids]
        if found == list(map(range, accumulate(self._counts, initial=0), accumulate(self._counts))):
            for name in ("start_ms", "end_ms"):
                self._key[name] = predicted[name][: self.rows]
            return
        rows: list[int | None] = []
        for of_sample, count in zip(found, self._counts, strict=True):
            rows.extend(of_sample if len(of_sample) == count else [None] * count)
        predictions = indices(rows)
        for name in ("start_ms", "end_ms"):
            self._key[name] = predicted[name].take(predictions)

    def columns(self) -> dict[str, Any]:
        """The columns of windows."""
        outcomes = self._aligned("expected_anomaly_outcome")
        structured = self._aligned("structured_result")
        details = self._aligned("details")
        return {
            **self._key,
            "expected_label": self._expected_label,
            "expected_start_index": self._of_expected("expected_start_index", "start_index"),
            "expected_end_index": self._of_expected("expected_end_index", "end_index"),
            "expected_label_map": self._of_expected("expected_label_map", "label_map", label_map),
            **columns_of(
                outcomes,
                expected_anomaly_outcome=attrgetter("label"),
                expected_anomaly_start_index=attrgetter("start_index"),
                expected_anomaly_end_index=attrgetter("end_index"),
                expected_anomaly_label_map=lambda each: label_map(each.label_map),
            ),
            **columns_of(self._aligned("label_map_result"), label_map_result=pairs),
            **columns_of(
                self._aligned("label_map_scores"),
                label_map_scores=lambda keys: [(key, pairs(scores)) for key, scores in keys.items()],
            ),
            **columns_of(
                structured,
                mean_average_precision=attrgetter("m_ap"),
                f1=attrgetter("f1"),
                precision=attrgetter("precision"),
                recall=attrgetter("recall"),
                debug_info_json=attrgetter("debug_info_json"),
            ),
            **columns_of(
                details,
                details_mean_average_precision=attrgetter("m_ap"),
                details_f1=attrgetter("f1"),
            ),
        }

    def scores(self) -> tuple[int, dict[str, Any]]:
        """How many scores there are, and the columns of scores."""
        if not any(block.result for block in self._blocks):
            return 0, {}
        window_of_score, labels, values = (
            self._scores_by_name() if self._labels is None else self._scores_by_field(self._labels)
        )
        columns = self._key_at(window_of_score)
        columns["label"] = labels
        columns["score"] = values
        columns["expected_label"] = self._expected_label.take(window_of_score)
        return len(values), columns

    def _scores_by_name(self) -> tuple[pa.Array, pa.Array, pa.Array]:
        """For each score its window, its label and itself, from windows that are dicts."""
        windows = [sorted((each or {}).items()) for each in self._aligned("result") or ()]
        scores = list(chain.from_iterable(windows))
        return (
            parents(list(map(len, windows))),
            array_of([label for label, _ in scores], "label", CATEGORY),
            array_of([score for _, score in scores], "score", pa.float64()),
        )

    def _scores_by_field(self, labels: tuple[str, ...]) -> tuple[pa.Array, pa.Array, pa.Array]:
        """As `_scores_by_name`, from windows that have a field for each of the labels."""
        windows = list(chain.from_iterable([block.result for block in self._blocks]))
        window, label = grid(len(windows), len(labels))
        values = floats(list(chain.from_iterable(map(astuple, windows))))
        if len(windows) < self.rows:  # some blocks have more windows than results
            own = chain.from_iterable(
                range(first, first + len(block.result))
                for first, block in zip(self._first_windows(), self._blocks, strict=True)
            )
            window = array_of(array("q", own), "window", pa.int64()).take(window)
        named = pa.DictionaryArray.from_arrays(label, pa.array(labels, pa.string()))
        absent = pc.is_nan(values)
        if pc.any(absent).as_py():
            there = pc.invert(absent)
            return window.filter(there), named.filter(there), values.filter(there)
        return window, named, values

    def _first_windows(self) -> Iterable[int]:
        return list(accumulate(self._counts, initial=0))[:-1]

    def _expect(self) -> None:
        """Find the labels that were expected. Blocks that expect the same share them."""
        first_rows: dict[int, int] = {}
        self._distinct: list[Any] = []
        for block in self._blocks:
            if id(block.expected_labels) not in first_rows:
                first_rows[id(block.expected_labels)] = len(self._distinct)
                self._distinct += block.expected_labels
        rows: list[int | None] = []
        for block, count in zip(self._blocks, self._counts, strict=True):
            first, there = first_rows[id(block.expected_labels)], len(block.expected_labels)
            rows.extend(range(first, first + there))
            rows.extend([None] * (count - there))
        self._expected_rows = indices(rows)
        self._expected_label = self._of_expected("expected_label", "label")

    def _of_expected(
        self, name: str, attribute: str, convert: Callable[[Any], Any] | None = None
    ) -> pa.Array:
        values = list(map(attrgetter(attribute), self._distinct))
        if convert is not None:
            values = list(map(convert, values))
        if not some(values):
            return nulls(self.rows, "windows", name)
        return array_of(values, name, KINDS["windows"][name]).take(self._expected_rows)

    def anomalies(self) -> tuple[int, dict[str, Any]]:
        """How many anomaly results there are, and the columns of anomalies."""
        results = self._aligned("anomaly_result")
        if results is None:
            return 0, {}
        rows = [row for row, each in enumerate(results) if each is not None]
        found = [results[row] for row in rows]
        grids = [each.scores for each in found]
        widths = [None if grid is None else {len(row) for row in grid} for grid in grids]
        index = pa.array(rows, pa.int64())
        return len(rows), {
            **self._key_at(index),
            "expected_label": self._expected_label.take(index),
            "mean_score": [each.mean_score for each in found],
            "max_score": [each.max_score for each in found],
            "grid": grids,
            "grid_rows": [None if grid is None else len(grid) for grid in grids],
            "grid_columns": [next(iter(each)) if each and len(each) == 1 else None for each in widths],
            "boxes": [each_of(_box, each.boxes) for each in found],
        }

    def _key_at(self, windows: pa.Array) -> dict[str, Any]:
        """What names a window, for each of these; a value that all have stays one."""
        return {
            name: column.take(windows) if isinstance(column, pa.Array) else column
            for name, column in self._key.items()
        }

    def _aligned(self, name: str) -> list[Any] | None:
        """An array of the blocks with one item a window, None for what is missing; or None if all is."""
        get = attrgetter(name)
        parts = [get(block) for block in self._blocks]
        if not any(parts):
            return None
        aligned: list[Any] = []
        for part, count in zip(parts, self._counts, strict=True):
            found = part or ()
            aligned.extend(found)
            aligned.extend([None] * (count - len(found)))
        return aligned


def _box(box: Any) -> dict[str, Any]:
    return {
        "label": box.label,
        "x_ratio": box.x,
        "y_ratio": box.y,
        "width_ratio": box.width,
        "height_ratio": box.height,
        "score": box.score,
    }
