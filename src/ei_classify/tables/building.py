"""Decoded answers to record batches: a column at a time, so that no row is ever an object of its own."""

from __future__ import annotations

import datetime
import json
from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
from attrs import define, field, frozen

from ei_classify.decoding import PLAIN

from .columns import KINDS, array_of, nulls, repeated
from .detections import detection_columns
from .learn_blocks import describe, instant
from .predictions import prediction_columns
from .samples import sample_columns
from .schemas import RUN_KEY, SCHEMAS
from .windows import Windows, window_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ei_classify.decoding import PageAnswer, Shape

    Columns = dict[str, pa.Array]
    Batches = dict[str, list[pa.RecordBatch]]


@frozen(kw_only=True)
class Run:
    """What the rows of a run have in common."""

    project_id: int
    impulse_id: int | None = None
    """The impulse that was asked for; None for the project's default impulse."""
    variant: str | None = None
    """The model variant that was asked for; None if the server chose."""
    read_at: datetime.datetime
    """When reading began, with a time zone."""
    filters: Mapping[str, Any] = {}
    """What else was asked for, as it can be written as JSON."""

    @classmethod
    def for_call(cls, project_id: int, filters: Mapping[str, Any]) -> Self:
        """The run that a call with these filters reads, beginning now."""
        given = {name: value for name, value in filters.items() if value is not None}
        variant = given.pop("variant", None)
        return cls(
            project_id=project_id,
            impulse_id=given.pop("impulse_id", None),
            variant=None if variant is None else str(variant),
            read_at=datetime.datetime.now(datetime.UTC),
            filters=given,
        )


@define
class RunBuilder:
    """Makes the tables of one run out of its answers, one after the other."""

    run: Run
    sample_count: int = 0
    """How many samples were taken in."""
    total_count: int | None = None
    """The number of samples over all pages, if the server told it."""
    window_size_ms: int | None = None
    window_increase_ms: int | None = None
    learn_blocks: list[dict[str, Any]] = field(factory=list)
    """The different learn blocks seen, as they stand in `runs`; times are text."""
    _known: dict[int, list[Any]] = field(factory=dict, init=False)

    def page(self, page: PageAnswer) -> Batches:
        """The batches for a page."""
        if page.total is not None:
            self.total_count = page.total
        results = page.decoded.result
        samples = [result.sample for result in results]
        blocks = [result.classifications for result in results]
        return self._batches(page.sample_ids, samples, blocks, page.decoded.predictions, page.shape)

    def sample(self, answer: Any, variant: Any) -> Batches:
        """The batches for one of the variants of a sample, as `answers.convert_sample` gives it."""
        self.window_size_ms, self.window_increase_ms = answer.window_size_ms, answer.window_increase_ms
        raw = answer.sample
        extra = {
            "total_payload_length": array_of([raw.total_payload_length], "total_payload_length", pa.int64()),
            "already_in_database": pa.array([answer.already_in_database]),
        }
        return self._batches([raw.sample.id], [raw.sample], [variant.classifications], [], PLAIN, extra)

    def runs(self) -> pa.RecordBatch:
        """The row of the run itself, as far as it was read."""
        run = self.run
        blocks = [{**block, "created_at": instant(block["created_at"])} for block in self.learn_blocks]
        columns = {
            "read_at": [run.read_at],
            "total_count": [self.total_count],
            "sample_count": [self.sample_count],
            "window_size_ms": [self.window_size_ms],
            "window_increase_ms": [self.window_increase_ms],
            "filters_json": [json.dumps(run.filters, default=str, sort_keys=True) if run.filters else None],
            "learn_blocks": [blocks],
        }
        return self._batch("runs", 1, columns)

    def _batches(
        self,
        ids: list[int],
        samples: list[Any],
        blocks: list[list[Any]],
        predictions: list[Any],
        shape: Shape,
        extra: Columns | None = None,
    ) -> Batches:
        self.sample_count += len(ids)
        self._take_in(blocks)
        counts = [list(map(window_count, each)) for each in blocks]
        predicted, own = prediction_columns(predictions, shape.absent)
        windows = Windows(ids, blocks, counts, shape.labels)
        windows.place(predicted, own, self.window_size_ms, self.window_increase_ms)
        columns = {
            **sample_columns(ids, samples, blocks, counts),
            "prediction_count": [len(own.get(each, ())) for each in ids],
            **(extra or {}),
        }
        return {
            "samples": [self._batch("samples", len(ids), columns)],
            "predictions": [self._batch("predictions", len(predictions), predicted)],
            "windows": [self._batch("windows", windows.rows, windows.columns())],
            "scores": [self._batch("scores", *windows.scores())],
            "detections": [
                self._batch("detections", rows, columns)
                for rows, columns in detection_columns(
                    ids,
                    samples,
                    blocks,
                    [] if "bounding_boxes" in shape.absent else predictions,
                    predicted["window"],
                )
                if rows
            ],
            "anomalies": [self._batch("anomalies", *windows.anomalies())],
        }

    def _batch(self, table: str, rows: int, columns: Mapping[str, Any]) -> pa.RecordBatch:
        """A batch from what is there of its columns; those of the run are the same in every row."""
        arrays = []
        for name, kind in KINDS[table].items():
            values = getattr(self.run, name) if name in RUN_KEY else columns.get(name)
            if values is None:
                arrays.append(nulls(rows, table, name))
            elif isinstance(values, pa.Array):
                arrays.append(values)
            elif isinstance(values, (list, tuple, array)):
                arrays.append(array_of(values, name, kind))
            else:
                arrays.append(repeated(values, rows, table, name))
        return pa.RecordBatch.from_arrays(arrays, schema=SCHEMAS[table])

    def _take_in(self, blocks: Iterable[list[Any]]) -> None:
        for block in chain.from_iterable(blocks):
            known = self._known.setdefault(block.learn_block.id, [])
            facts = (
                block.learn_block,
                block.minimum_confidence_rating,
                block.object_detection_last_layer,
                block.thresholds,
            )
            if facts not in known:
                known.append(facts)
                if (described := describe(*facts)) not in self.learn_blocks:
                    self.learn_blocks.append(described)
