"""Runs that are counted part by part have the scores of runs that are counted as a whole."""

from __future__ import annotations

import contextlib
import pickle
from functools import reduce
from typing import TYPE_CHECKING, Any

import pytest

from ei_classify.errors import ScoringError
from ei_classify.scoring import score
from ei_classify.scoring.counting import Listed, results
from ei_classify.scoring.engine import Engine
from ei_classify.scoring.scores import options_of, score_runs
from ei_classify.scoring.sources import runs_of
from tests.ei_classify_mocks.studio.asking import TESTED

from .building import classified  # isort: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from ei_classify import StoredExport
    from ei_classify.scoring.counting import Count, Step
    from ei_classify.scoring.sources import RunSource


def sent(thing: Any) -> Any:
    """The same after a way to another process."""
    return pickle.loads(pickle.dumps(thing))


class InParts:
    """Counts each part of a run in a database of its own, the last one first."""

    at_once = 3

    @contextlib.contextmanager
    def opened(self, run: RunSource) -> Iterator[Count]:
        with contextlib.ExitStack() as stack:
            parts = run.partitions()
            assert len(parts) > 2
            engines = [stack.enter_context(Engine(sent(part), threads=1)) for part in reversed(parts)]

            def count(steps: Sequence[Step]) -> list[Any]:
                found = [[sent(sent(step)(engine)) for step in steps] for engine in engines]
                return [reduce(lambda one, other: one.merge(other), each) for each in zip(*found, strict=True)]

            yield count

    def each(self, function: Callable[[RunSource], Any], runs: Sequence[RunSource]) -> Iterable[Any]:
        return map(function, runs)


def scored_in_parts(source: Any, by: str | None = None, replicates: int = 100) -> dict[str, Any]:
    return score_runs(runs_of(source), InParts(), options_of(replicates=replicates, worst=20), by).to_dict()


@pytest.mark.parametrize("project", TESTED)
def test_scores_of_parts_equal_those_of_the_whole(
    exported_in_parts: Callable[[int], StoredExport], project: int
) -> None:
    export = exported_in_parts(project)
    assert scored_in_parts(export) == score(export, replicates=100, worst=20).to_dict()
