"""Decoded answers to record batches: a column at a time, so that no row is ever an object of its own."""

from __future__ import annotations

import datetime
import functools
import json
import struct
from array import array
from itertools import accumulate, chain, groupby, zip_longest
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field, frozen
from ei_classify_api.types import to_text
from msgspec.structs import astuple

from ei_classify.answers import PLAIN
from ei_classify.errors import UnfitValueError

from .schemas import CATEGORY, RUN_KEY, SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ei_classify.answers import PageAnswer, Shape

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
            "total_payload_length": _array([raw.total_payload_length], "total_payload_length", pa.int64()),
            "already_in_database": pa.array([answer.already_in_database]),
        }
        return self._batches([raw.sample.id], [raw.sample], [variant.classifications], [], PLAIN, extra)

    def runs(self) -> pa.RecordBatch:
        """The row of the run itself, as far as it was read."""
        run = self.run
        blocks = [{**block, "created_at": _time(block["created_at"])} for block in self.learn_blocks]
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
        predicted, own = _predictions(predictions, shape.absent)
        windows = _Windows(ids, blocks, shape.labels)
        windows.place(predicted, own, self.window_size_ms, self.window_increase_ms)
        counts = {
            "window_count": [max(map(window_count, each), default=0) for each in blocks],
            "prediction_count": [len(own.get(each, ())) for each in ids],
        }
        return {
            "samples": [
                self._batch(
                    "samples", len(ids), {**_samples(ids, samples, blocks), **counts, **(extra or {})}
                )
            ],
            "predictions": [self._batch("predictions", len(predictions), predicted)],
            "windows": [self._batch("windows", windows.rows, windows.columns())],
            "scores": [self._batch("scores", *windows.scores())],
            "detections": [
                self._batch("detections", rows, columns)
                for rows, columns in _detections(
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
        for name, kind in _KINDS[table].items():
            values = getattr(self.run, name) if name in RUN_KEY else columns.get(name)
            if values is None:
                arrays.append(_nulls(rows, table, name))
            elif isinstance(values, pa.Array):
                arrays.append(values)
            elif isinstance(values, (list, array)):
                arrays.append(_array(values, name, kind))
            else:
                arrays.append(_repeated(values, rows, table, name))
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
                if (described := _learn_block(*facts)) not in self.learn_blocks:
                    self.learn_blocks.append(described)


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
_KINDS = {table: {each.name: each.type for each in schema} for table, schema in SCHEMAS.items()}


# --- Samples -----------------------------------------------------------------------------------------------


def _samples(ids: list[int], samples: list[Any], blocks: list[list[Any]]) -> dict[str, Any]:
    columns = {name: _alike(list(map(get, samples))) for name, get in _PLAIN.items()}
    return {
        **columns,
        "sample_id": ids,
        "sensors": _shared([sample.sensors for sample in samples], _sensors, _KINDS["samples"]["sensors"]),
        "metadata": [_pairs(sample.metadata) for sample in samples],
        "structured_labels": [_each(_structured_label, sample.structured_labels) for sample in samples],
        "label_map": [_label_map(sample.label_map) for sample in samples],
        "datastreams": [_each(_datastream, sample.datastreams) for sample in samples],
        "last_updated_by": [_last_updated_by(sample.last_updated_by) for sample in samples],
        "image_width_px": [each.image_dimensions and each.image_dimensions.width for each in samples],
        "image_height_px": [each.image_dimensions and each.image_dimensions.height for each in samples],
        "learn_blocks": _sample_blocks(blocks),
    }


_RENAMED = {
    "frequency_hz": "frequency",
    "original_frequency_hz": "original_frequency",
    "sample_project_id": "project_id",
    "sha256_hash": "sha_256_hash",
    "signature_valid": "signature_validate",
}
_COMPUTED = {
    *RUN_KEY, "sample_id", "sensors", "metadata", "structured_labels", "label_map", "datastreams",
    "last_updated_by", "image_width_px", "image_height_px", "learn_blocks", "window_count",
    "prediction_count", "total_payload_length", "already_in_database",
}  # fmt: skip
_PLAIN: dict[str, Callable[[Any], Any]] = {
    name: attrgetter(_RENAMED.get(name, name)) for name in SCHEMAS["samples"].names if name not in _COMPUTED
}
"""Columns of samples that hold a property as it is."""


def _sensors(sensors: list[Any]) -> list[dict[str, Any]]:
    return [{"name": each.name, "units": each.units, "index": each.index} for each in sensors]


def _structured_label(label: Any) -> dict[str, Any]:
    return {
        "start_index": label.start_index,
        "end_index": label.end_index,
        "label": label.label,
        "label_map": _label_map(label.label_map),
    }


def _label_map(value: Any) -> dict[str, Any] | None:
    return None if value is None else {"type": value.type_, "labels": _pairs(value.labels)}


def _datastream(stream: Any) -> dict[str, Any]:
    size = stream.image_dimensions
    return {
        "index": stream.index,
        "chart_type": stream.chart_type,
        "interval_ms": stream.interval_ms,
        "frequency_hz": stream.frequency_hz,
        "sensors": stream.sensors and _sensors(stream.sensors),
        "values_count": stream.values_count,
        "total_length_ms": stream.total_length_ms,
        "image_width_px": size and size.width,
        "image_height_px": size and size.height,
    }


def _last_updated_by(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    return {
        "type": value.type_,
        "id": value.id,
        "oauth_client_id": value.oauth_client_id,
        "user_id": value.user_id,
        "dataset_version_id": value.dataset_version_id,
        "group_key": value.group_key,
        "actor_json": None if value.actor is None else json.dumps(value.actor),
    }


def _sample_blocks(blocks: list[list[Any]]) -> pa.Array:
    every = list(chain.from_iterable(blocks))
    kind = _KINDS["samples"]["learn_blocks"]
    columns = [
        [block.learn_block.id for block in every],
        list(map(window_count, every)),
        [block.result_count for block in every],
        [block.is_multi_label for block in every],
        [block.interval_ms for block in every],
        [block.frequency_hz for block in every],
    ]
    fields = list(kind.value_type)
    arrays = [_array(values, each.name, each.type) for values, each in zip(columns, fields, strict=True)]
    return pa.ListArray.from_arrays(
        _array(array("i", accumulate(map(len, blocks), initial=0)), "offsets", pa.int32()),
        pa.StructArray.from_arrays(arrays, fields=fields),
        type=kind,
    )


# --- Predictions -------------------------------------------------------------------------------------------


def _predictions(
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
        "sample_id": _integers(ids, "sample_id"),
        "window": _integers(numbers, "window"),
        "start_ms": _floats([each.start_ms for each in predictions]),
        "end_ms": _floats([each.end_ms for each in predictions]),
        "prediction": [each.prediction for each in predictions],
        **{
            name: list(map(attrgetter(attribute), predictions))
            for name, attribute in _OPTIONAL.items()
            if attribute not in absent
        },
    }
    if maps := columns.get("label_map_predictions"):
        columns["label_map_predictions"] = _some(list(map(_pairs, maps)))
    return columns, own


_OPTIONAL = {
    "label": "label",
    "correct": "prediction_correct",
    "f1": "f_1_score",
    "expected_anomaly_outcome": "expected_anomaly_outcome",
    "label_map_predictions": "label_map_predictions",
    "anomaly_scores": "anomaly_scores",
}


# --- Windows and what hangs on them ------------------------------------------------------------------------


class _Windows:
    """The windows of all learn blocks of all samples, one after the other."""

    def __init__(self, ids: list[int], blocks: list[list[Any]], labels: tuple[str, ...] | None) -> None:
        self._labels = labels
        self._blocks = list(chain.from_iterable(blocks))
        self._ids = list(
            chain.from_iterable([each] * len(own) for each, own in zip(ids, blocks, strict=True))
        )
        self._counts = list(map(window_count, self._blocks))
        self.rows = sum(self._counts)
        block, window = _places(tuple(self._counts))
        found = [each.learn_block for each in self._blocks]
        self._key: dict[str, Any] = {
            "sample_id": _integers(self._ids, "sample_id").take(block),
            "learn_block_id": _alike([each.id for each in found]),
            "learn_block_name": _alike([each.name for each in found]),
            "learn_block_type": _alike([each.type_ for each in found]),
            "window": window,
        }
        for name in ("learn_block_id", "learn_block_name", "learn_block_type"):
            if isinstance(values := self._key[name], list):
                self._key[name] = _array(values, name, _KINDS["windows"][name]).take(block)
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
        rows: list[int | None] = []
        for sample_id, count in zip(self._ids, self._counts, strict=True):
            of_sample = own.get(sample_id, ())
            rows.extend(of_sample if len(of_sample) == count else [None] * count)
        indices = _indices(rows)
        for name in ("start_ms", "end_ms"):
            self._key[name] = predicted[name].take(indices)

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
            "expected_label_map": self._of_expected("expected_label_map", "label_map", _label_map),
            **_of(
                outcomes,
                expected_anomaly_outcome=attrgetter("label"),
                expected_anomaly_start_index=attrgetter("start_index"),
                expected_anomaly_end_index=attrgetter("end_index"),
                expected_anomaly_label_map=lambda each: _label_map(each.label_map),
            ),
            **_of(self._aligned("label_map_result"), label_map_result=_pairs),
            **_of(
                self._aligned("label_map_scores"),
                label_map_scores=lambda keys: [(key, _pairs(scores)) for key, scores in keys.items()],
            ),
            **_of(
                structured,
                mean_average_precision=attrgetter("m_ap"),
                f1=attrgetter("f1"),
                precision=attrgetter("precision"),
                recall=attrgetter("recall"),
                debug_info_json=attrgetter("debug_info_json"),
            ),
            **_of(
                details,
                details_mean_average_precision=attrgetter("m_ap"),
                details_f1=attrgetter("f1"),
            ),
        }

    def scores(self) -> tuple[int, Columns]:
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
            _parents(list(map(len, windows))),
            _array([label for label, _ in scores], "label", CATEGORY),
            _array([score for _, score in scores], "score", pa.float64()),
        )

    def _scores_by_field(self, labels: tuple[str, ...]) -> tuple[pa.Array, pa.Array, pa.Array]:
        """As `_scores_by_name`, from windows that have a field for each of the labels."""
        windows = list(chain.from_iterable([block.result for block in self._blocks]))
        window, label = _grid(len(windows), len(labels))
        values = _floats(list(chain.from_iterable(map(astuple, windows))))
        if len(windows) < self.rows:  # some blocks have more windows than results
            own = chain.from_iterable(
                range(first, first + len(block.result))
                for first, block in zip(self._first_windows(), self._blocks, strict=True)
            )
            window = _array(array("q", own), "window", pa.int64()).take(window)
        indices = pa.DictionaryArray.from_arrays(label, pa.array(labels, pa.string()))
        absent = pc.is_nan(values)
        if pc.any(absent).as_py():
            there = pc.invert(absent)
            return window.filter(there), indices.filter(there), values.filter(there)
        return window, indices, values

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
        self._expected_rows = _indices(rows)
        self._expected_label = self._of_expected("expected_label", "label")

    def _of_expected(
        self, name: str, attribute: str, convert: Callable[[Any], Any] | None = None
    ) -> pa.Array:
        values = list(map(attrgetter(attribute), self._distinct))
        if convert is not None:
            values = list(map(convert, values))
        if not _some(values):
            return _nulls(self.rows, "windows", name)
        return _array(values, name, _KINDS["windows"][name]).take(self._expected_rows)

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
            "boxes": [_each(_box, each.boxes) for each in found],
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


# --- Detections --------------------------------------------------------------------------------------------

_SIDES = ("x", "y", "width", "height")


def _detections(
    ids: list[int],
    samples: list[Any],
    blocks: list[list[Any]],
    predictions: list[Any],
    windows: pa.Array,
) -> Iterable[tuple[int, dict[str, Any]]]:
    """The rows and columns of detections, apart for each source."""
    yield _expected_boxes(ids, samples)
    yield _predicted_boxes(predictions, windows)
    structured: list[_Found] = []
    details: list[_Found] = []
    for sample_id, own in zip(ids, blocks, strict=True):
        for block in own:
            if block.structured_result or block.details:
                _find(sample_id, block, structured, details)
    yield _block_boxes("structured_result", structured)
    yield _block_boxes("details", details)


def _expected_boxes(ids: list[int], samples: list[Any]) -> tuple[int, dict[str, Any]]:
    boxes = list(chain.from_iterable(sample.bounding_boxes for sample in samples))
    if not boxes:
        return 0, {}
    sample_of_box = _parents([len(sample.bounding_boxes) for sample in samples])
    pixels = {
        "x": _integers([box.x for box in boxes], "x_px"),
        "y": _integers([box.y for box in boxes], "y_px"),
        "width": _integers([box.width for box in boxes], "width_px"),
        "height": _integers([box.height for box in boxes], "height_px"),
    }
    sizes = [sample.image_dimensions for sample in samples]
    # A side of 0 pixels would be no image: its boxes stay in pixels, as those without dimensions.
    widths = _array([(size and size.width) or None for size in sizes], "image_width_px", pa.float64())
    heights = _array([(size and size.height) or None for size in sizes], "image_height_px", pa.float64())
    widths, heights = widths.take(sample_of_box), heights.take(sample_of_box)
    return len(boxes), {
        "sample_id": _integers(ids, "sample_id").take(sample_of_box),
        "kind": "expected",
        "source": "sample",
        "label": [box.label for box in boxes],
        **{f"{side}_px": values for side, values in pixels.items()},
        **{
            f"{side}_ratio": pc.divide(
                values.cast(pa.float64(), safe=False), widths if side in ("x", "width") else heights
            )
            for side, values in pixels.items()
        },
    }


def _predicted_boxes(predictions: list[Any], windows: pa.Array) -> tuple[int, dict[str, Any]]:
    with_boxes = [row for row, each in enumerate(predictions) if each.bounding_boxes]
    if not with_boxes:
        return 0, {}
    found = [predictions[row] for row in with_boxes]
    boxes = list(chain.from_iterable(each.bounding_boxes for each in found))
    index = _parents([len(each.bounding_boxes) for each in found])
    return len(boxes), {
        "sample_id": _integers([each.sample_id for each in found], "sample_id").take(index),
        "window": windows.take(_integers(with_boxes, "rows").take(index)),
        "kind": "predicted",
        "source": "prediction",
        "label": [box.label for box in boxes],
        "score": _floats([box.score for box in boxes]),
        "x_ratio": _floats([box.x for box in boxes]),
        "y_ratio": _floats([box.y for box in boxes]),
        "width_ratio": _floats([box.width for box in boxes]),
        "height_ratio": _floats([box.height for box in boxes]),
    }


class _Found(NamedTuple):
    """The detections of a learn block in a window. The lists run in step; a shorter one ends in None."""

    sample_id: int
    learn_block_id: int
    window: int
    boxes: list[Any]
    labels: list[Any]
    class_numbers: list[Any]
    scores: list[Any]


def _find(sample_id: int, block: Any, structured: list[_Found], details: list[_Found]) -> None:
    """What a block found, window by window. Details of the same boxes give these their class numbers."""
    key = sample_id, block.learn_block.id
    for window, (text, number) in enumerate(zip_longest(block.structured_result or (), block.details or ())):
        if text is None:
            details.append(_Found(*key, window, *_in_step(number.boxes, None, number.labels, number.scores)))
        elif number is None:
            structured.append(_Found(*key, window, *_in_step(text.boxes, text.labels, None, text.scores)))
        elif text.boxes == number.boxes and text.scores == number.scores:
            found = _in_step(text.boxes, text.labels, number.labels, text.scores)
            structured.append(_Found(*key, window, *found))
        else:
            structured.append(_Found(*key, window, *_in_step(text.boxes, text.labels, None, text.scores)))
            details.append(_Found(*key, window, *_in_step(number.boxes, None, number.labels, number.scores)))


def _in_step(*lists: list[Any] | None) -> list[list[Any]]:
    count = max(len(each) for each in lists if each is not None)
    return [
        each
        if each is not None and len(each) == count
        else [*(each or ()), *[None] * (count - len(each or ()))]
        for each in lists
    ]


def _block_boxes(source: str, found: list[_Found]) -> tuple[int, dict[str, Any]]:
    if not found:
        return 0, {}
    ids, learn_blocks, windows, *lists = zip(*found, strict=True)
    boxes, labels, class_numbers, scores = (list(chain.from_iterable(each)) for each in lists)
    index = _parents(list(map(len, lists[0])))
    columns = {
        "sample_id": _integers(ids, "sample_id").take(index),
        "learn_block_id": _integers(learn_blocks, "learn_block_id").take(index),
        "window": _integers(windows, "window").take(index),
        "kind": "predicted",
        "source": source,
        "label": _some(labels),
        "class_number": _some(class_numbers),
        "score": _some(scores),
    }
    whole = boxes
    if set(map(_length, boxes)) != {4}:
        whole = [box if _length(box) == 4 else None for box in boxes]
        columns["box"] = [box if there is None else None for box, there in zip(boxes, whole, strict=True)]
        whole = [(float("nan"),) * 4 if box is None else box for box in whole]
    sides = _floats(list(chain.from_iterable(whole)))
    for number, side in enumerate(_SIDES):
        values = sides.take(_every_fourth(number, len(boxes)))
        columns[f"{side}_ratio"] = values if whole is boxes else pc.if_else(pc.is_nan(values), None, values)
    return len(boxes), columns


def _length(box: list[float] | None) -> int:
    return 0 if box is None else len(box)


@functools.lru_cache(maxsize=64)
def _every_fourth(first: int, count: int) -> pa.Array:
    return _array(array("q", range(first, 4 * count, 4)), "box", pa.int64())


# --- Learn blocks ------------------------------------------------------------------------------------------


def _learn_block(
    block: Any, minimum: float | None, last_layer: str | None, thresholds: Any
) -> dict[str, Any]:
    return {
        "id": block.id,
        "type": block.type_,
        "name": block.name,
        "title": block.title,
        "dsp": block.dsp,
        "created_by": block.created_by,
        "created_at": None if block.created_at is None else to_text(block.created_at),
        "training_processor": block.training_processor,
        "minimum_confidence_rating": minimum,
        "object_detection_last_layer": last_layer,
        "thresholds": _each(_threshold, thresholds),
    }


def _threshold(threshold: Any) -> dict[str, Any]:
    is_text = isinstance(threshold.value, str)
    return {
        "key": threshold.key,
        "description": threshold.description,
        "help_text": threshold.help_text,
        "value": None if is_text else threshold.value,
        "value_text": threshold.value if is_text else None,
        "suggested_value": threshold.suggested_value,
        "suggested_value_text": threshold.suggested_value_text,
        "dropdown_options": _each(
            lambda option: {"description": option.description, "value": option.value},
            threshold.dropdown_options,
        ),
    }


def _time(text: str | None) -> datetime.datetime | None:
    return None if text is None else datetime.datetime.fromisoformat(text.upper())


# --- Columns -----------------------------------------------------------------------------------------------


def _array(values: Any, name: str, kind: pa.DataType) -> pa.Array:
    try:
        if isinstance(values, array):
            return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
        if kind == CATEGORY:
            return pa.array(values, pa.string()).dictionary_encode()
        return pa.array(values, kind)
    except (pa.ArrowInvalid, OverflowError) as error:
        raise UnfitValueError(name, str(error)) from error


def _indices(rows: list[int | None]) -> pa.Array:
    """Rows to take; None takes null."""
    return pa.array(rows, pa.int64()) if None in rows else _integers(rows, "rows")  # type: ignore[arg-type]


def _floats(values: Sequence[float]) -> pa.Array:
    """Numbers, none of them None: in half the time that pyarrow takes."""
    content = struct.pack(f"{len(values)}d", *values)
    return pa.Array.from_buffers(pa.float64(), len(values), [None, pa.py_buffer(content)])


def _integers(values: Sequence[int], name: str) -> pa.Array:
    """As `_floats`."""
    try:
        content = struct.pack(f"{len(values)}q", *values)
    except struct.error as error:
        raise UnfitValueError(name, str(error)) from error
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(content)])


@functools.lru_cache(maxsize=512)
def _nulls(rows: int, table: str, name: str) -> pa.Array:
    return pa.nulls(rows, _KINDS[table][name])


@functools.lru_cache(maxsize=512)
def _repeated(value: Any, rows: int, table: str, name: str) -> pa.Array:
    """The same value in every row."""
    kind = _KINDS[table][name]
    if kind == CATEGORY:
        indices = pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(bytes(4 * rows))])
        return pa.DictionaryArray.from_arrays(indices, pa.array([str(value)], pa.string()))
    return pa.repeat(_array([value], name, kind)[0], rows)


def _alike(values: list[Any]) -> Any:
    """The value that all of these are, or the values."""
    if not values or isinstance(values[0], list) or values.count(values[0]) < len(values):
        return values
    return values[0]


def _parents(counts: list[int]) -> pa.Array:
    """For each item of lists of these lengths the number of its list."""
    offsets = array("i", accumulate(counts, initial=0))
    lists = pa.ListArray.from_arrays(_array(offsets, "offsets", pa.int32()), pa.nulls(offsets[-1]))
    return pc.list_parent_indices(lists)


@functools.lru_cache(maxsize=16)
def _places(counts: tuple[int, ...]) -> tuple[pa.Array, pa.Array]:
    """For each item of lists of these lengths the number of its list, and its own within that."""
    numbers = _integers(list(chain.from_iterable(map(range, counts))), "window")
    return _parents(list(counts)), numbers


@functools.lru_cache(maxsize=16)
def _grid(rows: int, columns: int) -> tuple[pa.Array, pa.Array]:
    """For each value of a grid, row by row: its row and its column."""
    return _parents([columns] * rows), _array(array("i", range(columns)) * rows, "column", pa.int32())


def _shared(values: list[Any], convert: Callable[[Any], Any], kind: pa.DataType) -> pa.Array:
    """A column of values of which many are the same object: each is converted once."""
    places: dict[int, int] = {}
    different: list[Any] = []
    for each in values:
        if id(each) not in places:
            places[id(each)] = len(different)
            different.append(convert(each))
    index = _integers([places[id(each)] for each in values], "index")
    return pa.array(different, kind).take(index)


def _some(values: list[Any]) -> list[Any] | None:
    """The values, or None if there are none: such a column costs nothing."""
    return values if values.count(None) < len(values) else None


def _of(items: list[Any] | None, **columns: Callable[[Any], Any]) -> dict[str, Any]:
    if items is None:
        return {}
    return {name: [None if each is None else get(each) for each in items] for name, get in columns.items()}


def _each(convert: Callable[[Any], Any], values: Iterable[Any] | None) -> list[Any] | None:
    return None if values is None else [convert(each) for each in values]


def _pairs(mapping: dict[str, Any] | None) -> list[tuple[str, Any]] | None:
    return None if mapping is None else list(mapping.items())
