"""The classification of one sample, which may continue as a job."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING

from attrs import define, field
from ei_classify_api.models import ClassifiedSample, StartedJob

from ei_classify.errors import InvalidArgumentError
from ei_classify.jobs import GetStatus, JobWatch, PollPolicy, follow, follow_async

from .jobs import status_call

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator

    from ei_classify_api.models import Job, JobStatus

    from ei_classify.http import AsyncSender, Call, Sender
    from ei_classify.jobs import RepeatCall


@define
class SampleCall:
    """The call that classifies a sample, and its outcome so far."""

    call: Call[ClassifiedSample | StartedJob]
    project_id: int
    sample_id: int
    polling: PollPolicy
    job_id: int | None
    state: int | ClassifiedSample = field(init=False)
    """The classification, or the id of the job that produces it."""

    def __attrs_post_init__(self) -> None:
        self.state = self.job_id or 0

    def answered(self, answer: ClassifiedSample | StartedJob) -> None:
        """Record the answer to the call."""
        if isinstance(answer, StartedJob):
            self.state = self.job_id = answer.id
        else:
            self.state = answer

    def watch(self, job_id: int, timeout_s: float | None) -> JobWatch:
        """Return a new watch for the job.

        Raises:
            InvalidArgumentError: The timeout is below 0.
        """
        if timeout_s is not None and not timeout_s >= 0:
            raise InvalidArgumentError(
                f"must be a number of seconds, at least 0, not {timeout_s!r}",
                name="timeout_s",
                advice="Pass None for no limit.",
            )
        return JobWatch(self.project_id, job_id, self.polling, timeout_s)

    def keep(self, watch: JobWatch) -> None:
        """Record the outcome of a watch."""
        self.job_id = watch.job_id
        self.state = self.job_id if watch.answer is None else watch.answer

    def status_call(self, job_id: int) -> Call[JobStatus]:
        """Return the call for the state of the job."""
        return status_call(self.project_id, job_id, self.call.timeout)


class _Pending:
    """The common base of the two handles."""

    def __init__(self, work: SampleCall) -> None:
        self._work = work

    @property
    def project_id(self) -> int:
        """The project's id."""
        return self._work.project_id

    @property
    def sample_id(self) -> int:
        """The sample's id."""
        return self._work.sample_id

    @property
    def job_id(self) -> int | None:
        """The job's id; None if the server answered without starting a job."""
        return self._work.job_id

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: sample {self.sample_id}, job {self.job_id}>"


class PendingClassification(_Pending):
    """A classification that may still be running as a job."""

    def __init__(self, work: SampleCall, sender: Sender) -> None:
        super().__init__(work)
        self._sender = sender

    def result(
        self, *, timeout_s: float | None = 600.0, on_state: Callable[[Job], object] | None = None
    ) -> ClassifiedSample:
        """Wait until the classification is available, and return it.

        Args:
            timeout_s: The longest wait, in seconds; None for no limit.
            on_state: A function that is called with each state of the job.

        Raises:
            JobError: The job failed, disappeared, took too long, or left no result.
            CallError: A call failed in another way; `job_id` is set.
            InvalidArgumentError: The timeout is below 0.
        """
        while not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            for job in self._follow(watch, result=True):
                if on_state is not None:
                    on_state(job)
        return state

    def states(self, *, timeout_s: float | None = 600.0) -> Iterator[Job]:
        """Yield the states of the job until it has succeeded. Raises the errors of `result`.

        Args:
            timeout_s: The longest time to follow the job, in seconds; None for no limit.
        """
        if not isinstance(state := self._work.state, ClassifiedSample):
            yield from self._follow(self._work.watch(state, timeout_s), result=False)

    def _follow(self, watch: JobWatch, *, result: bool) -> Iterator[Job]:
        steps = watch.result() if result else watch.finish()
        try:
            yield from follow(steps, self._ask)
        finally:
            self._work.keep(watch)

    def _ask(self, question: GetStatus | RepeatCall) -> object:
        if isinstance(question, GetStatus):
            return self._sender.send(self._work.status_call(question.job_id)).job
        return self._sender.send(self._work.call)


class AsyncPendingClassification(_Pending):
    """`PendingClassification` for asyncio."""

    def __init__(self, work: SampleCall, sender: AsyncSender) -> None:
        super().__init__(work)
        self._sender = sender

    async def result(
        self, *, timeout_s: float | None = 600.0, on_state: Callable[[Job], object] | None = None
    ) -> ClassifiedSample:
        """Return the classification, like `PendingClassification.result`. `on_state` is not a coroutine."""
        while not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            async with aclosing(self._follow(watch, result=True)) as jobs:
                async for job in jobs:
                    if on_state is not None:
                        on_state(job)
        return state

    async def states(self, *, timeout_s: float | None = 600.0) -> AsyncIterator[Job]:
        """Yield the states of the job, like `PendingClassification.states`."""
        if not isinstance(state := self._work.state, ClassifiedSample):
            async with aclosing(self._follow(self._work.watch(state, timeout_s), result=False)) as jobs:
                async for job in jobs:
                    yield job

    async def _follow(self, watch: JobWatch, *, result: bool) -> AsyncGenerator[Job, None]:
        try:
            async with aclosing(
                follow_async(watch.result() if result else watch.finish(), self._ask)
            ) as jobs:
                async for job in jobs:
                    yield job
        finally:
            self._work.keep(watch)

    async def _ask(self, question: GetStatus | RepeatCall) -> object:
        if isinstance(question, GetStatus):
            return (await self._sender.send(self._work.status_call(question.job_id))).job
        return await self._sender.send(self._work.call)
