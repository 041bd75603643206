"""Counts of parts add up to those of the whole, and each query fits the schemas."""

from __future__ import annotations

import importlib.resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ei_classify.scoring.blocks import blocks_of
from ei_classify.scoring.engine import Engine
from ei_classify.scoring.kinds import classification
from ei_classify.scoring.resampling import Resampler
from ei_classify.scoring.sources import runs_of
from ei_classify.scoring.tasks import tasks_of

from .test_oracles import windows

from .building import classified  # isort: skip

if TYPE_CHECKING:
    from ei_classify.scoring.kinds.classification import ClassificationCounts

TABLES = ("strays", "cells", "sample_cells", "losses", "calibration", "steps", "ranks")


def counted(source: Any, samples: set[int] | None = None) -> ClassificationCounts:
    """The counts of a classification, of some of its samples."""
    with Engine(runs_of(source)[0]) as engine:
        task = next(iter(tasks_of(blocks_of(engine))))
        engine.choose()
        if samples is not None:
            kept = engine.columns("sample_list")["sample_id"]
            chosen = np.array([each for each in kept.tolist() if each in samples], np.int64)
            engine.offer("subsets", {"sample_id": chosen, "subset": np.ones(len(chosen), np.int64)})
            engine.do("narrow", subset=1)
        task.prepare(engine)
        engine.do("all_pairs")
        classification.judge(engine)
        return classification.count(engine, 0.6)


def same(merged: ClassificationCounts, whole: ClassificationCounts) -> None:
    for name in TABLES:
        left, right = getattr(merged, name).as_dict(), getattr(whole, name).as_dict()
        assert left.keys() == right.keys(), name
        for key, sums in left.items():
            assert sums == right[key], (name, key)


@given(windows(), st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_split_of_a_classification_adds_up(
    rows: list[tuple[int, str, dict[str, float]]], data: st.DataObject
) -> None:
    samples = {sample for sample, _, _ in rows}
    chosen = data.draw(st.sets(st.sampled_from(sorted(samples))))
    tables = classified(rows)
    first, second = (counted(tables, part) for part in (chosen, samples - chosen))
    whole = counted(tables)
    assert set(first.merge(second).labels) >= {label for label in whole.labels if label in whole.classes}
    assert set(whole.labels) == set(first.merge(second).labels)
    same(first.merge(second), whole)


def test_each_query_is_a_file_with_a_line_on_what_it_is() -> None:
    for file in importlib.resources.files("ei_classify.scoring").joinpath("sql").iterdir():
        assert file.name.endswith(".sql")
        assert file.read_text("utf-8").startswith("-- "), file.name


def test_weights_depend_on_seed_replicate_and_cluster_only() -> None:
    every, some = np.arange(1000), np.arange(0, 1000, 7)
    whole = Resampler(every, replicates=40).per_value(some, slice(None))
    part = Resampler(some, replicates=40).per_value(some, slice(None))
    assert (whole == part).all()
    assert (Resampler(some, replicates=40, seed=1).per_value(some, slice(None)) != part).any()


def test_weights_are_poisson_variables_with_mean_1() -> None:
    weights = Resampler(np.arange(2000), replicates=400).per_value(np.arange(2000), slice(None))
    assert weights.mean() == pytest.approx(1, abs=0.01)
    assert weights.var() == pytest.approx(1, abs=0.01)
    correlation = np.corrcoef(weights[:50])
    assert abs(correlation - np.eye(50)).max() < 0.12
