"""One sample's classification that may go on as a job: `jobs.JobWatch`, driven with calls and waits."""

from __future__ import annotations

import asyncio
import time
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ei_classify_api.models import ClassifiedSample, StartedJob

from ei_classify.errors import CallError, InvalidArgumentError
from ei_classify.jobs.watch import GetStatus, JobWatch, PollPolicy, Report, Sleep

from . import calls

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Iterator, Sequence

    from ei_classify_api.models import Job

    from ei_classify.http.exchange import Call, Default, Timeout
    from ei_classify.jobs.watch import Step

T = TypeVar("T")


class Send(Protocol):
    """How a call is made."""

    def __call__(self, call: Call[T], /) -> T:
        """The answer."""


class AsyncSend(Protocol):
    """How a call is made in asyncio."""

    async def __call__(self, call: Call[T], /) -> T:
        """The answer."""


class Classification:
    """The call that classifies a sample, and what it has led to so far."""

    def __init__(
        self,
        project_id: int,
        sample_id: int,
        variants: Sequence[str],
        options: dict[str, Any],
        timeout: Timeout | Default | None,
        polling: PollPolicy,
        job_id: int | None,
    ) -> None:
        self.call = calls.classification(project_id, sample_id, variants, options, timeout)
        self.project_id = project_id
        self.sample_id = sample_id
        self.job_id = job_id
        self.state: int | ClassifiedSample = 0 if job_id is None else job_id
        """The classification, or the job that it goes on as."""
        self._timeout = timeout
        self._polling = polling

    def take(self, answer: ClassifiedSample | StartedJob) -> None:
        """What the call brought."""
        if isinstance(answer, StartedJob):
            self.state = self.job_id = answer.id
        else:
            self.state = answer

    def watch(self, job_id: int, timeout_s: float | None) -> JobWatch:
        """A new watch over the job."""
        if timeout_s is not None and not timeout_s >= 0:
            raise InvalidArgumentError(f"a job's timeout must be in seconds, or None, not {timeout_s!r}")
        return JobWatch(self.project_id, job_id, self._polling, timeout_s)

    def keep(self, watch: JobWatch) -> None:
        """What a watch has come to."""
        self.job_id = watch.job_id
        self.state = self.job_id if watch.answer is None else watch.answer

    def call_of(self, step: Step) -> Call[Any]:
        """The call that a step of the watch asks for."""
        if isinstance(step, GetStatus):
            return calls.job_status(self.project_id, step.job_id, self._timeout)
        return self.call


class _Pending:
    """What both handles tell."""

    def __init__(self, work: Classification) -> None:
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
        """The job; None if the server answered at once, without one."""
        return self._work.job_id

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: sample {self.sample_id}, job {self.job_id}>"


class PendingClassification(_Pending):
    """A classification that may still be going on as a job."""

    def __init__(self, work: Classification, send: Send) -> None:
        super().__init__(work)
        self._send = send

    def result(
        self, *, timeout_s: float | None = 600.0, on_state: Callable[[Job], object] | None = None
    ) -> ClassifiedSample:
        """The classification, once it is there.

        Args:
            timeout_s: How long to wait, in seconds; None for as long as it takes.
            on_state: Called with each state of the job that is seen.

        Raises:
            JobError: The job failed, vanished, took too long, or left no result.
            CallError: A call failed in another way; `job_id` is set.

        """
        while not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            for job in self._drive(watch, watch.result()):
                if on_state is not None:
                    on_state(job)
        return state

    def states(self, *, timeout_s: float | None = 600.0) -> Iterator[Job]:
        """The states of the job until it has finished well; errors are those of `result`."""
        if not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            yield from self._drive(watch, watch.finish())

    def _drive(self, watch: JobWatch, steps: Generator[Step, Any, None]) -> Iterator[Job]:
        reply: Any = None
        try:
            step = next(steps)
            while True:
                try:
                    if isinstance(step, Report):
                        yield step.job
                    elif isinstance(step, Sleep):
                        time.sleep(step.seconds)
                        reply = time.monotonic()
                    else:
                        reply = self._send(self._work.call_of(step))
                except CallError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(reply)
        except StopIteration:
            return
        finally:
            self._work.keep(watch)


class AsyncPendingClassification(_Pending):
    """`PendingClassification` for asyncio."""

    def __init__(self, work: Classification, send: AsyncSend) -> None:
        super().__init__(work)
        self._send = send

    async def result(
        self, *, timeout_s: float | None = 600.0, on_state: Callable[[Job], object] | None = None
    ) -> ClassifiedSample:
        """As `PendingClassification.result`; `on_state` is a plain function here too."""
        while not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            async with aclosing(self._drive(watch, watch.result())) as jobs:
                async for job in jobs:
                    if on_state is not None:
                        on_state(job)
        return state

    async def states(self, *, timeout_s: float | None = 600.0) -> AsyncIterator[Job]:
        """As `PendingClassification.states`."""
        if not isinstance(state := self._work.state, ClassifiedSample):
            watch = self._work.watch(state, timeout_s)
            async with aclosing(self._drive(watch, watch.finish())) as jobs:
                async for job in jobs:
                    yield job

    async def _drive(self, watch: JobWatch, steps: Generator[Step, Any, None]) -> AsyncGenerator[Job, None]:
        reply: Any = None
        try:
            step = next(steps)
            while True:
                try:
                    if isinstance(step, Report):
                        yield step.job
                    elif isinstance(step, Sleep):
                        await asyncio.sleep(step.seconds)
                        reply = asyncio.get_running_loop().time()
                    else:
                        reply = await self._send(self._work.call_of(step))
                except CallError as error:
                    step = steps.throw(error)
                else:
                    step = steps.send(reply)
        except StopIteration:
            return
        finally:
            self._work.keep(watch)
