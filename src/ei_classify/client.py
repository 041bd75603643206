"""`ClassifyClient` and `AsyncClassifyClient`: two thin drivers over the same machines.

What is sent, what an answer means, which page comes next and how a job is followed stands in the other
modules, without I/O. Here is what differs between the two: how to send, and how to wait.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Generic, Literal, Self, TypeVar, overload

import httpx
from httpx_retries import RetryTransport, aretry_request, retry_request

from ei_classify.errors import ClientClosedError, ConfigurationError
from ei_classify.http.exchange import (
    DEFAULT,
    DEFAULT_TIMEOUT,
    Call,
    Default,
    Secret,
    Timeout,
    Wire,
    find_base_url,
    find_credentials,
)
from ei_classify.http.retries import RetryPolicy
from ei_classify.jobs.watch import PollPolicy
from ei_classify.operations import calls
from ei_classify.operations.parameters import check_count
from ei_classify.operations.samples import AsyncPendingClassification, Classification, PendingClassification
from ei_classify.walking import reading
from ei_classify.walking.reading import AsyncResultIterator, ResultIterator
from ei_classify.walking.walk import Walk

if TYPE_CHECKING:
    import threading
    from collections.abc import AsyncGenerator, Callable, Generator, Sequence
    from types import TracebackType
    from typing import Unpack

    from ei_classify_api.models import ClassifiedSample, ClassifyJobResultPage, Job, KerasModelVariant

    from ei_classify.operations.parameters import PageFilters, VariantOptions
    from ei_classify.outcomes import Outcome, ResultPage
    from ei_classify.tables import Tables
    from ei_classify.walking.walk import Slice

T = TypeVar("T")
P = TypeVar("P", bound="Slice")
H = TypeVar("H", bound=httpx.Client | httpx.AsyncClient)

DEFAULT_PAGE_SIZE = 100
DEFAULT_CONCURRENCY = 4
DEFAULT_JOB_TIMEOUT_S = 600.0


class _Client(Generic[H]):
    """What the two clients have in common: how they are made."""

    _http_type: type[H]

    def __init__(
        self,
        api_key: str | None = None,
        *,
        jwt_token: str | None = None,
        base_url: str | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        retries: int | RetryPolicy | None = None,
        polling: PollPolicy | None = None,
        http_client: H | None = None,
        allow_insecure: bool = False,
    ) -> None:
        """A client; nothing is sent yet.

        Args:
            api_key: A project's API key; else that in EI_API_KEY.
            jwt_token: A user's token, in place of a key.
            base_url: Where the API is; else what EI_API_ENDPOINT says, or Edge Impulse Studio.
            timeout: Seconds for each of: connecting, sending, waiting for the next bytes, and waiting for a
                free connection; or an `httpx.Timeout`; None for no limit. Left out: 30 s, and 10 s for
                connecting; with `http_client`, that client's own.
            retries: The most retries of a call (0 for none), or a `RetryPolicy`.
            polling: How jobs are followed.
            http_client: The HTTP client to send with, for proxies, TLS, HTTP/2 or tests; never closed here.
            allow_insecure: Allow plain http to other hosts than this one, where anyone on the way can read
                the key.

        Raises:
            ConfigurationError: There is no key, or the arguments cannot work.

        """
        secrets = Secret(api_key), Secret(jwt_token)
        del api_key, jwt_token  # no frame of ours shows a key in a traceback
        self._wire = Wire(
            find_base_url(base_url, allow_insecure=allow_insecure),
            find_credentials(*secrets),
            _policy(retries),
            DEFAULT_TIMEOUT if isinstance(timeout, Default) and http_client is None else timeout,
        )
        if not isinstance(polling, PollPolicy | None):
            raise ConfigurationError(f"polling must be a PollPolicy, not {type(polling).__name__}")
        self._polling = polling or PollPolicy()
        if http_client is not None:
            _check_http_client(http_client, self._http_type)
        self._owns_http = http_client is None
        self._http = self._own_http() if http_client is None else http_client

    @property
    def base_url(self) -> str:
        """Where the API is."""
        return self._wire.base_url

    def __repr__(self) -> str:
        if not hasattr(self, "_http"):  # a traceback shows a client whose making failed
            return f"<{type(self).__name__}: not made>"
        return f"<{type(self).__name__}: {self.base_url}{', closed' if self._http.is_closed else ''}>"

    def _own_http(self) -> H:
        # What goes to this host must not take a way round through a proxy, where it could be read.
        return self._http_type(trust_env=not self._wire.is_loopback)

    def _open_http(self) -> H:
        if self._http.is_closed:
            raise ClientClosedError(f"{type(self).__name__} is closed: make a new one")
        return self._http


class ClassifyClient(_Client[httpx.Client]):
    """Reads model-testing results and classifies samples.

    Safe to share between threads. Use it with `with`, or call `close` at the end. Every call may raise a
    `CallError`; which, and what to do, is in `ei_classify.errors`.
    """

    _http_type = httpx.Client

    def page(
        self,
        project_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ClassifyJobResultPage:
        """One page of a classify job's result, as the wire has it.

        Args:
            project_id: The project.
            limit: The most samples that the page may hold. The server may send fewer.
            offset: How many samples to skip.
            timeout: As for the client, for this call.
            filters: Which samples; see `PageFilters`.

        Raises:
            NoResultsError: No classify job has run, or training has cleared its result.
            CallError: The call failed in another way.
            InvalidArgumentError: An argument cannot be sent.

        """
        return self._send(calls.one_page(project_id, limit, offset, dict(filters), timeout))

    def pages(
        self,
        project_id: int,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[ResultPage]:
        """All pages of a classify job's result, in order; no empty ones.

        Args:
            project_id: The project.
            page_size: How many samples to ask for at a time. The server may send fewer; none is lost.
            offset: How many samples to skip at the start.
            concurrency: How many calls may be under way at a time. No more than twice as many pages are held
                in memory.
            timeout: As for the client, for each call.
            filters: Which samples; see `PageFilters`.

        Raises:
            ResultsChangedError: The pages do not make up one whole (while iterating).
            NoResultsError: No classify job has run, or training has cleared its result (while iterating).
            CallError: A call failed in another way (while iterating).
            InvalidArgumentError: An argument cannot be sent.

        """
        walk, items = self._walk(
            project_id, page_size, offset, concurrency, timeout, dict(filters), calls.read_page
        )
        return ResultIterator(walk, items)

    def results(
        self,
        project_id: int,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[Outcome]:
        """The outcome of every sample of a classify job, in order: the sample with its own predictions.

        Arguments and errors are those of `pages`, and:

        Raises:
            UnmatchedPredictionsError: A page has predictions for samples that it does not have.

        """
        walk, items = self._walk(
            project_id, page_size, offset, concurrency, timeout, dict(filters), calls.read_page
        )
        return ResultIterator(walk, reading.outcomes(items))

    def read_pages(
        self,
        project_id: int,
        read: Callable[[int, httpx.Response], P],
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[P]:
        """As `pages`, with pages of another kind: `read` makes one of its offset and its response.

        A page of any kind must tell its `sample_ids` and the `total`. `read` is called where the pages are
        asked for, page after page in order, while the next ones are under way; it raises the errors of
        `ei_classify_api.errors` for a response that is no page.
        """
        walk, items = self._walk(project_id, page_size, offset, concurrency, timeout, dict(filters), read)
        return ResultIterator(walk, items)

    def tables(
        self,
        project_id: int,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> Tables:
        """All results of a classify job as Arrow tables; see `ei_classify.tables`. Needs the extra `tables`.

        Arguments and errors are those of `pages`, and:

        Raises:
            MissingExtraError: pyarrow is not installed.
            UnfitValueError: A value is too large for its column.

        """
        from ei_classify.tables import Collector

        collector = Collector.for_call(project_id, filters)
        pages = self.read_pages(
            project_id,
            collector.read,
            page_size=page_size,
            concurrency=concurrency,
            timeout=timeout,
            **filters,
        )
        with pages:
            for page in pages:
                collector.add(page)
                del page
        return collector.tables()

    @overload
    def classify_sample(
        self,
        project_id: int,
        sample_id: int,
        *,
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
        project_id: int,
        sample_id: int,
        *,
        variants: Sequence[KerasModelVariant | str],
        wait: Literal[False],
        job_id: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> PendingClassification: ...

    def classify_sample(
        self,
        project_id: int,
        sample_id: int,
        *,
        variants: Sequence[KerasModelVariant | str],
        wait: bool = True,
        job_id: int | None = None,
        job_timeout_s: float | None = DEFAULT_JOB_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> ClassifiedSample | PendingClassification:
        """One sample, classified by several model variants.

        Where the server starts a job for it, the job is followed until its result is there. The call may be
        repeated safely: it changes nothing in the project.

        Args:
            project_id: The project.
            sample_id: The sample.
            variants: The model variants, such as `["int8", "float32"]`.
            wait: False to get a handle at once, from which states and result can be had later.
            job_id: A job that was started for the same call before: go on following it.
            job_timeout_s: How long to follow a job, in seconds; None for as long as it takes.
            on_state: Called with each state of the job that is seen.
            timeout: As for the client, for each call.
            options: How to classify; see `VariantOptions`.

        Raises:
            JobError: The job failed, vanished, took too long, or left no result. It carries the job's id.
            CallError: A call failed in another way; `job_id` is set if there was a job by then.
            InvalidArgumentError: An argument cannot be sent.

        """
        work = Classification(project_id, sample_id, variants, dict(options), timeout, self._polling, job_id)
        if job_id is None:
            work.take(self._send(work.call))
        pending = PendingClassification(work, self._send)
        return pending.result(timeout_s=job_timeout_s, on_state=on_state) if wait else pending

    def job(self, project_id: int, job_id: int, *, timeout: Timeout | Default | None = DEFAULT) -> Job:
        """The state of a job.

        Raises:
            CallError: The call failed.

        """
        return self._send(calls.job_status(project_id, job_id, timeout))

    def close(self) -> None:
        """Close the connections, unless they are those of a client that was handed in."""
        if self._owns_http:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _send(self, call: Call[T]) -> T:
        return self._fetch(call)()

    def _fetch(self, call: Call[T], stop: threading.Event | None = None) -> Callable[[], T]:
        http = self._open_http()
        with self._wire.exchange(call, stop) as exchange:
            return exchange.receive(retry_request(http, **exchange.arguments))

    def _walk(
        self,
        project_id: int,
        page_size: int,
        offset: int,
        concurrency: int,
        timeout: Timeout | Default | None,
        filters: dict[str, Any],
        read: Callable[[int, httpx.Response], P],
    ) -> tuple[Walk[P], Generator[P, None, None]]:
        call = calls.pages_of_walk(project_id, filters, timeout, read)
        walk: Walk[P] = _walk(page_size, offset, concurrency)
        return walk, reading.pages(walk, lambda request, stop: self._fetch(call(request), stop))


class AsyncClassifyClient(_Client[httpx.AsyncClient]):
    """`ClassifyClient` for asyncio: the same names and arguments, with `async with`, `async for` and `await`.

    To be used in one event loop; any number of its tasks may share it.
    """

    _http_type = httpx.AsyncClient

    def _own_http(self) -> httpx.AsyncClient:
        # httpx would import this in the middle of its first call, and hold up the event loop meanwhile.
        with contextlib.suppress(ImportError):  # it is anyio's own affair where that is
            import anyio._backends._asyncio  # noqa: F401
        return super()._own_http()

    async def page(
        self,
        project_id: int,
        *,
        limit: int | None = None,
        offset: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ClassifyJobResultPage:
        """As `ClassifyClient.page`."""
        return await self._send(calls.one_page(project_id, limit, offset, dict(filters), timeout))

    def pages(
        self,
        project_id: int,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[ResultPage]:
        """As `ClassifyClient.pages`."""
        walk, items = self._walk(
            project_id, page_size, offset, concurrency, timeout, dict(filters), calls.read_page
        )
        return AsyncResultIterator(walk, items)

    def results(
        self,
        project_id: int,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[Outcome]:
        """As `ClassifyClient.results`."""
        walk, items = self._walk(
            project_id, page_size, offset, concurrency, timeout, dict(filters), calls.read_page
        )
        return AsyncResultIterator(walk, reading.async_outcomes(items))

    def read_pages(
        self,
        project_id: int,
        read: Callable[[int, httpx.Response], P],
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[P]:
        """As `ClassifyClient.read_pages`."""
        walk, items = self._walk(project_id, page_size, offset, concurrency, timeout, dict(filters), read)
        return AsyncResultIterator(walk, items)

    async def tables(
        self,
        project_id: int,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> Tables:
        """As `ClassifyClient.tables`."""
        from ei_classify.tables import Collector

        collector = Collector.for_call(project_id, filters)
        pages = self.read_pages(
            project_id,
            collector.read,
            page_size=page_size,
            concurrency=concurrency,
            timeout=timeout,
            **filters,
        )
        async with pages:
            async for page in pages:
                collector.add(page)
                del page
        return collector.tables()

    @overload
    async def classify_sample(
        self,
        project_id: int,
        sample_id: int,
        *,
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
        project_id: int,
        sample_id: int,
        *,
        variants: Sequence[KerasModelVariant | str],
        wait: Literal[False],
        job_id: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> AsyncPendingClassification: ...

    async def classify_sample(
        self,
        project_id: int,
        sample_id: int,
        *,
        variants: Sequence[KerasModelVariant | str],
        wait: bool = True,
        job_id: int | None = None,
        job_timeout_s: float | None = DEFAULT_JOB_TIMEOUT_S,
        on_state: Callable[[Job], object] | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **options: Unpack[VariantOptions],
    ) -> ClassifiedSample | AsyncPendingClassification:
        """As `ClassifyClient.classify_sample`; `on_state` is a plain function here too."""
        work = Classification(project_id, sample_id, variants, dict(options), timeout, self._polling, job_id)
        if job_id is None:
            work.take(await self._send(work.call))
        pending = AsyncPendingClassification(work, self._send)
        return await pending.result(timeout_s=job_timeout_s, on_state=on_state) if wait else pending

    async def job(self, project_id: int, job_id: int, *, timeout: Timeout | Default | None = DEFAULT) -> Job:
        """As `ClassifyClient.job`."""
        return await self._send(calls.job_status(project_id, job_id, timeout))

    async def aclose(self) -> None:
        """As `ClassifyClient.close`."""
        if self._owns_http:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def _send(self, call: Call[T]) -> T:
        return (await self._fetch(call))()

    async def _fetch(self, call: Call[T]) -> Callable[[], T]:
        http = self._open_http()
        with self._wire.exchange(call) as exchange:
            return exchange.receive(await aretry_request(http, **exchange.arguments))

    def _walk(
        self,
        project_id: int,
        page_size: int,
        offset: int,
        concurrency: int,
        timeout: Timeout | Default | None,
        filters: dict[str, Any],
        read: Callable[[int, httpx.Response], P],
    ) -> tuple[Walk[P], AsyncGenerator[P, None]]:
        call = calls.pages_of_walk(project_id, filters, timeout, read)
        walk: Walk[P] = _walk(page_size, offset, concurrency)
        return walk, reading.async_pages(walk, lambda request: self._fetch(call(request)))


def _walk(page_size: int, offset: int, concurrency: int) -> Walk[Any]:
    check_count("page_size", page_size, 1)
    check_count("offset", offset, 0)
    check_count("concurrency", concurrency, 1)
    return Walk(limit=page_size, offset=offset, concurrency=concurrency)


def _policy(retries: object) -> RetryPolicy:
    if retries is None:
        return RetryPolicy()
    if isinstance(retries, int) and not isinstance(retries, bool):
        return RetryPolicy(retries=retries)
    if not isinstance(retries, RetryPolicy):
        raise ConfigurationError(f"retries must be a number or a RetryPolicy, not {type(retries).__name__}")
    return retries


def _check_http_client(http: object, kind: type) -> None:
    if not isinstance(http, kind):
        raise ConfigurationError(f"http_client must be an httpx.{kind.__name__}, not {type(http).__name__}")
    transports = [getattr(http, "_transport", None), *getattr(http, "_mounts", {}).values()]
    if any(isinstance(transport, RetryTransport) for transport in transports):
        raise ConfigurationError(
            "http_client retries by itself, and each retry would be retried: hand in one without "
            "RetryTransport, and set retries= here"
        )
