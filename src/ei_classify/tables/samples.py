"""The columns of `samples`."""

from __future__ import annotations

import json
from array import array
from itertools import accumulate, chain
from typing import Any

import pyarrow as pa
from msgspec.structs import astuple

from .columns import KINDS, alike, array_of, each_of, pairs, shared, some
from .schemas import RUN_KEY, SCHEMAS
from .windows import label_map


def sample_columns(
    ids: list[int], samples: list[Any], blocks: list[list[Any]], counts: list[list[int]]
) -> dict[str, Any]:
    """The columns for these samples, with their ids and what their learn blocks made of so many windows."""
    return {
        **_plain_columns(samples),
        "sample_id": ids,
        "sensors": shared([sample.sensors for sample in samples], _sensors, KINDS["samples"]["sensors"]),
        "metadata": some([pairs(sample.metadata) for sample in samples]),
        "structured_labels": [each_of(_structured_label, sample.structured_labels) for sample in samples],
        "label_map": some([label_map(sample.label_map) for sample in samples]),
        "datastreams": some([each_of(_datastream, sample.datastreams) for sample in samples]),
        "last_updated_by": some([_last_updated_by(sample.last_updated_by) for sample in samples]),
        "image_width_px": [each.image_dimensions and each.image_dimensions.width for each in samples],
        "image_height_px": [each.image_dimensions and each.image_dimensions.height for each in samples],
        "learn_blocks": _sample_blocks(blocks, counts),
        "window_count": [max(each, default=0) for each in counts],
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
"""Columns of samples that hold a property as it is, and that property."""


def _plain_columns(samples: list[Any]) -> dict[str, Any]:
    if not samples:
        return {}
    values = dict(zip(samples[0].__struct_fields__, zip(*map(astuple, samples), strict=True), strict=True))
    return {name: alike(values[attribute]) for name, attribute in _PLAIN.items()}


def _sensors(sensors: list[Any]) -> list[dict[str, Any]]:
    return [{"name": each.name, "units": each.units, "index": each.index} for each in sensors]


def _structured_label(label: Any) -> dict[str, Any]:
    return {
        "start_index": label.start_index,
        "end_index": label.end_index,
        "label": label.label,
        "label_map": label_map(label.label_map),
    }


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


def _sample_blocks(blocks: list[list[Any]], counts: list[list[int]]) -> pa.Array:
    every = list(chain.from_iterable(blocks))
    kind = KINDS["samples"]["learn_blocks"]
    columns = [
        [block.learn_block.id for block in every],
        list(chain.from_iterable(counts)),
        [block.result_count for block in every],
        [block.is_multi_label for block in every],
        [block.interval_ms for block in every],
        [block.frequency_hz for block in every],
    ]
    fields = list(kind.value_type)
    arrays = [array_of(values, each.name, each.type) for values, each in zip(columns, fields, strict=True)]
    return pa.ListArray.from_arrays(
        array_of(array("i", accumulate(map(len, blocks), initial=0)), "offsets", pa.int32()),
        pa.StructArray.from_arrays(arrays, fields=fields),
        type=kind,
    )
