"""Model testing: which variants have results, and the classify jobs that clear and replace them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from .projects import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from .jobs import Job, Jobs
    from .plans import Outcome
    from .projects import Project

Results: TypeAlias = Literal["missing", "empty", "there"]

_STEPS = 20  # the lines that a classify job prints for each variant, at most
_KIND = "Model testing"


@dataclass(frozen=True)
class DataSet:
    """What a classify job runs on."""

    project_id: int
    category: str
    impulse: int


@dataclass(frozen=True)
class _Run:
    job_id: int
    variants: frozenset[str]
    kept: frozenset[str]
    """The variants whose earlier results stay until those of this run are there."""


class Testing:
    """The results of the classify jobs of a Studio.

    Args:
        projects: Its projects, by id. Those that are tested have the results of all variants from the start.
        jobs: Its jobs.
        clock: Returns the present instant.
    """

    def __init__(self, projects: dict[int, Project], jobs: Jobs, clock: Callable[[], datetime]) -> None:
        self._jobs = jobs
        self._clock = clock
        self._tested = {
            DataSet(project.id, category, impulse)
            for project in projects.values()
            for category in project.tested
            for impulse in project.impulses
        }
        self._runs: dict[DataSet, _Run] = {}
        self._outdated: set[int] = set()

    def results(self, data: DataSet, variant: str) -> Results:
        """Whether the results of a variant are available.

        In the lag after the job has finished they are missing for the first half and empty for the second.
        """
        if data.project_id in self._outdated:
            return "missing"
        run = self._runs.get(data)
        if run is None:
            return "there" if data in self._tested and variant in VARIANTS else "missing"
        now, job = self._clock(), self._job(data, run)
        if job.has_result(now):
            return "there" if variant in run.variants else "missing"
        if variant in run.kept:
            return "there"
        return "empty" if variant in run.variants and job.has_empty_result(now) else "missing"

    def variants(self, data: DataSet) -> list[str]:
        """The variants that have results."""
        return [variant for variant in VARIANTS if self.results(data, variant) == "there"]

    def is_outdated(self, project_id: int) -> bool:
        """Whether there are no results because a threshold has changed since."""
        return project_id in self._outdated

    def active(self, project_id: int) -> Job | None:
        """The classify job of the project that is waiting or running."""
        now = self._clock()
        return next(
            (
                job
                for job in self._jobs.of_project(project_id)
                if job.category == _KIND and job.is_active(now)
            ),
            None,
        )

    def start(self, data: DataSet, samples: int, variants: Sequence[str], outcome: Outcome) -> Job:
        """Start a job, which clears the results and brings those of the given variants."""
        kept = self.variants(data) if outcome == "keep" else []
        self._outdated.discard(data.project_id)
        job = self._jobs.start(
            data,
            data.project_id,
            _KIND,
            f"classify-{data.project_id}-{data.category}",
            outcome,
            [line for variant in variants for line in _progress(variant, samples)],
        )
        self._runs[data] = _Run(job.id, frozenset(variants), frozenset(kept))
        return job

    def clear(self, project_id: int) -> None:
        """Clear the results of all categories, as a training job does."""
        self._outdated.discard(project_id)
        self._tested = {data for data in self._tested if data.project_id != project_id}
        self._runs = {data: run for data, run in self._runs.items() if data.project_id != project_id}

    def outdate(self, project_id: int) -> None:
        """Drop the results, as a change of a threshold does."""
        self._outdated.add(project_id)

    def _job(self, data: DataSet, run: _Run) -> Job:
        job = self._jobs.find(data.project_id, run.job_id)
        assert job is not None  # noqa: S101  # jobs are never removed
        return job


def _progress(variant: str, samples: int) -> list[str]:
    steps = min(samples, _STEPS)
    return [
        f"Classifying with {variant}: {samples * step // steps} of {samples}" for step in range(1, steps + 1)
    ]
