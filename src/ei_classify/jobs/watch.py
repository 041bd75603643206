"""Follows a job until its result is available: a state machine without I/O.

The machine is a generator that yields one step at a time. The driver carries out the step, and sends the
outcome or throws the error into the generator:

- `Sleep`: wait, then send the current time, in seconds on any monotonic clock;
- `GetStatus`: request the state of the job, then send the `Job`;
- `RepeatCall`: repeat the call that started the job, since the API returns the result this way, then send the
  answer;
- `Report`: pass a state of the job to the caller; send nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from ei_classify_api.models import ClassifiedSample, StartedJob

from ei_classify.errors import (
    CallError,
    JobFailedError,
    JobNotFoundError,
    JobResultMissingError,
    JobTimeoutError,
    NoResultsError,
    NotFoundError,
    RefusedError,
)

if TYPE_CHECKING:
    from collections.abc import Generator

    from ei_classify_api.models import Job

    from .policy import PollPolicy


MOST_SUCCESSORS = 3
"""How many new jobs repeated calls may start before the result counts as missing."""


@frozen
class Sleep:
    """Wait."""

    seconds: float
    """The length of the wait; 0 only asks for the time."""


@frozen
class GetStatus:
    """Request the state of the job."""

    job_id: int


@frozen
class RepeatCall:
    """Repeat the call that started the job."""


@frozen
class Report:
    """Pass a state of the job to the caller."""

    job: Job


Step = Sleep | GetStatus | RepeatCall | Report


class JobWatch:
    """Follows one job, or a chain of jobs that replace each other."""

    def __init__(self, project_id: int, job_id: int, policy: PollPolicy, timeout_s: float | None) -> None:
        """Create a watch that ends `timeout_s` seconds after its first step; None for no limit."""
        self.project_id = project_id
        self.job_id = job_id
        self.job: Job | None = None
        self.answer: ClassifiedSample | None = None
        self._policy = policy
        self._timeout_s = timeout_s
        self._end = float("inf")
        self._begun = False
        self._now = 0.0

    def finish(self) -> Generator[Step, Any, None]:
        """Watch the job until it has succeeded.

        Raises:
            JobFailedError: The job failed.
            JobNotFoundError: The server does not know the job.
            JobTimeoutError: The job did not end in time.
            CallError: The state of the job could not be fetched; `job_id` is set.
        """
        if not self._begun and self._timeout_s is not None:
            self._end = (yield Sleep(0)) + self._timeout_s
        self._begun = True
        waits = self._policy.waits_s()
        while True:
            self.job = yield from self._status()
            yield Report(self.job)
            if self.job.finished_successful is False:
                raise JobFailedError("ended without success", **self._names())
            if self.job.finished or self.job.finished_successful:
                return
            yield from self._between()
            yield from self._wait(next(waits), "has not finished")

    def _between(self) -> Generator[Step, Any, None]:
        """Do more between two states of a job that has not finished. Subclasses override this method."""
        yield from ()

    def result(self) -> Generator[Step, Any, None]:
        """Watch the job until it has succeeded, and fetch its result into `answer`.

        Raises:
            JobResultMissingError: The result did not appear within the policy's `max_lag_s`.
            CallError: The result could not be fetched; `job_id` is set.
            JobError: The errors of `finish`.
        """
        yield from self.finish()
        successors = 0
        lag_end: float | None = None
        waits = self._policy.waits_s()
        while True:
            answer = yield from self._repeat()
            if isinstance(answer, ClassifiedSample) and answer.results:
                self.answer = answer
                return
            if isinstance(answer, StartedJob) and answer.id != self.job_id and successors < MOST_SUCCESSORS:
                # The server started again, for example because the result had been cleared.
                self.job_id, self.job = answer.id, None
                successors += 1
                yield from self.finish()
                lag_end, waits = None, self._policy.waits_s()
                continue
            self._now = yield Sleep(0)
            if lag_end is None:
                lag_end = self._now + self._policy.max_lag_s
            if self._now >= lag_end:
                raise JobResultMissingError(
                    f"finished, but there is no result after {self._policy.max_lag_s:g} s: {_said(answer)}",
                    **self._names(),
                )
            yield from self._wait(min(next(waits), lag_end - self._now), "has finished without a result")

    def _status(self) -> Generator[Step, Any, Job]:
        try:
            job: Job = yield GetStatus(self.job_id)
        except CallError as error:
            if isinstance(error, NotFoundError) or (isinstance(error, RefusedError) and error.status == 200):
                text = f" ({error.answer})" if error.answer else ""
                raise JobNotFoundError(f"is not known to the server{text}", **self._names()) from error
            error.job_id = self.job_id
            raise
        return job

    def _repeat(self) -> Generator[Step, Any, ClassifiedSample | StartedJob | NoResultsError]:
        try:
            answer: ClassifiedSample | StartedJob = yield RepeatCall()
        except NoResultsError as error:
            return error  # right after the end of a job, this error can be temporary
        except CallError as error:
            error.job_id = self.job_id
            raise
        return answer

    def _wait(self, seconds: float, state: str) -> Generator[Step, Any, None]:
        self._now = yield Sleep(0)
        if self._now >= self._end:
            raise JobTimeoutError(f"{state} after {self._timeout_s:g} s", **self._names())
        self._now = yield Sleep(min(seconds, self._end - self._now))

    def _names(self) -> dict[str, Any]:
        return {"job_id": self.job_id, "project_id": self.project_id, "job": self.job}


def _said(answer: ClassifiedSample | StartedJob | NoResultsError) -> str:
    if isinstance(answer, NoResultsError):
        return f"the server said {answer.answer!r}"
    if isinstance(answer, StartedJob):
        return "the server still refers to the job"
    return "the answer has no result for any variant"
