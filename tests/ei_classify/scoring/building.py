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
