"""Converts an answer to record batches, one column at a time, so that no row becomes a Python object."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .arrays import KINDS, array_of, nulls, repeated
from .arrow import pa
from .learn_blocks.anomalies import anomaly_rows
from .learn_blocks.detections import detection_rows
from .learn_blocks.scores import score_rows
from .learn_blocks.settings import block_settings
from .learn_blocks.windows import Windows
from .predictions import Predictions
from .runs import RunFacts, run_columns
from .samples import sample_rows
from .schemas import RUN_KEY, SCHEMAS
from .source import Source

if TYPE_CHECKING:
    from ei_classify.decoding import PageAnswer

    from .arrays import Column, Rows
    from .runs import Run

    Batches: TypeAlias = dict[str, list[pa.RecordBatch]]
    """The record batches of each table."""


class Step(NamedTuple):
    """The contribution of an answer to a run: rows of its tables, and facts about the run as a whole."""

    batches: Batches
    """The record batches of each table, apart from `runs`. A table can have several, or none."""
    facts: RunFacts


def page_step(page: PageAnswer, run: Run) -> Step:
    """Convert a page to rows and facts. They depend on nothing else, so pages can be converted in any order.

    Raises:
        UnfitValueError: A value is too large for its column.
    """
    return source_step(Source.of_page(page), run)


def source_step(source: Source, run: Run) -> Step:
    """Convert an answer to rows and facts.

    Raises:
        UnfitValueError: A value is too large for its column.
    """
    predictions = Predictions(source)
    windows = Windows(source, predictions)
    tables = {
        "samples": [sample_rows(source, predictions)],
        "predictions": [predictions.predictions()],
        "windows": [windows.windows()],
        "scores": [score_rows(windows, source.shape)],
        "detections": [each for each in detection_rows(source, predictions) if each[0]],
        "anomalies": [anomaly_rows(windows)],
    }
    batches = {name: [_record_batch(run, name, each) for each in rows] for name, rows in tables.items()}
    return Step(batches, _facts(source))


def run_batch(run: Run, facts: RunFacts) -> pa.RecordBatch:
    """Return the row of a run in the table `runs`."""
    return _record_batch(run, "runs", (1, run_columns(run, facts)))


def _facts(source: Source) -> RunFacts:
    sliding = source.sliding
    return RunFacts(
        sample_count=len(source.ids),
        total_count=source.total_count,
        window_size_ms=sliding and sliding.size_ms,
        window_increase_ms=sliding and sliding.increase_ms,
        learn_blocks=block_settings(source.blocks),
    )


def _record_batch(run: Run, table: str, rows: Rows) -> pa.RecordBatch:
    """Return rows of a table, including the columns that identify the run."""
    count, columns = rows
    columns = {**columns, **{name: getattr(run, name) for name in RUN_KEY}}
    arrays = [_array(columns.get(name), count, table, name) for name in KINDS[table]]
    return pa.RecordBatch.from_arrays(arrays, schema=SCHEMAS[table])


def _array(values: Column, rows: int, table: str, name: str) -> pa.Array:
    if values is None:
        return nulls(rows, table, name)
    if isinstance(values, pa.Array):
        return values
    if isinstance(values, (list, tuple, array)):
        return array_of(values, name, KINDS[table][name])
    return repeated(values, rows, table, name)
