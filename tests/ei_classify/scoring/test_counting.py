"""Runs that are counted part by part have exactly the scores of runs that are counted as a whole."""

from __future__ import annotations

import contextlib
import pickle
from functools import reduce
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from attrs import frozen
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ei_classify.errors import ScoringError
from ei_classify.scoring import score
from ei_classify.scoring.engine import Engine
from ei_classify.scoring.scores import options_of, score_runs
from ei_classify.scoring.sources import RunSource, runs_of
from ei_classify.tables import Tables

from .building import classified, detected, of_block
from .conftest import PAGE_SIZES
from .test_oracles import windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ei_classify import StoredExport
    from ei_classify.scoring.counting import Count, Step


def sent(thing: Any) -> Any:
    """The same after a way to another process."""
    return pickle.loads(pickle.dumps(thing))  # noqa: S301  # of this test


@frozen
class InParts:
    """Counts each part of a run in a database of its own, the last one first, as other processes would."""

    parts: Callable[[RunSource], list[RunSource]]
    at_once: int = 3

    @contextlib.contextmanager
    def opened(self, run: RunSource) -> Iterator[Count]:
        with contextlib.ExitStack() as stack:
            engines = [
                stack.enter_context(Engine(part, threads=1)) for part in reversed(sent(self.parts(run)))
            ]

            def count(steps: Sequence[Step]) -> list[Any]:
                found = [[sent(sent(step)(engine)) for step in steps] for engine in engines]
                return [
                    reduce(lambda one, other: one.merge(other), each) for each in zip(*found, strict=True)
                ]

            yield count

    def each(self, function: Callable[[RunSource], Any], runs: Sequence[RunSource]) -> Iterable[Any]:
        return map(function, runs)


def in_parts(source: Any, parts: Callable[[RunSource], list[RunSource]], by: str | None = None) -> Any:
    options = options_of(replicates=20, worst=20)
    return score_runs(runs_of(source), InParts(parts), options, by).to_dict()


def whole(source: Any, by: str | None = None) -> Any:
    return score(source, by=by, replicates=20, worst=20).to_dict()


def split(tables: Tables, *samples: set[int]) -> Callable[[RunSource], list[RunSource]]:
    """A function that splits the run in tables by sets of its samples."""

    def some(name: str, chosen: set[int]) -> pa.Table:
        if name == "runs":
            return tables[name]
        return tables[name].filter(pc.field("sample_id").isin(sorted(chosen)))

    pieces = [Tables(**{name: some(name, chosen) for name in tables}) for chosen in samples]
    return lambda _: [runs_of(piece)[0] for piece in pieces]


def replaced(tables: Tables, table: str, column: str, change: Callable[[dict[str, Any]], Any]) -> Tables:
    """The tables with other values in one column."""
    schema = tables[table].schema
    rows = [{**row, column: change(row)} for row in tables[table].to_pylist()]
    return Tables(
        **{**{name: tables[name] for name in tables}, table: pa.Table.from_pylist(rows, schema=schema)}
    )


# --- Exports -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("project", sorted(PAGE_SIZES))
def test_scores_of_the_parts_of_a_project_equal_those_of_the_whole(
    exported_in_parts: Callable[[int], StoredExport], project: int
) -> None:
    export = exported_in_parts(project)
    assert all(len(run.partitions()) == 3 for run in runs_of(export))
    assert in_parts(export, RunSource.partitions) == whole(export)


def test_parts_of_a_run_are_near_those_with_the_same_samples(
    exported_in_parts: Callable[[int], StoredExport],
) -> None:
    first, second = runs_of(exported_in_parts(4))
    for place, part in enumerate(first.partitions()):
        found = second.near(part)
        assert found.run == second.partitions()[place].run
    assert second.near(first) is second


def test_tables_in_memory_have_no_parts() -> None:
    with pytest.raises(ScoringError, match="Export the results"):
        runs_of(classified([(1, "a", {"a": 1.0})]))[0].partitions()


# --- Any results, any split --------------------------------------------------------------------------------


TIE, SURE = {"a": 0.5, "b": 0.5}, {"b": 0.2, "c": 0.8}
MIXED = [
    (1, "a", TIE),
    (2, "c", SURE),
    (3, "b", TIE),
    (4, "b", SURE),
    (5, "a", {"a": 0.9, "b": 0.1}),
    (6, "c", SURE),
]
"""The block knows other labels in the first, third and fifth sample than in the others."""


@given(windows(), st.sets(st.integers(1, 6)), st.sets(st.integers(0, 25)))
@example(MIXED, {2, 4, 6}, {0})
@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_split_of_a_classification_has_the_scores_of_the_whole(
    rows: list[tuple[int, str, dict[str, float]]], chosen: set[int], relabelled: set[int]
) -> None:
    """Some windows expect another label than the block did, so that all confidences are judged anew."""
    places = iter(range(len(rows)))
    last = max(max(confidences) for _, _, confidences in rows)

    def label(row: dict[str, Any]) -> Any:
        return last if next(places) in relabelled else row["label"]

    tables = replaced(classified(rows), "predictions", "label", label)
    parts = split(tables, chosen, set(range(1, 7)) - chosen)
    assert in_parts(tables, parts) == whole(tables)


@pytest.mark.parametrize("chosen", [{1}, {1, 3}, {4}])
def test_any_split_of_a_detection_has_the_scores_of_the_whole(chosen: set[int]) -> None:
    """All detections tie. The last image has boxes of its prediction only, which do not count."""
    nut, bolt = ("nut", 0.1, 0.1, 0.2, 0.2), ("bolt", 0.6, 0.6, 0.2, 0.2)
    found_nut, found_bolt = (*nut, 0.5), (*bolt, 0.5)
    images = [
        ([nut], [found_nut]),
        ([bolt], [found_nut, found_bolt]),
        ([nut, bolt], [found_nut]),
        ([nut], [found_nut]),
    ]
    tables = replaced(
        detected(images),
        "detections",
        "source",
        lambda row: "prediction" if row["sample_id"] == 4 and row["kind"] == "predicted" else row["source"],
    )
    assert in_parts(tables, split(tables, chosen, {1, 2, 3, 4} - chosen)) == whole(tables)


def test_images_that_cannot_be_judged_are_named_whatever_the_part() -> None:
    bad = ("nut", 0.1, 0.1, -0.2, 0.2, 0.5)
    tables = detected([([("nut", 0.1, 0.1, 0.2, 0.2)], [bad] if number % 3 else []) for number in range(20)])
    every = set(range(1, 21))
    found = in_parts(tables, split(tables, {1, *range(5, 12)}, every - {1, *range(5, 12)}))
    assert found == whole(tables)
    assert "13 images have boxes that cannot be judged" in found["scores"][0]["notes"][0]


def test_a_regression_is_measured_from_the_same_number_in_each_part() -> None:
    numbers = [(0.1, 0.4), (7.7, 7.4), (-4.1, 2.5), (1e9 + 0.3, 1e9)]
    tables = of_block(
        "keras-regression",
        windows=[{"sample_id": sample} for sample in range(4)],
        scores=[
            {"sample_id": sample, "label": "value", "score": found, "expected_label": str(truth)}
            for sample, (truth, found) in enumerate(numbers)
        ],
        thresholds={"max_error": 2.0},
    )
    parts = split(tables, {0, 2}, {1}, {3})
    assert in_parts(tables, parts, by="filename") == whole(tables, by="filename")
