"""The table `windows`: the key of each window of a learn block, its start and end, and its expected label."""

from __future__ import annotations

from itertools import accumulate, chain
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from ei_classify.tables.arrays import KINDS, alike, array_of, indices, integers, nulls, places, some
from ei_classify.tables.arrow import pa, pc
from ei_classify.tables.nested import as_map, label_map_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ei_classify.decoding import views
    from ei_classify.tables.arrays import Columns, Rows
    from ei_classify.tables.predictions import Predictions
    from ei_classify.tables.source import SlidingWindow, Source

    PerWindow = Callable[[views.Classification], Sequence["T"] | None]

T = TypeVar("T")


class Windows:
    """The windows of all learn blocks of all samples, one after the other.

    Attributes:
        blocks: The classifications of the samples by the learn blocks, sample by sample.
        counts: The number of windows of each of `blocks`.
        rows: The number of windows.
        expected_label: The expected label of each window.

    """

    def __init__(self, source: Source, predictions: Predictions) -> None:
        self.blocks = list(chain.from_iterable(source.blocks))
        self.counts = list(chain.from_iterable(source.counts))
        self.rows = sum(self.counts)
        self._sample_ids = list(
            chain.from_iterable(
                [each] * len(own) for each, own in zip(source.ids, source.blocks, strict=True)
            )
        )
        self._key = self._names()
        if source.sliding is not None:
            self._place_by_sliding(source.sliding)
        else:
            self._place_by_predictions(predictions)
        self._find_expected()
        self.expected_label = self._of_expected("expected_label", attrgetter("label"))

    def key_at(self, windows: pa.Array) -> Columns:
        """Return the columns that identify a window and its time, for the windows in these rows."""
        return {
            # A single value for all windows stays a single value.
            name: column.take(windows) if isinstance(column, pa.Array) else column
            for name, column in self._key.items()
        }

    def aligned(self, get: PerWindow[T]) -> list[T | None] | None:
        """Return an item per window of all blocks, with None for a window that has no item.

        If no block has any items, return None instead of the list.
        """
        parts = list(map(get, self.blocks))
        if not any(parts):
            return None
        aligned: list[T | None] = []
        for part, count in zip(parts, self.counts, strict=True):
            found = part or ()
            aligned.extend(found)
            aligned.extend([None] * (count - len(found)))
        return aligned

    def windows(self) -> Rows:
        """Return the rows of the table `windows`."""
        outcome = self.aligned(lambda block: block.expected_anomaly_outcome)
        structured = self.aligned(lambda block: block.structured_result)
        details = self.aligned(lambda block: block.details)
        label_maps = self.aligned(lambda block: block.label_map_result)
        scores_by_key = self.aligned(lambda block: block.label_map_scores)
        return self.rows, {
            **self._key,
            "expected_label": self.expected_label,
            "expected_start_index": self._of_expected("expected_start_index", attrgetter("start_index")),
            "expected_end_index": self._of_expected("expected_end_index", attrgetter("end_index")),
            "expected_label_map": self._of_expected(
                "expected_label_map", lambda each: label_map_row(each.label_map)
            ),
            "expected_anomaly_outcome": _each(outcome, lambda each: each.label),
            "expected_anomaly_start_index": _each(outcome, lambda each: each.start_index),
            "expected_anomaly_end_index": _each(outcome, lambda each: each.end_index),
            "expected_anomaly_label_map": _each(outcome, lambda each: label_map_row(each.label_map)),
            "label_map_result": _each(label_maps, as_map),
            "label_map_scores": _each(
                scores_by_key, lambda keys: [(key, as_map(scores)) for key, scores in keys.items()]
            ),
            "mean_average_precision": _each(structured, lambda each: each.m_ap),
            "f1": _each(structured, lambda each: each.f1),
            "precision": _each(structured, lambda each: each.precision),
            "recall": _each(structured, lambda each: each.recall),
            "debug_info_json": _each(structured, lambda each: each.debug_info_json),
            "details_mean_average_precision": _each(details, lambda each: each.m_ap),
            "details_f1": _each(details, lambda each: each.f1),
        }

    # --- The key of a window -------------------------------------------------------------------------------

    def _names(self) -> Columns:
        block_of_window, window = places(tuple(self.counts))
        learn_blocks = [each.learn_block for each in self.blocks]
        names: Columns = {
            "sample_id": integers(self._sample_ids, "sample_id").take(block_of_window),
            "learn_block_id": alike([each.id for each in learn_blocks]),
            "learn_block_name": alike([each.name for each in learn_blocks]),
            "learn_block_type": alike([each.type_ for each in learn_blocks]),
            "window": window,
        }
        for name, values in names.items():
            if isinstance(values, list):
                names[name] = array_of(values, name, KINDS["windows"][name]).take(block_of_window)
        return names

    # --- The start and end of a window ---------------------------------------------------------------------

    def _place_by_sliding(self, sliding: SlidingWindow) -> None:
        starts = pc.multiply(pc.cast(self._key["window"], pa.float64()), float(sliding.increase_ms))
        self._key["start_ms"], self._key["end_ms"] = starts, pc.add(starts, float(sliding.size_ms))

    def _place_by_predictions(self, predictions: Predictions) -> None:
        """Take the times from the sample's predictions, if there are as many predictions as windows."""
        found = [predictions.of_sample.get(sample_id, ()) for sample_id in self._sample_ids]
        if found == list(map(range, accumulate(self.counts, initial=0), accumulate(self.counts))):
            starts, ends = predictions.starts_ms[: self.rows], predictions.ends_ms[: self.rows]
        else:
            rows: list[int | None] = []
            for of_sample, count in zip(found, self.counts, strict=True):
                rows.extend(of_sample if len(of_sample) == count else [None] * count)
            taken = indices(rows)
            starts, ends = predictions.starts_ms.take(taken), predictions.ends_ms.take(taken)
        self._key["start_ms"], self._key["end_ms"] = starts, ends

    # --- The expected label of a window --------------------------------------------------------------------

    def _find_expected(self) -> None:
        """Find the expected labels. Blocks with the same list of labels share it."""
        first_rows: dict[int, int] = {}
        self._distinct: list[views.StructuredLabel] = []
        for block in self.blocks:
            if id(block.expected_labels) not in first_rows:
                first_rows[id(block.expected_labels)] = len(self._distinct)
                self._distinct += block.expected_labels or ()
        rows: list[int | None] = []
        for block, count in zip(self.blocks, self.counts, strict=True):
            first, there = first_rows[id(block.expected_labels)], len(block.expected_labels or ())
            rows.extend(range(first, first + there))
            rows.extend([None] * (count - there))
        self._expected_rows = indices(rows)

    def _of_expected(self, name: str, get: Callable[[views.StructuredLabel], object]) -> pa.Array:
        values = list(map(get, self._distinct))
        if some(values) is None:
            return nulls(self.rows, "windows", name)
        return array_of(values, name, KINDS["windows"][name]).take(self._expected_rows)


def _each(items: list[T | None] | None, get: Callable[[T], object]) -> list[object] | None:
    """Return a value for each item, and None for an item that is None."""
    return None if items is None else [None if each is None else get(each) for each in items]
