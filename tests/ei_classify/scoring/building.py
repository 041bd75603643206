"""Builds tables of results from few numbers."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ei_classify.tables import SCHEMAS, Tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def tables(**rows: Sequence[Mapping[str, Any]]) -> Tables:
    """Tables with these rows; columns that are left out are null."""
    return Tables(
        **{
            name: pa.Table.from_pylist([dict(row) for row in rows.get(name, ())], schema=schema)
            for name, schema in SCHEMAS.items()
        }
    )


def classified(
    windows: Sequence[tuple[int, str, Mapping[str, float]]],
    *,
    threshold: float = 0.6,
    variant: str = "int8",
    project_id: int = 1,
    decisions: Sequence[str] | None = None,
) -> Tables:
    """The tables of a classification: of each window its sample, its label, and the confidence of each label.

    The decision is the first of the most confident labels, or `uncertain` below the threshold.
    """
    run = {"project_id": project_id, "impulse_id": None, "variant": variant}
    samples: dict[int, Any] = {}
    predictions: list[dict[str, Any]] = []
    of_block: list[dict[str, Any]] = []
    scores: list[dict[str, Any]] = []
    for place, (sample, label, confidences) in enumerate(windows):
        window = sum(each["sample_id"] == sample for each in predictions)
        top = max(sorted(confidences), key=confidences.__getitem__)
        decided = top if confidences[top] >= threshold else "uncertain"
        if decisions is not None:
            decided = decisions[place]
        key = {**run, "sample_id": sample, "window": window}
        block = {**key, "learn_block_id": 2, "learn_block_type": "keras", "expected_label": label}
        samples[sample] = {**run, "sample_id": sample, "filename": f"sample-{sample}", "label": label}
        predictions.append({**key, "label": label, "prediction": decided, "correct": decided == label})
        of_block.append(block)
        scores += [{**block, "label": name, "score": score} for name, score in confidences.items()]
    blocks = [{"id": 2, "type": "keras", "minimum_confidence_rating": threshold, "thresholds": []}]
    return tables(
        samples=list(samples.values()),
        predictions=predictions,
        windows=of_block,
        scores=scores,
        runs=[{**run, "read_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "learn_blocks": blocks}],
    )


def detected(images: Sequence[tuple[Sequence[tuple[Any, ...]], Sequence[tuple[Any, ...]]]]) -> Tables:
    """The tables of an object detection: of each image the expected boxes, and the detected ones.

    A box is its label and four ratios, followed by the score of a detected one.
    """
    run = {"project_id": 1, "impulse_id": None, "variant": "int8"}
    keys = ("label", "x_ratio", "y_ratio", "width_ratio", "height_ratio", "score")
    detections, of_block = [], []
    for sample, (expected, found) in enumerate(images, start=1):
        key = {**run, "sample_id": sample, "window": 0}
        of_block.append({**key, "learn_block_id": 2, "learn_block_type": "keras-object-detection"})
        for kind, source, boxes in (
            ("expected", "sample", expected),
            ("predicted", "structured_result", found),
        ):
            block = 2 if kind == "predicted" else None
            detections += [
                {
                    **key,
                    "learn_block_id": block,
                    "kind": kind,
                    "source": source,
                    **dict(zip(keys, box, strict=False)),
                }
                for box in boxes
            ]
    samples = [{**run, "sample_id": each["sample_id"]} for each in of_block]
    return tables(samples=samples, windows=of_block, detections=detections, runs=[run])


def of_block(
    type: str,  # the word of the API  # noqa: A002
    *,
    windows: Sequence[Mapping[str, Any]],
    scores: Sequence[Mapping[str, Any]] = (),
    thresholds: Mapping[str, float] | None = None,
) -> Tables:
    """The tables of a run with one block. A window or a score that does not say its window is of window 0."""
    run = {"project_id": 1, "impulse_id": None, "variant": "int8"}
    block = {**run, "learn_block_id": 2, "learn_block_type": type, "window": 0}
    listed = [{"key": key, "value": value} for key, value in (thresholds or {}).items()]
    return tables(
        samples=[
            {**run, "sample_id": each, "filename": f"sample-{each}"}
            for each in dict.fromkeys(row["sample_id"] for row in windows)
        ],
        windows=[{**block, **row} for row in windows],
        scores=[{**block, **row} for row in scores],
        runs=[{**run, "learn_blocks": [{"id": 2, "type": type, "thresholds": listed}]}],
    )
