"""Describes decoded answers to type checkers.

The types of decoded answers are derived from the generated `Wire` types when they are first needed, so a type
checker cannot see them. Each class here has the name of a schema of the contract, and declares the properties
of the schema that the tables read. A new property of the contract needs no declaration until it is read.
"""

# ruff: noqa: D101  # the contract describes its schemas

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

import msgspec

if TYPE_CHECKING:
    import datetime

Scores: TypeAlias = dict[str, float] | msgspec.Struct
"""The scores of a window, as a dict by label. If the page's shape has labels, it is an object instead, with
the fields `s0`, `s1` … in the order of the labels, and NaN for a label that the window does not have."""


class LabelMap(Protocol):
    type_: str | None
    labels: dict[str, str] | None


class StructuredLabel(Protocol):
    start_index: int | None
    end_index: int | None
    label: str | None
    label_map: LabelMap | None


class Sensor(Protocol):
    name: str | None
    units: str | None
    index: int | None


class ImageDimensions(Protocol):
    width: int
    height: int


class BoundingBox(Protocol):
    label: str | None
    x: float
    y: float
    width: float
    height: float


class ScoredBox(Protocol):
    label: str | None
    x: float
    y: float
    width: float
    height: float
    score: float | None


class Datastream(Protocol):
    index: int | None
    chart_type: str | None
    interval_ms: float | None
    frequency_hz: float | None
    sensors: list[Sensor] | None
    values_count: int | None
    image_dimensions: ImageDimensions | None
    total_length_ms: float | None


class LastUpdatedBy(Protocol):
    type_: str | None
    id: int | None
    oauth_client_id: str | None
    user_id: int | None
    dataset_version_id: int | None
    group_key: str | None
    actor: dict[str, object] | None


class Sample(Protocol):
    id: int
    filename: str | None
    sensors: list[Sensor] | None
    bounding_boxes: list[BoundingBox] | None
    metadata: dict[str, str] | None
    structured_labels: list[StructuredLabel] | None
    image_dimensions: ImageDimensions | None
    label_map: LabelMap | None
    last_updated_by: LastUpdatedBy | None
    datastreams: list[Datastream] | None


class LearnBlock(Protocol):
    id: int
    type_: str | None
    name: str | None
    dsp: list[int] | None
    title: str | None
    created_by: str | None
    created_at: datetime.datetime | None
    training_processor: str | None


class ThresholdOption(Protocol):
    description: str | None
    value: str | None


class Threshold(Protocol):
    key: str
    description: str | None
    help_text: str | None
    value: float | str | None
    suggested_value: float | None
    suggested_value_text: str | None
    dropdown_options: list[ThresholdOption] | None


class AnomalyResult(Protocol):
    boxes: list[ScoredBox] | None
    scores: list[list[float]] | None
    mean_score: float | None
    max_score: float | None


class StructuredResult(Protocol):
    boxes: list[list[float]]
    scores: list[float]
    m_ap: float | None
    f1: float | None
    precision: float | None
    recall: float | None
    labels: list[str] | None
    debug_info_json: str | None


class DetectionDetails(Protocol):
    boxes: list[list[float]] | None
    labels: list[float] | None
    scores: list[float] | None
    m_ap: float | None
    f1: float | None


class Classification(Protocol):
    learn_block: LearnBlock
    result: list[Scores]
    expected_labels: list[StructuredLabel] | None
    anomaly_result: list[AnomalyResult] | None
    structured_result: list[StructuredResult] | None
    minimum_confidence_rating: float | None
    details: list[DetectionDetails] | None
    object_detection_last_layer: str | None
    thresholds: list[Threshold] | None
    expected_anomaly_outcome: list[StructuredLabel] | None
    is_multi_label: bool | None
    interval_ms: float | None
    frequency_hz: float | None
    label_map_result: list[dict[str, str]] | None
    label_map_scores: list[dict[str, dict[str, float]]] | None
    result_count: int | None


class ModelResult(Protocol):
    sample_id: int
    sample: Sample
    classifications: list[Classification]


class ModelPrediction(Protocol):
    """A prediction of a page. It does not have the attributes that are `absent` in the page's shape."""

    sample_id: int
    start_ms: float
    end_ms: float
    prediction: str
    label: str | None
    prediction_correct: bool | None
    f1_score: float | None
    anomaly_scores: list[list[float]] | None
    expected_anomaly_outcome: str | None
    bounding_boxes: list[ScoredBox] | None
    label_map_predictions: dict[str, str] | None


class ClassifyJobResultPage(Protocol):
    success: bool
    result: list[ModelResult]
    predictions: list[ModelPrediction]
    total_count: int | None


class RawSample(Protocol):
    sample: Sample
    total_payload_length: int | None


class VariantResult(Protocol):
    variant: str
    classifications: list[Classification]


class ClassifiedSample(Protocol):
    results: list[VariantResult]
    sample: RawSample
    window_size_ms: int | None
    window_increase_ms: int | None
    already_in_database: bool | None
