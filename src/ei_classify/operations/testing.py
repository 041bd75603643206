"""`start_classify`: runs model testing, and returns a handle that follows it."""

from __future__ import annotations

import math
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from ei_classify.errors import CallError, InvalidArgumentError, JobFailedError, NoResultsError, RefusedError
from ei_classify.http import DEFAULT, Default, Timeout
from ei_classify.jobs import (
    NOTHING,
    Ask,
    GetStatus,
    Intent,
    LogReader,
    Question,
    Start,
    TestingWatch,
    follow,
    follow_async,
)
from ei_classify.showing import html_table

from .arguments import check_count
from .results import AsyncResults, Results
from .testing_calls import TestingCalls, checked_variants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

    from ei_classify_api.models import DataCategory, Job, KerasModelVariant

    from ei_classify.jobs import PollPolicy
    from ei_classify.outcomes import Outcome
    from ei_classify.progress import ProgressOption
    from ei_classify.tables import Tables

DEFAULT_TESTING_TIMEOUT_S: Final = 3600.0


def _now() -> datetime:
    return datetime.now(UTC)


def _is_results(step: object) -> bool:
    return isinstance(step, Ask) and step.question is Question.RESULTS


class _Run:
    """The common base of the two handles."""

    def __init__(self, calls: TestingCalls, intent: Intent, polling: PollPolicy) -> None:
        self._calls = calls
        self._intent = intent
        self._polling = polling
        self._is_ready = False

    @property
    def project_id(self) -> int:
        """The project's id."""
        return self._calls.project_id

    @property
    def job_id(self) -> int:
        """The job's id, by which `start_classify(job_id=…)` takes it up in any process."""
        return self._intent.job_id or 0

    @property
    def variants(self) -> tuple[str, ...]:
        """The variants that were asked for; empty if the server chose."""
        return tuple(self._calls.variants)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: project {self.project_id}, job {self.job_id}>"

    def _repr_html_(self) -> str:
        results = "there" if self._is_ready else "not waited for"
        row = (str(self.project_id), str(self.job_id), ", ".join(self.variants), results)
        return html_table(type(self).__name__, ("project", "job", "variants", "results"), [row])

    def _watch(self, timeout_s: float | None) -> TestingWatch:
        if timeout_s is not None and not (timeout_s >= 0 and not math.isnan(timeout_s)):
            raise InvalidArgumentError(
                f"must be a number of seconds, at least 0, not {timeout_s!r}",
                name="timeout_s",
                advice="Pass None for no limit.",
            )
        return TestingWatch(
            self.project_id,
            self.job_id,
            self._polling,
            timeout_s,
            variants=self._calls.variants,
            before=self._intent.before,
            clock=_now,
        )

    def _selection(self, variant: str | None) -> dict[str, Any]:
        """Return what selects the results of a variant; by default, of the first."""
        first = self._calls.variants[0] if self._calls.variants else None
        return {"variant": variant or first, **self._calls.filters}


class ClassifyRun(_Run):
    """A run of model testing: a job on the server, whose results are read once they are there."""

    def __init__(self, calls: TestingCalls, intent: Intent, polling: PollPolicy, client: Testing) -> None:
        super().__init__(calls, intent, polling)
        self._client = client

    def states(self, *, timeout_s: float | None = DEFAULT_TESTING_TIMEOUT_S) -> Iterator[Job]:
        """Yield the states of the job until it has succeeded. Raises the errors of `wait`, but for results.

        Args:
            timeout_s: The longest time to follow the job, in seconds; None for no limit.
        """
        return self._follow(self._watch(timeout_s).finish())

    def log(self, *, timeout_s: float | None = DEFAULT_TESTING_TIMEOUT_S) -> Iterator[str]:
        """Yield the lines of the job's log as they come, until it has succeeded: in order, and none twice.

        Raises the errors of `states`, after the last line.
        """
        reader = LogReader()
        try:
            for _ in self.states(timeout_s=timeout_s):
                yield from self._new_lines(reader)
        except JobFailedError:
            yield from self._new_lines(reader)
            raise

    def wait(
        self,
        *,
        timeout_s: float | None = DEFAULT_TESTING_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        on_log: Callable[[str], object] | None = None,
    ) -> None:
        """Wait until the results of this run are there, for every variant that was asked for.

        Args:
            timeout_s: The longest wait, in seconds; None for no limit.
            on_state: A function that is called with each state of the job.
            on_log: A function that is called with each new line of the job's log.

        Raises:
            JobFailedError: The job failed; `log` has the last lines of its log.
            JobNotFoundError: The server does not know the job.
            JobTimeoutError: The job did not end in time.
            VariantMissingError: There are results of other variants only.
            JobResultMissingError: The job finished, and there are no results.
            CallError: A call failed in another way; `job_id` is set.
            InvalidArgumentError: The timeout is below 0.
        """
        if self._is_ready:
            return
        reader = LogReader()
        for job in self._follow(self._watch(timeout_s).results()):
            if on_state is not None:
                on_state(job)
            if on_log is not None:
                for line in self._new_lines(reader):
                    on_log(line)
        self._is_ready = True

    def cancel(self, *, force: bool = False) -> None:
        """Ask the server to stop the job. It then ends without success.

        Args:
            force: Whether to mark the job as ended at once, without waiting for the machine that runs it.
        """
        call = self._calls.cancel(self.job_id, force=force)
        self._client._send(self.project_id, call)  # a handle is a part of its client

    def results(
        self, variant: KerasModelVariant | str | None = None, *, progress: ProgressOption = False
    ) -> Iterator[Outcome]:
        """Wait, and iterate over the outcomes of all samples, like `ClassifyClient.results`.

        Args:
            variant: The variant; by default, the first one that was asked for.
            progress: As for `ClassifyClient.results`.
        """
        self.wait()
        selection = self._selection(variant)
        with self._client.results(self.project_id, progress=progress, **selection) as outcomes:
            yield from outcomes

    def tables(
        self, variant: KerasModelVariant | str | None = None, *, progress: ProgressOption = False
    ) -> Tables:
        """Wait, and return all results as Arrow tables, like `ClassifyClient.tables`."""
        self.wait()
        return self._client.tables(self.project_id, progress=progress, **self._selection(variant))

    def _follow(self, steps: Any) -> Iterator[Job]:
        try:
            yield from follow(steps, self._ask)
        except CallError as error:
            error.job_id = self.job_id
            raise

    def _new_lines(self, reader: LogReader) -> list[str]:
        try:
            return reader.read(self._ask(Ask(Question.LOG, job_id=self.job_id)))
        except RefusedError:  # the next state says what has become of the job
            return []

    def _ask(self, step: Ask | GetStatus) -> Any:
        return self._client._answer(self._calls, step)  # a handle is a part of its client


class AsyncClassifyRun(_Run):
    """`ClassifyRun` for asyncio."""

    def __init__(
        self, calls: TestingCalls, intent: Intent, polling: PollPolicy, client: AsyncTesting
    ) -> None:
        super().__init__(calls, intent, polling)
        self._client = client

    def states(self, *, timeout_s: float | None = DEFAULT_TESTING_TIMEOUT_S) -> AsyncIterator[Job]:
        """Yield the states of the job, like `ClassifyRun.states`."""
        return self._follow(self._watch(timeout_s).finish())

    async def log(self, *, timeout_s: float | None = DEFAULT_TESTING_TIMEOUT_S) -> AsyncIterator[str]:
        """Yield the lines of the job's log, like `ClassifyRun.log`."""
        reader = LogReader()
        try:
            async for _ in self.states(timeout_s=timeout_s):
                for line in await self._new_lines(reader):
                    yield line
        except JobFailedError:
            for line in await self._new_lines(reader):
                yield line
            raise

    async def wait(
        self,
        *,
        timeout_s: float | None = DEFAULT_TESTING_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        on_log: Callable[[str], object] | None = None,
    ) -> None:
        """Wait for the results, like `ClassifyRun.wait`. The functions are not coroutines."""
        if self._is_ready:
            return
        reader = LogReader()
        async for job in self._follow(self._watch(timeout_s).results()):
            if on_state is not None:
                on_state(job)
            if on_log is not None:
                for line in await self._new_lines(reader):
                    on_log(line)
        self._is_ready = True

    async def cancel(self, *, force: bool = False) -> None:
        """Ask the server to stop the job, like `ClassifyRun.cancel`."""
        call = self._calls.cancel(self.job_id, force=force)
        await self._client._send(self.project_id, call)  # as above

    async def results(
        self, variant: KerasModelVariant | str | None = None, *, progress: ProgressOption = False
    ) -> AsyncIterator[Outcome]:
        """Wait, and iterate over the outcomes, like `ClassifyRun.results`."""
        await self.wait()
        selection = self._selection(variant)
        async with self._client.results(self.project_id, progress=progress, **selection) as outcomes:
            async for outcome in outcomes:
                yield outcome

    async def tables(
        self, variant: KerasModelVariant | str | None = None, *, progress: ProgressOption = False
    ) -> Tables:
        """Wait, and return all results as Arrow tables, like `ClassifyRun.tables`."""
        await self.wait()
        return await self._client.tables(self.project_id, progress=progress, **self._selection(variant))

    async def _follow(self, steps: Any) -> AsyncIterator[Job]:
        try:
            async with aclosing(follow_async(steps, self._ask)) as jobs:
                async for job in jobs:
                    yield job
        except CallError as error:
            error.job_id = self.job_id
            raise

    async def _new_lines(self, reader: LogReader) -> list[str]:
        try:
            return reader.read(await self._ask(Ask(Question.LOG, job_id=self.job_id)))
        except RefusedError:
            return []

    async def _ask(self, step: Ask | GetStatus) -> Any:
        return await self._client._answer(self._calls, step)  # a handle is a part of its client


class Testing(Results):
    """The sync operations that run model testing."""

    __test__ = False  # pytest would take it for a test

    def start_classify(
        self,
        project_id: int | None = None,
        *,
        variants: Sequence[KerasModelVariant | str] = (),
        impulse_id: int | None = None,
        category: DataCategory | str | None = None,
        skip_feature_generation: bool | None = None,
        attach: bool = False,
        job_id: int | None = None,
        intent: Intent | None = None,
        on_intent: Callable[[Intent], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
    ) -> ClassifyRun:
        """Start model testing: a job that classifies all samples of a category. Its results replace the last.

        The job is started at most once: the call that does so is sent again only if no connection could be
        made. It is refused if model testing is already running.

        Args:
            project_id: The project's id. The default is the client's, or that of the key.
            variants: The model variants to run, such as `["int8", "float32"]`. By default, the
                server chooses.
            impulse_id: The impulse; by default, the project's default impulse.
            category: The data set to classify; by default, the testing set.
            skip_feature_generation: Whether to keep the features of the last run. This saves time if only a
                threshold has changed.
            attach: Whether to follow the job that is running already, if there is one, instead of refusing.
            job_id: A job to follow instead of starting one. Any process can have started it.
            intent: What `on_intent` got last in a process that has ended since. The job that it started is
                found and followed. Only if there is certainly none, one is started.
            on_intent: A function that is called before the job is started and once its id is known, with what
                another process needs to find the job.
            timeout: The timeout of each call, in seconds, as for the client.

        Returns:
            A handle with the states, the log and the results of the job.

        Raises:
            JobActiveError: Model testing is already running, and `attach` is false.
            UnknownVariantError, UnknownImpulseError, NoDataError: There is no such variant or impulse, or
                nothing to classify. `JobRefusedError` is their base.
            JobForbiddenError: The key may not start jobs.
            JobStartUnknownError: The answer was lost, so a job may have been started or not.
            ProjectUnknownError: No project was given, and the key names none.
            CallError: A call failed in another way. No job was started.
            InvalidArgumentError: An argument cannot be sent.
        """
        calls = TestingCalls(
            project_id=self._project(project_id),
            variants=[str(each) for each in checked_variants(variants)],
            impulse_id=impulse_id,
            category=category,
            skip_feature_generation=skip_feature_generation,
            timeout=timeout,
        )
        if job_id is not None:
            check_count("job_id", job_id, 0)
            return ClassifyRun(calls, Intent(known=None, before={}, job_id=job_id), self._polling, self)
        start = Start(calls.project_id, calls.variants, impulse_id=impulse_id, attach=attach)
        steps = start.start() if intent is None else start.resume(intent)
        for noted in follow(steps, lambda step: self._answer(calls, step)):
            if on_intent is not None:
                on_intent(noted)
        return ClassifyRun(calls, start.found, self._polling, self)

    def _answer(self, calls: TestingCalls, step: Ask | GetStatus) -> Any:
        """Return the answer to a step of a state machine."""
        try:
            return self._send(calls.project_id, calls.call(step))
        except NoResultsError:
            if _is_results(step):
                return NOTHING
            raise


class AsyncTesting(AsyncResults):
    """`Testing` for asyncio."""

    async def start_classify(
        self,
        project_id: int | None = None,
        *,
        variants: Sequence[KerasModelVariant | str] = (),
        impulse_id: int | None = None,
        category: DataCategory | str | None = None,
        skip_feature_generation: bool | None = None,
        attach: bool = False,
        job_id: int | None = None,
        intent: Intent | None = None,
        on_intent: Callable[[Intent], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
    ) -> AsyncClassifyRun:
        """Start model testing, like `ClassifyClient.start_classify`. `on_intent` is not a coroutine."""
        calls = TestingCalls(
            project_id=await self._project(project_id),
            variants=[str(each) for each in checked_variants(variants)],
            impulse_id=impulse_id,
            category=category,
            skip_feature_generation=skip_feature_generation,
            timeout=timeout,
        )
        if job_id is not None:
            check_count("job_id", job_id, 0)
            return AsyncClassifyRun(calls, Intent(known=None, before={}, job_id=job_id), self._polling, self)
        start = Start(calls.project_id, calls.variants, impulse_id=impulse_id, attach=attach)
        steps = start.start() if intent is None else start.resume(intent)

        async def answer(step: Ask | GetStatus) -> Any:
            return await self._answer(calls, step)

        async with aclosing(follow_async(steps, answer)) as intents:
            async for noted in intents:
                if on_intent is not None:
                    on_intent(noted)
        return AsyncClassifyRun(calls, start.found, self._polling, self)

    async def _answer(self, calls: TestingCalls, step: Ask | GetStatus) -> Any:
        """Return the answer to a step of a state machine."""
        try:
            return await self._send(calls.project_id, calls.call(step))
        except NoResultsError:
            if _is_results(step):
                return NOTHING
            raise
