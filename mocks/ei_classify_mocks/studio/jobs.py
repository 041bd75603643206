"""Jobs: each waits, runs and finishes, and its result is there after a lag."""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .answers.dates import written

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from .kinds import JsonObject
    from .plans import Outcome

_NEVER = timedelta(days=36500)


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
class LogLine:
    """A line that a job prints."""

    created: datetime
    text: str
    level: str = "info"


@dataclass(frozen=True)
class Job:
    """A job, whose whole course is known from the start, unless it is cancelled.

    Attributes:
        created: When the call came that started it.
        started: When it begins to run.
        finished: When it is finished.
        ready: When its result is available.
        run: How long it runs, unless it is cancelled.
        steps: What it prints while it runs, at equal distances.
        is_cancelled: Whether it was cancelled, at `finished`.
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
    run: timedelta
    steps: Sequence[str] = ()
    is_cancelled: bool = False

    @property
    def succeeds(self) -> bool:
        """Whether it ends with success."""
        return self.outcome in ("succeed", "keep", "empty") and not self.is_cancelled

    def has_vanished(self, now: datetime) -> bool:
        """Whether it is no longer known."""
        return self.outcome == "vanish" and now >= self.started

    def is_active(self, now: datetime) -> bool:
        """Whether it is waiting or running."""
        return now < self.finished and not self.has_vanished(now)

    def is_over(self, now: datetime) -> bool:
        """Whether it has failed or vanished, so that no result will come."""
        return not self.succeeds and not self.is_active(now)

    def has_result(self, now: datetime) -> bool:
        """Whether its result is available."""
        return self.succeeds and self.outcome != "empty" and now >= self.ready

    def has_empty_result(self, now: datetime) -> bool:
        """Whether its result is there and still empty, as it is in the second half of the lag."""
        return self.succeeds and self.finished + (self.ready - self.finished) / 2 <= now

    def status(self, now: datetime) -> JsonObject | None:
        """The `Job` of the contract; None once it has vanished."""
        if self.has_vanished(now):
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
            status["finishedSuccessful"] = self.succeeds
            status["computeTime"] = (self.finished - self.started).total_seconds()
        return status

    def log(self, now: datetime) -> list[LogLine]:
        """What it has printed, the oldest line first."""
        lines = [LogLine(self.created, "Waiting for a machine"), LogLine(self.started, "Job started")]
        lines += [
            LogLine(self.started + self.run * (number / (len(self.steps) + 1)), step)
            for number, step in enumerate(self.steps, 1)
        ]
        lines = [line for line in lines if line.created <= min(now, self.finished)]
        if now >= self.finished:
            lines.append(self._last_line())
        return lines

    def _last_line(self) -> LogLine:
        if self.is_cancelled:
            return LogLine(self.finished, "Job cancelled", "warn")
        if not self.succeeds:
            return LogLine(self.finished, "ERR: the machine ran out of memory", "error")
        return LogLine(self.finished, "Job completed")


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
        self._latest: dict[Hashable, int] = {}

    def find(self, project_id: int, job_id: int) -> Job | None:
        """The job with that id, if it belongs to the project."""
        job = self._by_id.get(job_id)
        return job if job is not None and job.project_id == project_id else None

    def of_project(self, project_id: int) -> list[Job]:
        """The jobs of a project that are known, the newest first."""
        now = self._clock()
        return [
            job
            for job in reversed(self._by_id.values())
            if job.project_id == project_id and not job.has_vanished(now)
        ]

    def latest(self, work: Hashable) -> Job | None:
        """The job that was started last for a piece of work."""
        return self._by_id[self._latest[work]] if work in self._latest else None

    def start(
        self,
        work: Hashable,
        project_id: int,
        category: str,
        key: str,
        outcome: Outcome = "succeed",
        steps: Sequence[str] = (),
    ) -> Job:
        """Start a job for a piece of work."""
        created = self._clock()
        started = created + timedelta(seconds=self._times.wait_s)
        run = timedelta(seconds=self._times.run_s)
        finished = started + (_NEVER if outcome == "hang" else run)
        ready = finished + timedelta(seconds=self._times.lag_s)
        job = Job(
            id=next(self._ids),
            project_id=project_id,
            category=category,
            key=key,
            created=created,
            started=started,
            finished=finished,
            ready=ready,
            outcome=outcome,
            run=run,
            steps=steps,
        )
        self._by_id[job.id] = job
        self._latest[work] = job.id
        return job

    def cancel(self, job: Job) -> None:
        """End a job now, without success. One that has ended stays as it is."""
        now = self._clock()
        if job.is_active(now):
            self._by_id[job.id] = dataclasses.replace(
                job, started=min(job.started, now), finished=now, ready=now, is_cancelled=True
            )

    def forget(self, project_id: int) -> None:
        """Act as if no job had been started for any work of a project."""
        self._latest = {
            work: job_id
            for work, job_id in self._latest.items()
            if self._by_id[job_id].project_id != project_id
        }
