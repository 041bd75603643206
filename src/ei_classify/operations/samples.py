"""`classify_sample`: one sample, classified with several model variants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, overload

from ei_classify_api.api.classify import classify_sample_for_variants

from ei_classify.decoding import Reports
from ei_classify.http import DEFAULT, Call, Default, Timeout

from .arguments import check_count, encode_texts
from .caller import AsyncCaller, Caller
from .filters import encode_options
from .keywords import list_keywords_of_methods
from .pending import AsyncPendingClassification, PendingClassification, SampleCall

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Unpack

    from ei_classify_api.models import ClassifiedSample, Job, KerasModelVariant, StartedJob

    from .filters import VariantOptions

DEFAULT_JOB_TIMEOUT_S: Final = 600.0


def sample_call(
    project_id: int,
    sample_id: int,
    variants: Sequence[str],
    options: dict[str, Any],
    timeout: Timeout | Default | None,
) -> Call[ClassifiedSample | StartedJob]:
    """Return the call that classifies a sample, starts a job for it, or fetches the result of that job.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
    """
    check_count("project_id", project_id, 0)
    check_count("sample_id", sample_id, 0)
    request = classify_sample_for_variants.request(
        project_id, sample_id, variants=encode_texts("variants", variants), **encode_options(options)
    )
    operation = classify_sample_for_variants.OPERATION

    def read(content: bytes) -> ClassifiedSample | StartedJob:
        answer = operation.read(content)
        Reports().add(answer.set_aside)
        return answer

    return Call(operation, request, read, timeout)


@list_keywords_of_methods
class Samples(Caller):
    """The sync operations on single samples."""

    @overload
    def classify_sample(
        self,
        sample_id: int,
        *,
        project_id: int | None = None,
        variants: Sequence[KerasModelVariant | str],
        wait: Literal[True] = True,
        job_id: int | None = None,
        job_timeout_s: float | None = DEFAULT_JOB_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> ClassifiedSample: ...

    @overload
    def classify_sample(
        self,
        sample_id: int,
        *,
        project_id: int | None = None,
        variants: Sequence[KerasModelVariant | str],
        wait: Literal[False],
        job_id: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> PendingClassification: ...

    def classify_sample(
        self,
        sample_id: int,
        *,
        project_id: int | None = None,
        variants: Sequence[KerasModelVariant | str],
        wait: bool = True,
        job_id: int | None = None,
        job_timeout_s: float | None = DEFAULT_JOB_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> ClassifiedSample | PendingClassification:
        """Classify one sample with several model variants.

        If the server starts a job, this method follows the job until its result is available. It is safe to
        repeat the call: it changes nothing in the project.

        Args:
            sample_id: The sample's id.
            project_id: The project's id. The default is the client's, or that of the key.
            variants: The model variants, such as `["int8", "float32"]`.
            wait: Whether to wait for the result. If False, a handle with the states of the job and its result
                is returned at once.
            job_id: A job that an earlier, identical call has started, to continue following it.
            job_timeout_s: The longest time to follow a job, in seconds; None for no limit.
            on_state: A function that is called with each state of the job.
            timeout: The timeout of each call, in seconds, as for the client.
            options: How to classify; see `VariantOptions`.

        Raises:
            JobError: The job failed, disappeared, took too long, or left no result; `job_id` is set.
            CallError: A call failed in another way; `job_id` is set if a job had been started.
            InvalidArgumentError: An argument cannot be sent.
        """
        sample_call(
            project_id or 0, sample_id, variants, dict(options), timeout
        )  # checks the arguments first
        project = self._project(project_id)
        call = sample_call(project, sample_id, variants, dict(options), timeout)
        work = SampleCall(call, project, sample_id, self._polling, job_id)
        if job_id is None:
            work.answered(self._send(project, call))
        pending = PendingClassification(work, self._sender)
        return pending.result(timeout_s=job_timeout_s, on_state=on_state) if wait else pending


@list_keywords_of_methods
class AsyncSamples(AsyncCaller):
    """`Samples` for asyncio."""

    @overload
    async def classify_sample(
        self,
        sample_id: int,
        *,
        project_id: int | None = None,
        variants: Sequence[KerasModelVariant | str],
        wait: Literal[True] = True,
        job_id: int | None = None,
        job_timeout_s: float | None = DEFAULT_JOB_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> ClassifiedSample: ...

    @overload
    async def classify_sample(
        self,
        sample_id: int,
        *,
        project_id: int | None = None,
        variants: Sequence[KerasModelVariant | str],
        wait: Literal[False],
        job_id: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> AsyncPendingClassification: ...

    async def classify_sample(
        self,
        sample_id: int,
        *,
        project_id: int | None = None,
        variants: Sequence[KerasModelVariant | str],
        wait: bool = True,
        job_id: int | None = None,
        job_timeout_s: float | None = DEFAULT_JOB_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> ClassifiedSample | AsyncPendingClassification:
        """Classify one sample, like `ClassifyClient.classify_sample`. `on_state` is not a coroutine."""
        sample_call(
            project_id or 0, sample_id, variants, dict(options), timeout
        )  # checks the arguments first
        project = await self._project(project_id)
        call = sample_call(project, sample_id, variants, dict(options), timeout)
        work = SampleCall(call, project, sample_id, self._polling, job_id)
        if job_id is None:
            work.answered(await self._send(project, call))
        pending = AsyncPendingClassification(work, self._sender)
        return await pending.result(timeout_s=job_timeout_s, on_state=on_state) if wait else pending
