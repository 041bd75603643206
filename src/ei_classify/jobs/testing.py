"""Runs model testing: starts a classify job at most once, and follows it until its own results are there.

Two state machines without I/O, like that of `watch`. Their steps, beside those of `watch`:

- `Ask`: make a call, then send its answer;
- `Tell`: pass something to the caller; send nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence  # msgspec reads these types of `Intent`  # noqa: TC003
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from attrs import evolve, frozen

from ei_classify.errors import (
    CallError,
    JobActiveError,
    JobFailedError,
    JobForbiddenError,
    JobRefusedError,
    JobResultMissingError,
    JobStartUnknownError,
    NoDataError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RefusedError,
    ServerError,
    UnknownImpulseError,
    UnknownVariantError,
    VariantMissingError,
)

from .freshness import NOTHING, Fingerprint, Freshness
from .log import oldest_first
from .watch import JobWatch, Sleep

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from datetime import datetime

    from ei_classify_api.models import Job, JobList, ModelVariants

    from .policy import PollPolicy

Variant: TypeAlias = "str | None"
"""A model variant; None for the one that the server chooses."""

E = TypeVar("E", bound=CallError)

LOG_TAIL = 10
"""How many lines of its log the error of a failed job has."""


class Question(Enum):
    """What a state machine may ask."""

    VARIANTS = auto()
    """The variants of the project: a `ModelVariants`."""
    ACTIVE = auto()
    """The jobs that have not ended: a `JobList`."""
    FINISHED = auto()
    """The last jobs that have ended: a `JobList`."""
    START = auto()
    """Start the job: a `StartedJob`. It is asked at most once."""
    LOG = auto()
    """The log of the job: a `JobLog`."""
    RESULTS = auto()
    """The results of a variant: a `Fingerprint`."""
    METRICS = auto()
    """The metrics of all variants: a `VariantMetrics`."""
    WHOLE = auto()
    """The whole result of a variant: a `ClassifyJobResult`."""


@frozen
class Ask:
    """Make a call."""

    question: Question
    variant: Variant = None
    job_id: int = 0


@frozen
class Tell:
    """Pass something to the caller."""

    what: Any


@frozen(kw_only=True)
class Intent:
    """What is noted before a job is started, so that another process can find the job.

    It is plain data: its attributes can be written as JSON.
    """

    known: Sequence[int] | None
    """The classify jobs before it; None if the server does not list them."""
    before: Mapping[str, Fingerprint]
    """The results before it, by variant; an empty name is that of the variant that the server chooses."""
    job_id: int | None = None
    """The job, once it is started."""


Steps: TypeAlias = "Generator[Any, Any, None]"


class Start:
    """Starts a classify job, or finds the one that is to be followed instead."""

    def __init__(
        self, project_id: int, variants: Sequence[str], *, impulse_id: int | None, attach: bool
    ) -> None:
        """Create a start. If `attach` is true, a job that is already running is followed instead."""
        self.project_id = project_id
        self.intent: Intent | None = None
        self._variants = variants
        self._impulse_id = impulse_id
        self._attach = attach

    @property
    def found(self) -> Intent:
        """The job that was started or found."""
        if self.intent is None or self.intent.job_id is None:
            raise RuntimeError("no job was started")
        return self.intent

    def start(self) -> Steps:
        """Check what can be checked, note the intent (`Tell`), start the job, and note its id (`Tell`).

        Raises:
            JobActiveError: A classify job is running already, and is not to be followed.
            JobRefusedError: The server refuses to start the job.
            JobForbiddenError: The key may not start jobs.
            JobStartUnknownError: The answer to the start was lost.
            CallError: A call failed in another way; no job was started.
        """
        yield from self._check_variants()
        active = yield from self._active()
        if active is not None:
            if not self._attach:
                raise self._is_active(active)
            self.intent = Intent(known=None, before={}, job_id=active.id)
            yield Tell(self.intent)
            return
        known = yield from self._known()
        before = {}
        for variant in self._variants or (None,):
            before[variant or ""] = yield Ask(Question.RESULTS, variant)
        self.intent = Intent(known=known, before=before)
        yield Tell(self.intent)
        job_id = yield from self._start()
        self.intent = evolve(self.intent, job_id=job_id)
        yield Tell(self.intent)

    def resume(self, intent: Intent) -> Steps:
        """Find the job of an earlier intent, whose process may have ended at any moment; start it if need be.

        Raises:
            JobStartUnknownError: The server does not say whether there is such a job.
            JobError, CallError: As for `start`.
        """
        if intent.job_id is not None:
            self.intent = intent
            return
        active = yield from self._active()
        finished = None if active is not None else (yield from self._known())
        if active is None and (finished is None or intent.known is None):
            raise JobStartUnknownError(
                "the process that was to start it was stopped, and no such job is running",
                project_id=self.project_id,
            )
        found = (
            [active.id]
            if active is not None
            else [each for each in finished or () if each not in set(intent.known or ())]
        )
        if not found:
            yield from self.start()
            return
        self.intent = evolve(intent, job_id=max(found))
        yield Tell(self.intent)

    def _check_variants(self) -> Steps:
        """Check the variants, as far as the server lists them: an unknown one would cost a whole job."""
        try:
            answer: ModelVariants = yield Ask(Question.VARIANTS)
        except (NotFoundError, ServerError):
            return
        except RefusedError as error:
            if error.status == 200 and self._impulse_id is not None:
                raise _same(UnknownImpulseError, error) from error
            raise
        known = [str(each.variant) for each in answer.model_variants]
        unknown = [each for each in self._variants if each not in known]
        if known and unknown:
            raise UnknownVariantError(
                f"was not made: the project has no variant {', '.join(map(repr, unknown))}; it has "
                f"{', '.join(known)}",
                operation="start_classify_job",
                method="POST",
                path=f"/api/{self.project_id}/jobs/classify",
                tries=0,
            )

    def _start(self) -> Generator[Any, Any, int]:
        try:
            answer = yield Ask(Question.START)
        except PermissionDeniedError as error:
            raise _same(JobForbiddenError, error) from error
        except RateLimitError:
            raise
        except RefusedError as error:
            if type(error) is RefusedError:
                active = yield from self._active()
                raise (self._is_active(active) if active else _refusal(error)) from error
            raise
        except CallError as error:
            if not error.was_sent:
                raise
            raise JobStartUnknownError(str(error), project_id=self.project_id) from error
        job_id: int = answer.id
        return job_id

    def _active(self) -> Generator[Any, Any, Job | None]:
        answer: JobList = yield Ask(Question.ACTIVE)
        return next((job for job in answer.jobs if is_classify_job(job)), None)

    def _known(self) -> Generator[Any, Any, list[int] | None]:
        try:
            answer: JobList = yield Ask(Question.FINISHED)
        except (RefusedError, ServerError):  # a server that does not list them
            return None
        return [job.id for job in answer.jobs if is_classify_job(job)]

    def _is_active(self, job: Job) -> JobActiveError:
        return JobActiveError(
            "is model testing that is already running", job_id=job.id, project_id=self.project_id, job=job
        )


class TestingWatch(JobWatch):
    """Follows a classify job until the results of each of its variants are there."""

    __test__ = False  # pytest would take it for a test

    def __init__(
        self,
        project_id: int,
        job_id: int,
        policy: PollPolicy,
        timeout_s: float | None,
        *,
        variants: Sequence[str],
        before: Mapping[str, Fingerprint],
        clock: Callable[[], datetime],
    ) -> None:
        """Create a watch. `before` has the results before the job; `clock` returns the present instant."""
        super().__init__(project_id, job_id, policy, timeout_s)
        self._clock = clock
        self._was_seen_running = False
        self._waiting: dict[Variant, Freshness] = {
            variant: Freshness(before.get(variant or "")) for variant in variants or (None,)
        }

    def finish(self) -> Steps:
        """Watch the job, like `JobWatch.finish`. The error of a failed job has the end of its log."""
        try:
            yield from super().finish()
        except JobFailedError as error:
            try:
                log = yield Ask(Question.LOG, job_id=self.job_id)
            except CallError:  # the log would only explain
                raise error from None
            error.log = [line.data.rstrip("\r\n") for line in oldest_first(log.stdout)[-LOG_TAIL:]]
            raise

    def results(self) -> Steps:
        """Watch the job until it has succeeded and its results are there.

        Raises:
            VariantMissingError: There are results of other variants only.
            JobResultMissingError: The results did not appear within the policy's `max_lag_s`.
            JobError, CallError: As for `finish`.
        """
        yield from self.finish()
        self._now = yield Sleep(0)
        lag_end = self._now + self._policy.max_lag_s
        same_end = lag_end - self._age_s()
        waits = self._policy.waits_s()
        while True:
            found = yield from self._look()
            self._now = yield Sleep(0)
            for variant, fingerprint in found.items():
                is_same = fingerprint != NOTHING and self._now >= same_end  # the same results once more
                if self._waiting[variant].is_new(fingerprint) or is_same:
                    del self._waiting[variant]
            if not self._waiting:
                return
            if self._now >= lag_end:
                yield from self._explain(next(iter(self._waiting)))
            yield from self._wait(min(next(waits), lag_end - self._now), "has finished without a result")

    def _between(self) -> Steps:
        self._was_seen_running = True
        found = yield from self._look()
        for variant, fingerprint in found.items():
            self._waiting[variant].note(fingerprint)

    def _available(self) -> Generator[Any, Any, list[str]]:
        """Return the variants that have results, as the metrics list them."""
        try:
            answer = yield Ask(Question.METRICS)
        except CallError:
            return []
        return [str(each.variant) for each in answer.metrics or ()]

    def _look(self) -> Generator[Any, Any, dict[Variant, Fingerprint]]:
        found = {}
        for variant in self._waiting:
            found[variant] = yield Ask(Question.RESULTS, variant)
        return found

    def _age_s(self) -> float:
        """Return for how long the job had been finished when it was first seen, in seconds."""
        if self.job is None or self.job.finished is None or self._was_seen_running:
            return 0.0
        return max(0.0, (self._clock() - self.job.finished).total_seconds())

    def _explain(self, variant: Variant) -> Steps:
        """Raise the error for a variant without results."""
        lag = f"after {self._policy.max_lag_s:g} s"
        try:
            whole = yield Ask(Question.WHOLE, variant)
        except CallError:  # which would only explain
            available = yield from self._available()
        else:
            remedy = whole.no_results_because_thresholds_changed
            if remedy:
                what = f"finished, and a threshold has changed since ({remedy})"
                raise JobResultMissingError(what, **self._names())
            available = [str(each) for each in whole.available_variants or ()]
        if available and variant not in (None, *available):
            error = VariantMissingError(
                f"finished, but there is no result of {variant} {lag}; there are results of "
                f"{', '.join(available)}",
                **self._names(),
            )
            error.variant, error.available = variant, available
            raise error
        raise JobResultMissingError(f"finished, but there is no result {lag}", **self._names())


def is_classify_job(job: Job) -> bool:
    """Return whether a job is model testing, by what it calls itself. The API has no kind for it.

    The classification of a single sample is another kind of job.
    """
    text = f"{job.category_key} {job.key} {job.category}".lower()
    return bool(re.search(r"classif|model testing", text)) and "sample" not in text


def _refusal(error: RefusedError) -> JobRefusedError:
    """Return the refusal of a start as the error that the server's words name."""
    text = (error.answer or "").lower()
    if "variant" in text:
        return _same(UnknownVariantError, error)
    if "impulse" in text:
        return _same(UnknownImpulseError, error)
    if re.search(r"\bno\b.*\b(data|samples?|items?)\b", text):
        return _same(NoDataError, error)
    return _same(JobRefusedError, error)


def _same(kind: type[E], error: CallError) -> E:
    """Return the same failure as an error of another class."""
    return kind(
        error.what,
        operation=error.operation,
        method=error.method,
        path=error.path,
        status=error.status,
        answer=error.answer,
        tries=error.tries,
        elapsed_s=error.elapsed_s,
    )
