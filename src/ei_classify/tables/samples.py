"""The table `samples`."""

from __future__ import annotations

import json
from array import array
from itertools import accumulate, chain
from typing import TYPE_CHECKING, cast

from msgspec.structs import astuple

from .arrays import KINDS, alike, array_of, shared, some
from .arrow import pa
from .nested import as_map, label_map_row, rows_of
from .schemas import RUN_KEY, SCHEMAS

if TYPE_CHECKING:
    import msgspec

    from ei_classify.decoding import views

    from .arrays import Columns, Rows
    from .predictions import Predictions
    from .source import Source


def sample_rows(source: Source, predictions: Predictions) -> Rows:
    """Return the rows of the table `samples`."""
    samples = source.samples
    sizes = [sample.image_dimensions for sample in samples]
    return len(source.ids), {
        **_plain_columns(samples),
        "sample_id": source.ids,
        "sensors": shared([each.sensors for each in samples], _sensor_rows, KINDS["samples"]["sensors"]),
        "metadata": some([as_map(each.metadata) for each in samples]),
        "structured_labels": [rows_of(_structured_label_row, each.structured_labels) for each in samples],
        "label_map": some([label_map_row(each.label_map) for each in samples]),
        "datastreams": some([rows_of(_datastream_row, each.datastreams) for each in samples]),
        "last_updated_by": some([_last_updated_by_row(each.last_updated_by) for each in samples]),
        "image_width_px": [size and size.width for size in sizes],
        "image_height_px": [size and size.height for size in sizes],
        "learn_blocks": _learn_blocks(source),
        "window_count": [max(each, default=0) for each in source.counts],
        "prediction_count": [len(predictions.of_sample.get(each, ())) for each in source.ids],
        "total_payload_length": source.total_payload_length,
        "already_in_database": source.already_in_database,
    }


_RENAMED = {
    "frequency_hz": "frequency",
    "original_frequency_hz": "original_frequency",
    "sample_project_id": "project_id",
    "signature_valid": "signature_validate",
}
_COMPUTED = {
    *RUN_KEY, "sample_id", "sensors", "metadata", "structured_labels", "label_map", "datastreams",
    "last_updated_by", "image_width_px", "image_height_px", "learn_blocks", "window_count",
    "prediction_count", "total_payload_length", "already_in_database",
}  # fmt: skip
_PLAIN = {name: _RENAMED.get(name, name) for name in SCHEMAS["samples"].names if name not in _COMPUTED}
"""The columns that contain a property of the sample without a change, and the name of that property."""


def _plain_columns(samples: list[views.Sample]) -> Columns:
    if not samples:
        return {}
    structs = cast("list[msgspec.Struct]", samples)
    columns = zip(*map(astuple, structs), strict=True)
    values = dict(zip(structs[0].__struct_fields__, columns, strict=True))
    return {name: alike(values[attribute]) for name, attribute in _PLAIN.items()}


def _sensor_rows(sensors: list[views.Sensor] | None) -> list[dict[str, object]] | None:
    if sensors is None:
        return None
    return [{"name": each.name, "units": each.units, "index": each.index} for each in sensors]


def _structured_label_row(label: views.StructuredLabel) -> dict[str, object]:
    return {
        "start_index": label.start_index,
        "end_index": label.end_index,
        "label": label.label,
        "label_map": label_map_row(label.label_map),
    }


def _datastream_row(stream: views.Datastream) -> dict[str, object]:
    size = stream.image_dimensions
    return {
        "index": stream.index,
        "chart_type": stream.chart_type,
        "interval_ms": stream.interval_ms,
        "frequency_hz": stream.frequency_hz,
        "sensors": _sensor_rows(stream.sensors),
        "values_count": stream.values_count,
        "total_length_ms": stream.total_length_ms,
        "image_width_px": size and size.width,
        "image_height_px": size and size.height,
    }


def _last_updated_by_row(value: views.LastUpdatedBy | None) -> dict[str, object] | None:
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


def _learn_blocks(source: Source) -> pa.Array:
    """Return, for each sample, what its learn blocks say about the sample as a whole."""
    every = list(chain.from_iterable(source.blocks))
    kind = KINDS["samples"]["learn_blocks"]
    columns: list[list[object]] = [
        [block.learn_block.id for block in every],
        list(chain.from_iterable(source.counts)),
        [block.result_count for block in every],
        [block.is_multi_label for block in every],
        [block.interval_ms for block in every],
        [block.frequency_hz for block in every],
    ]
    fields = list(kind.value_type)
    arrays = [array_of(values, each.name, each.type) for values, each in zip(columns, fields, strict=True)]
    return pa.ListArray.from_arrays(
        array_of(array("i", accumulate(map(len, source.blocks), initial=0)), "offsets", pa.int32()),
        pa.StructArray.from_arrays(arrays, fields=fields),
        type=kind,
    )
