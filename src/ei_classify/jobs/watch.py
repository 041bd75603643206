"""Following a job until its result is there: a machine without I/O.

The machine is a generator. It yields what shall be done, one step at a time, and is sent what came of it, or
is thrown the error that came instead:

- `Sleep`: wait; sent the time now, in seconds on any clock that does not jump;
- `GetStatus`: ask how far the job has come; sent the `Job`;
- `RepeatCall`: make the call that started the job again, which is how the API hands over a result; sent the
  answer;
- `Report`: a state of the job, for the caller; nothing is sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from ei_classify_api.models import ClassifiedSample, StartedJob

from ei_classify.errors import (
    CallError,
    ConfigurationError,
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


MOST_SUCCESSORS = 3
"""How often a repeated call may start a new job before that counts as a missing result."""


@frozen(kw_only=True)
class PollPolicy:
    """How often a job's state is asked for, and for how long a finished job's result."""

    first_wait_s: float = 0.5
    """The wait before the second look, in seconds; the first look is at once."""
    factor: float = 1.5
    """How many times longer each wait is than the one before."""
    max_wait_s: float = 15.0
    """The longest wait between two looks, in seconds."""
    max_lag_s: float = 60.0
    """How long a finished job's result may take to appear, in seconds."""

    def __attrs_post_init__(self) -> None:
        if not (self.first_wait_s > 0 and self.factor >= 1 and self.max_wait_s > 0 and self.max_lag_s >= 0):
            raise ConfigurationError(
                "first_wait_s and max_wait_s must be above 0, factor at least 1, and max_lag_s not negative"
            )


@frozen
class Sleep:
    """Wait."""

    seconds: float


@frozen
class GetStatus:
    """Ask how far the job has come."""

    job_id: int


@frozen
class RepeatCall:
    """Make the call again that started the job."""


@frozen
class Report:
    """Tell the caller of a state."""

    job: Job


Step = Sleep | GetStatus | RepeatCall | Report


class JobWatch:
    """What following one job, or a chain of them, has come to: for the machines below, and for errors."""

    def __init__(self, project_id: int, job_id: int, policy: PollPolicy, timeout_s: float | None) -> None:
        """A watch over a job that ends `timeout_s` seconds after its first step; None for no end."""
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
        """Watch the job until it has finished well.

        Raises:
            JobFailedError: It ended without success.
            JobNotFoundError: The server does not know it.
            JobTimeoutError: It was not over when the time had passed.
            CallError: Its state could not be had; `job_id` is set.

        """
        if not self._begun and self._timeout_s is not None:
            self._end = (yield Sleep(0)) + self._timeout_s
        self._begun = True
        waits = _growing(self._policy)
        while True:
            self.job = yield from self._status()
            yield Report(self.job)
            if self.job.finished_successful is False:
                raise JobFailedError("ended without success", **self._names())
            if self.job.finished or self.job.finished_successful:
                return
            yield from self._wait(next(waits), "is still going on")

    def result(self) -> Generator[Step, Any, None]:
        """Watch the job until it has finished well, and fetch its result into `answer`.

        Raises:
            JobResultMissingError: The result did not appear within the policy's `max_lag_s`.
            CallError: The result could not be had; `job_id` is set.
            JobError: As `finish` raises.

        """
        yield from self.finish()
        successors = 0
        lag_end: float | None = None
        waits = _growing(self._policy)
        while True:
            answer = yield from self._repeat()
            if isinstance(answer, ClassifiedSample) and answer.results:
                self.answer = answer
                return
            if isinstance(answer, StartedJob) and answer.id != self.job_id and successors < MOST_SUCCESSORS:
                # The server began anew, for example because the result had been cleared.
                self.job_id, self.job = answer.id, None
                successors += 1
                yield from self.finish()
                lag_end, waits = None, _growing(self._policy)
                continue
            self._now = yield Sleep(0)
            if lag_end is None:
                lag_end = self._now + self._policy.max_lag_s
            if self._now >= lag_end:
                raise JobResultMissingError(
                    f"finished, and after {self._policy.max_lag_s:g} s there is no result: {_said(answer)}",
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
            return error  # right after the end of a job that can pass
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


def _growing(policy: PollPolicy) -> Generator[float, None, None]:
    wait_s = policy.first_wait_s
    while True:
        wait_s = min(wait_s, policy.max_wait_s)
        yield wait_s
        wait_s *= policy.factor


def _said(answer: ClassifiedSample | StartedJob | NoResultsError) -> str:
    if isinstance(answer, NoResultsError):
        return f"the server said {answer.answer!r}"
    if isinstance(answer, StartedJob):
        return "the server names the job again"
    return "the answer holds no variant's result"
