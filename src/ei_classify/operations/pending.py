"""The classification of one sample, which may go on as a job."""

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
    """The call that classifies a sample, and what has come of it."""

    call: Call[ClassifiedSample | StartedJob]
    project_id: int
    sample_id: int
    polling: PollPolicy
    job_id: int | None
    state: int | ClassifiedSample = field(init=False)
    """The classification, or the job that is to produce it."""

    def __attrs_post_init__(self) -> None:
        self.state = self.job_id or 0

    def answered(self, answer: ClassifiedSample | StartedJob) -> None:
        """Take in the answer to the call."""
        if isinstance(answer, StartedJob):
            self.state = self.job_id = answer.id
        else:
            self.state = answer

    def watch(self, job_id: int, timeout_s: float | None) -> JobWatch:
        """A new watch over the job.

        Raises:
            InvalidArgumentError: The timeout is not a number of seconds.
        """
        if timeout_s is not None and not timeout_s >= 0:
            raise InvalidArgumentError(
                f"must be a number of seconds from 0, not {timeout_s!r}",
                name="timeout_s",
                advice="None waits as long as it takes.",
            )
        return JobWatch(self.project_id, job_id, self.polling, timeout_s)

    def keep(self, watch: JobWatch) -> None:
        """Take over what a watch knows."""
        self.job_id = watch.job_id
        self.state = self.job_id if watch.answer is None else watch.answer

    def status_call(self, job_id: int) -> Call[JobStatus]:
        """The call for the state of the job."""
        return status_call(self.project_id, job_id, self.call.timeout)


class _Pending:
    """What both handles know."""

    def __init__(self, work: SampleCall) -> None:
        self._work = work

    @property
    def project_id(self) -> int:
        """The project."""
        return self._work.project_id

    @property
    def sample_id(self) -> int:
        """The sample."""
        return self._work.sample_id

    @property
    def job_id(self) -> int | None:
        """The job; None if the server answered without starting one."""
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
        """The classification; waits until it is available.

        Args:
            timeout_s: How long to wait, in seconds; None for no limit.
            on_state: Called with each state of the job.

        Raises:
            JobError: The job failed, disappeared, took too long, or left no result.
            CallError: A call failed in another way; `job_id` is set.
        """
        while not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            for job in self._follow(watch, result=True):
                if on_state is not None:
                    on_state(job)
        return state

    def states(self, *, timeout_s: float | None = 600.0) -> Iterator[Job]:
        """The states of the job until it has succeeded; raises the errors of `result`."""
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
        """As `PendingClassification.result`; `on_state` is a plain function here too."""
        while not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            async with aclosing(self._follow(watch, result=True)) as jobs:
                async for job in jobs:
                    if on_state is not None:
                        on_state(job)
        return state

    async def states(self, *, timeout_s: float | None = 600.0) -> AsyncIterator[Job]:
        """As `PendingClassification.states`."""
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
