"""Jobs: each waits, runs and finishes, and its result is there after a lag."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .answers.dates import written

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from .kinds import JsonObject
    from .plans import Outcome


@dataclass(frozen=True)
class JobTimes:
    """How long the phases of a job last, in seconds.

    Attributes:
        wait_s: From the call that starts the job until it runs.
        run_s: From then until it is finished.
        lag_s: From then until its result is available.
    """

    wait_s: float = 0.2
    run_s: float = 0.8
    lag_s: float = 0.3


@dataclass(frozen=True)
class Job:
    """A job, whose whole course is known from the start.

    Attributes:
        created: When the call came that started it.
        started: When it begins to run.
        finished: When it is finished.
        ready: When its result is available.
    """

    id: int
    project_id: int
    category: str
    key: str
    created: datetime
    started: datetime
    finished: datetime
    ready: datetime
    outcome: Outcome

    def is_over(self, now: datetime) -> bool:
        """Whether it has failed or vanished, so that no result will come."""
        return self.outcome != "succeed" and now >= (
            self.started if self.outcome == "vanish" else self.finished
        )

    def has_result(self, now: datetime) -> bool:
        """Whether its result is available."""
        return self.outcome == "succeed" and now >= self.ready

    def status(self, now: datetime) -> JsonObject | None:
        """The `Job` of the contract; None once it has vanished."""
        if self.outcome == "vanish" and now >= self.started:
            return None
        status: JsonObject = {
            "id": self.id,
            "category": self.category,
            "key": self.key,
            "created": written(self.created),
            "jobNotificationUids": [],
        }
        if now >= self.started:
            status["started"] = written(self.started)
        if now >= self.finished:
            status["finished"] = written(self.finished)
            status["finishedSuccessful"] = self.outcome == "succeed"
            status["computeTime"] = (self.finished - self.started).total_seconds()
        return status


class Jobs:
    """The jobs of a Studio.

    Args:
        clock: Returns the present instant.
        times: How long the phases last.
    """

    def __init__(self, clock: Callable[[], datetime], times: JobTimes) -> None:
        self._clock = clock
        self._times = times
        self._ids = itertools.count(1001)
        self._by_id: dict[int, Job] = {}
        self._latest: dict[Hashable, Job] = {}

    def find(self, project_id: int, job_id: int) -> Job | None:
        """The job with that id, if it belongs to the project."""
        job = self._by_id.get(job_id)
        return job if job is not None and job.project_id == project_id else None

    def latest(self, work: Hashable) -> Job | None:
        """The job that was started last for a piece of work."""
        return self._latest.get(work)

    def start(
        self, work: Hashable, project_id: int, category: str, key: str, outcome: Outcome = "succeed"
    ) -> Job:
        """Start a job for a piece of work."""
        created = self._clock()
        started = created + timedelta(seconds=self._times.wait_s)
        finished = started + timedelta(seconds=self._times.run_s)
        ready = finished + timedelta(seconds=self._times.lag_s)
        job = Job(next(self._ids), project_id, category, key, created, started, finished, ready, outcome)
        self._by_id[job.id] = self._latest[work] = job
        return job

    def forget(self, work: Hashable) -> None:
        """Act as if no job had been started for a piece of work."""
        self._latest.pop(work, None)
