"""How many 95 % intervals hold the truth, over simulated projects whose windows depend on their sample."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ei_classify.scoring import score
from ei_classify.tables import SCHEMAS, Tables

if TYPE_CHECKING:
    import argparse
    from typing import Any

    from numpy.typing import NDArray

PROJECTS_PER_ROUND = 100
SAMPLES = 150
WINDOWS = 8
LABELS = ("a", "b", "c")
FIGURES = (
    "accuracy",
    "balanced_accuracy",
    "macro_f1",
    "mcc",
    "log_loss",
    "brier",
    "average_precision",
    "roc_auc",
)
SPREAD = 1.2
"""The standard deviation of how hard a sample is, which all of its windows share."""


def run(arguments: argparse.Namespace) -> int:
    """Print the share of intervals that hold the truth, by figure."""
    truth = {name: figure.value for name, figure in _scored(0, 40_000).items()}
    projects = arguments.rounds * PROJECTS_PER_ROUND
    held = dict.fromkeys(FIGURES, 0)
    for seed in range(1, projects + 1):
        found = _scored(seed, SAMPLES)
        for name in FIGURES:
            figure = found[name]
            held[name] += figure.low <= truth[name] <= figure.high
    print(f"{projects} projects of {SAMPLES} samples with {WINDOWS} windows")
    for name, count in held.items():
        print(f"{name:20} {count / projects:.1%}")
    return 0


def _scored(seed: int, samples: int) -> dict[str, Any]:
    found = score(_tables(np.random.default_rng(seed), samples), replicates=1000 if seed else 0, worst=0)
    return found[0].metrics


def _tables(random: np.random.Generator, samples: int) -> Tables:
    truth = np.repeat(random.integers(0, len(LABELS), samples), WINDOWS)
    ease = np.repeat(random.normal(1.5, SPREAD, samples), WINDOWS)
    logits = random.normal(0, 1, (samples * WINDOWS, len(LABELS)))
    logits[np.arange(len(truth)), truth] += ease
    scores = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    sample = np.repeat(np.arange(samples), WINDOWS)
    window = np.tile(np.arange(WINDOWS), samples)
    names = np.array(LABELS, object)
    windows: dict[str, Any] = {"sample_id": sample, "window": window}
    block: dict[str, Any] = {"learn_block_id": 2, "learn_block_type": "keras"}
    wide = len(LABELS)
    return Tables(
        samples=_table("samples", {"sample_id": np.arange(samples)}),
        predictions=_table(
            "predictions", {**windows, "label": names[truth], "prediction": names[scores.argmax(1)]}
        ),
        windows=_table("windows", {**windows, **block, "expected_label": names[truth]}),
        scores=_table(
            "scores",
            {
                **{name: np.repeat(each, wide) for name, each in windows.items()},
                **block,
                "label": np.tile(names, len(truth)),
                "score": scores.ravel(),
                "expected_label": np.repeat(names[truth], wide),
            },
        ),
        detections=SCHEMAS["detections"].empty_table(),
        anomalies=SCHEMAS["anomalies"].empty_table(),
        runs=pa.Table.from_pylist(
            [
                {
                    "project_id": 1,
                    "read_at": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
                    "learn_blocks": [{"id": 2, "type": "keras", "minimum_confidence_rating": 0.0}],
                }
            ],
            schema=SCHEMAS["runs"],
        ),
    )


def _table(name: str, columns: dict[str, NDArray[Any] | int | str]) -> pa.Table:
    """A table of one run, in which columns that are left out are null."""
    rows = next(len(each) for each in columns.values() if isinstance(each, np.ndarray))
    filled = {**columns, "project_id": 1}
    arrays = []
    for field in SCHEMAS[name]:
        value = filled.get(field.name)
        if value is None:
            arrays.append(pa.nulls(rows, field.type))
        elif isinstance(value, np.ndarray):
            arrays.append(pa.array(value).cast(field.type))
        else:
            arrays.append(pa.array([value] * rows).cast(field.type))
    return pa.Table.from_arrays(arrays, schema=SCHEMAS[name])
