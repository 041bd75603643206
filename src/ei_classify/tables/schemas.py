"""The schemas of the tables, which are the same for every project.

Columns are added and never removed, and each change increments `VERSION`. docs/tables.md says where each
column comes from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .arrow import pa

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 2
"""The version of the schemas. The metadata of each schema has it under the key `ei_classify.tables`."""

TIME = pa.timestamp("us", "UTC")
CATEGORY = pa.dictionary(pa.int32(), pa.string())
"""Text with few different values. Files contain it as plain text."""
TEXT_MAP = pa.map_(pa.string(), pa.string())
SCORES_BY_KEY = pa.map_(pa.string(), pa.map_(pa.string(), pa.float64()))
GRID = pa.list_(pa.list_(pa.float64()))
LABEL_MAP = pa.struct({"type": pa.string(), "labels": TEXT_MAP})
SENSORS = pa.list_(pa.struct({"name": pa.string(), "units": pa.string(), "index": pa.int64()}))
STRUCTURED_LABELS = pa.list_(
    pa.struct(
        {"start_index": pa.int64(), "end_index": pa.int64(), "label": pa.string(), "label_map": LABEL_MAP}
    )
)
LAST_UPDATED_BY = pa.struct(
    {
        "type": pa.string(),
        "id": pa.int64(),
        "oauth_client_id": pa.string(),
        "user_id": pa.int64(),
        "dataset_version_id": pa.int64(),
        "group_key": pa.string(),
        "actor_json": pa.string(),
    }
)
DATASTREAMS = pa.list_(
    pa.struct(
        {
            "index": pa.int64(),
            "chart_type": pa.string(),
            "interval_ms": pa.float64(),
            "frequency_hz": pa.float64(),
            "sensors": SENSORS,
            "values_count": pa.int64(),
            "total_length_ms": pa.float64(),
            "image_width_px": pa.int64(),
            "image_height_px": pa.int64(),
        }
    )
)
SAMPLE_BLOCKS = pa.list_(
    pa.struct(
        {
            "learn_block_id": pa.int64(),
            "window_count": pa.int64(),
            "result_count": pa.int64(),
            "is_multi_label": pa.bool_(),
            "interval_ms": pa.float64(),
            "frequency_hz": pa.float64(),
        }
    )
)
BOXES = pa.list_(
    pa.struct(
        {
            "label": pa.string(),
            "x_ratio": pa.float64(),
            "y_ratio": pa.float64(),
            "width_ratio": pa.float64(),
            "height_ratio": pa.float64(),
            "score": pa.float64(),
        }
    )
)
THRESHOLDS = pa.list_(
    pa.struct(
        {
            "key": pa.string(),
            "description": pa.string(),
            "help_text": pa.string(),
            "value": pa.float64(),
            "value_text": pa.string(),
            "suggested_value": pa.float64(),
            "suggested_value_text": pa.string(),
            "dropdown_options": pa.list_(pa.struct({"description": pa.string(), "value": pa.string()})),
        }
    )
)
LEARN_BLOCKS = pa.list_(
    pa.struct(
        {
            "id": pa.int64(),
            "type": pa.string(),
            "name": pa.string(),
            "title": pa.string(),
            "dsp": pa.list_(pa.int64()),
            "created_by": pa.string(),
            "created_at": TIME,
            "training_processor": pa.string(),
            "minimum_confidence_rating": pa.float64(),
            "object_detection_last_layer": pa.string(),
            "thresholds": THRESHOLDS,
        }
    )
)

RUN_KEY = {"project_id": pa.int64(), "impulse_id": pa.int64(), "variant": CATEGORY}
"""The columns that identify a run. Every table begins with them."""

_BLOCK_KEY = {
    "sample_id": pa.int64(),
    "learn_block_id": pa.int64(),
    "learn_block_name": CATEGORY,
    "learn_block_type": CATEGORY,
}
_WINDOW_KEY = {**_BLOCK_KEY, "window": pa.int64(), "start_ms": pa.float64(), "end_ms": pa.float64()}

_COLUMNS = {
    "samples": {
        "sample_id": pa.int64(),
        "filename": pa.string(),
        "label": pa.string(),
        "category": CATEGORY,
        "created": TIME,
        "last_modified": TIME,
        "added": TIME,
        "device_name": CATEGORY,
        "device_type": CATEGORY,
        "sensors": SENSORS,
        "interval_ms": pa.float64(),
        "frequency_hz": pa.float64(),
        "original_interval_ms": pa.float64(),
        "original_frequency_hz": pa.float64(),
        "values_count": pa.int64(),
        "total_length_ms": pa.float64(),
        "image_width_px": pa.int64(),
        "image_height_px": pa.int64(),
        "sha256_hash": pa.string(),
        "metadata": TEXT_MAP,
        "structured_labels": STRUCTURED_LABELS,
        "structured_labels_list": pa.list_(pa.string()),
        "label_map": LABEL_MAP,
        "window_count": pa.int64(),
        "prediction_count": pa.int64(),
        "learn_blocks": SAMPLE_BLOCKS,
        "is_disabled": pa.bool_(),
        "is_cropped": pa.bool_(),
        "is_processing": pa.bool_(),
        "processing_job_id": pa.int64(),
        "processing_error": pa.bool_(),
        "processing_error_string": pa.string(),
        "signature_valid": pa.bool_(),
        "signature_method": CATEGORY,
        "chart_type": CATEGORY,
        "bounding_boxes_type": CATEGORY,
        "datastreams": DATASTREAMS,
        "created_by_synthetic_data_job_id": pa.int64(),
        "last_updated_by": LAST_UPDATED_BY,
        "sample_project_id": pa.int64(),
        "project_name": CATEGORY,
        "project_owner_name": CATEGORY,
        "project_labeling_method": CATEGORY,
        "coldstorage_filename": pa.string(),
        "video_url": pa.string(),
        "video_url_full": pa.string(),
        "thumbnail_video": pa.string(),
        "thumbnail_video_full": pa.string(),
        "total_payload_length": pa.int64(),
        "already_in_database": pa.bool_(),
    },
    "predictions": {
        "sample_id": pa.int64(),
        "filename": CATEGORY,
        "window": pa.int64(),
        "start_ms": pa.float64(),
        "end_ms": pa.float64(),
        "label": CATEGORY,
        "prediction": CATEGORY,
        "correct": pa.bool_(),
        "f1": pa.float64(),
        "expected_anomaly_outcome": CATEGORY,
        "label_map_predictions": TEXT_MAP,
        "anomaly_scores": GRID,
    },
    "windows": {
        **_WINDOW_KEY,
        "expected_label": CATEGORY,
        "expected_start_index": pa.int64(),
        "expected_end_index": pa.int64(),
        "expected_label_map": LABEL_MAP,
        "expected_anomaly_outcome": CATEGORY,
        "expected_anomaly_start_index": pa.int64(),
        "expected_anomaly_end_index": pa.int64(),
        "expected_anomaly_label_map": LABEL_MAP,
        "label_map_result": TEXT_MAP,
        "label_map_scores": SCORES_BY_KEY,
        "mean_average_precision": pa.float64(),
        "f1": pa.float64(),
        "precision": pa.float64(),
        "recall": pa.float64(),
        "debug_info_json": pa.string(),
        "details_mean_average_precision": pa.float64(),
        "details_f1": pa.float64(),
    },
    "scores": {
        **_WINDOW_KEY,
        "label": CATEGORY,
        "score": pa.float64(),
        "expected_label": CATEGORY,
    },
    "detections": {
        "sample_id": pa.int64(),
        "learn_block_id": pa.int64(),
        "window": pa.int64(),
        "kind": CATEGORY,
        "source": CATEGORY,
        "label": CATEGORY,
        "class_number": pa.float64(),
        "score": pa.float64(),
        "x_ratio": pa.float64(),
        "y_ratio": pa.float64(),
        "width_ratio": pa.float64(),
        "height_ratio": pa.float64(),
        "x_px": pa.float64(),
        "y_px": pa.float64(),
        "width_px": pa.float64(),
        "height_px": pa.float64(),
        "box": pa.list_(pa.float64()),
    },
    "anomalies": {
        **_WINDOW_KEY,
        "expected_label": CATEGORY,
        "mean_score": pa.float64(),
        "max_score": pa.float64(),
        "grid": GRID,
        "grid_rows": pa.int64(),
        "grid_columns": pa.int64(),
        "boxes": BOXES,
    },
    "runs": {
        "read_at": TIME,
        "total_count": pa.int64(),
        "sample_count": pa.int64(),
        "window_size_ms": pa.int64(),
        "window_increase_ms": pa.int64(),
        "filters_json": pa.string(),
        "learn_blocks": LEARN_BLOCKS,
    },
}

SCHEMAS: Mapping[str, pa.Schema] = {
    name: pa.schema({**RUN_KEY, **columns}, metadata={"ei_classify.tables": f"{name}/{VERSION}"})
    for name, columns in _COLUMNS.items()
}
"""The schema of each table, by its name."""
