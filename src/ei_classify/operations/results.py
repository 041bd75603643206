"""`page`, `pages`, `results`, `raw_pages`, `read_pages` and `tables`: the results of a classify job."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ei_classify.decoding import raw_page_reader
from ei_classify.errors import NoResultsError, UnmatchedPredictionsError
from ei_classify.http import DEFAULT, Default, Timeout
from ei_classify.progress import watch
from ei_classify.walking import (
    AsyncResultIterator,
    Page,
    ResultIterator,
    ThreadedPages,
    Walk,
    pages_in_tasks,
)

from .caller import AsyncCaller, Caller
from .filters import variants_of
from .keywords import list_keywords_of_methods
from .page_calls import absence, lazy_calls_of_walk, new_walk, page_call, page_reader, whole_call

if TYPE_CHECKING:
    import threading
    from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Mapping
    from typing import Unpack

    from ei_classify_api.models import ClassifyJobResultPage

    from ei_classify.decoding import RawPage
    from ei_classify.outcomes import Outcome, ResultPage
    from ei_classify.progress import ProgressOption
    from ei_classify.tables import Tables
    from ei_classify.walking import PageRequest

    from .filters import PageFilters, SampleFilters, Variants

P = TypeVar("P", bound=Page)
T = TypeVar("T")

DEFAULT_PAGE_SIZE: Final = 100
DEFAULT_CONCURRENCY: Final = 4


def outcomes_of(page: ResultPage) -> list[Outcome]:
    """Return the outcomes of a page.

    Raises:
        UnmatchedPredictionsError: The page has predictions for samples that it does not contain.
    """
    if unmatched := page.unmatched:
        ids = [prediction.sample_id for prediction in unmatched]
        raise UnmatchedPredictionsError.of_page(page, page.offset, ids, unmatched)
    return page.outcomes


def _outcomes(pages: Generator[ResultPage, None, None]) -> Generator[Outcome, None, None]:
    try:
        for page in pages:
            yield from outcomes_of(page)
            del page
    finally:
        pages.close()


async def _async_outcomes(pages: AsyncGenerator[ResultPage, None]) -> AsyncGenerator[Outcome, None]:
    try:
        async for page in pages:
            for outcome in outcomes_of(page):
                yield outcome
            del page
    finally:
        await pages.aclose()


@list_keywords_of_methods
class Results(Caller):
    """The sync operations that read the results of a classify job."""

    def page(
        self,
        project_id: int | None = None,
        *,
        limit: int | None = None,
        offset: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ClassifyJobResultPage:
        """Return a single page of a classify job's result, as the API sends it.

        Args:
            project_id: The project's id. The default is the client's, or that of the key.
            limit: The maximum number of samples in the page. The server may send fewer.
            offset: The number of samples to skip.
            timeout: The timeout of this call, in seconds, as for the client.
            filters: Which samples to read; see `PageFilters`.

        Raises:
            NoResultsError: No classify job has run, or training has cleared its result.
            CallError: The call failed in another way.
            InvalidArgumentError: An argument cannot be sent.
        """
        page_call(
            project_id or 0, limit, offset, dict(filters), timeout
        )  # checks the arguments before anything is sent
        project = self._project(project_id)
        call = page_call(project, limit, offset, dict(filters), timeout)
        with self._explained_absence(project, filters):
            return self._send(project, call)

    def pages(
        self,
        project_id: int | None = None,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[ResultPage]:
        """Iterate over all pages of a classify job's result, in order. Empty pages are left out.

        Args:
            project_id: The project's id. The default is the client's, or that of the key.
            page_size: The number of samples to request per page. If the server sends fewer, none is lost.
            offset: The number of samples to skip at the start.
            concurrency: The maximum number of calls in progress at a time. At most twice as many pages are
                held in memory.
            timeout: The timeout of each call, in seconds, as for the client.
            progress: True for a line on stderr that says how far the read is, or a function that gets a
                `ReadProgress` after each page.
            filters: Which samples to read; see `PageFilters`.

        Raises:
            ResultsChangedError: The pages do not fit together (while iterating).
            NoResultsError: No classify job has run, or training has cleared its result (while iterating).
            CallError: A call failed in another way (while iterating).
            InvalidArgumentError: An argument cannot be sent.
        """
        return self.read_pages(
            project_id,
            page_reader(),
            page_size=page_size,
            offset=offset,
            concurrency=concurrency,
            timeout=timeout,
            progress=progress,
            **filters,
        )

    def results(
        self,
        project_id: int | None = None,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[Outcome]:
        """Iterate over the outcomes of all samples of a classify job, in order.

        An outcome is a sample with its own predictions. The arguments are those of `pages`.

        Raises:
            UnmatchedPredictionsError: A page has predictions for samples that it does not contain (while
                iterating).
            CallError: As for `pages`, which lists the other errors too.
        """
        walk, pages = self._walk(
            project_id, page_reader(), page_size, offset, concurrency, timeout, dict(filters), progress
        )
        outcomes = self._explaining(_outcomes(pages.pages()), project_id, filters)
        return ResultIterator(walk, outcomes, pages.join)

    def raw_pages(
        self,
        project_id: int | None = None,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[RawPage]:
        """Iterate over all pages as the server sent them, in order. Empty pages are left out.

        A page needs ids and well-formed JSON; nothing else in it has to fit the contract. The arguments and
        the errors are those of `pages`.
        """
        return self.read_pages(
            project_id,
            raw_page_reader(),
            page_size=page_size,
            offset=offset,
            concurrency=concurrency,
            timeout=timeout,
            progress=progress,
            **filters,
        )

    def read_pages(
        self,
        project_id: int | None,
        read: Callable[[int, bytes], P],
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        end: int | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> ResultIterator[P]:
        """Iterate over all pages, like `pages`, with page objects that `read` creates.

        `read` gets the offset of a page and its body, as JSON. The object that it returns has two attributes:
        `sample_ids`, the ids of the page's samples, and `total`, the number of samples over all pages or
        None. `read` is called in the thread that iterates, for one page after another and in order, while the
        calls for the next pages are in progress. With `end`, no page is requested beyond that offset.

        If a body is not a page, `read` must raise `ei_classify_api.errors.MismatchError`. The iterator then
        raises a `RefusedError` for a body with `success: false`, and a `DecodeError` for any other.
        """
        walk, pages = self._walk(
            project_id, read, page_size, offset, concurrency, timeout, dict(filters), progress, end
        )
        return ResultIterator(walk, self._explaining(pages.pages(), project_id, filters), pages.join)

    def tables(
        self,
        project_id: int | None = None,
        *,
        variant: Variants = None,
        page_size: int = DEFAULT_PAGE_SIZE,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[SampleFilters],
    ) -> Tables:
        """Read all results of a classify job, and return them as Arrow tables; see `ei_classify.tables`.

        This needs the extra `tables`.

        Args:
            project_id: The project's id. The default is the client's, or that of the key.
            variant: A model variant, such as `int8`, or several, which are read one after the other; by
                default, the server chooses. The column `variant` of each table tells them apart.
            page_size: The number of samples to request per page.
            concurrency: The maximum number of calls in progress at a time.
            timeout: The timeout of each call, in seconds, as for the client.
            progress: True for a line on stderr that says how far the read is, or a function that gets a
                `ReadProgress` after each page.
            filters: Which samples to read; see `SampleFilters`.

        Raises:
            MissingExtraError: pyarrow is not installed.
            UnfitValueError: A value is too large for its column.
            CallError: As for `pages`, which lists the other errors too.
        """
        from ei_classify.tables import Collector, Run, Tables

        project_id = self._project(project_id)
        parts = []
        for name in variants_of(variant):
            asked: PageFilters = {**filters, "variant": name}
            collector = Collector(Run.for_call(project_id, asked))
            pages = self.read_pages(
                project_id,
                collector.read,
                page_size=page_size,
                concurrency=concurrency,
                timeout=timeout,
                progress=progress,
                **asked,
            )
            with pages:
                for page in pages:
                    collector.add(page)
                    del page
            parts.append(collector.tables())
        return parts[0] if len(parts) == 1 else Tables.concat(parts)

    def _walk(
        self,
        project_id: int | None,
        read: Callable[[int, bytes], P],
        page_size: int,
        offset: int,
        concurrency: int,
        timeout: Timeout | Default | None,
        filters: dict[str, Any],
        progress: ProgressOption,
        end: int | None = None,
    ) -> tuple[Walk[P], ThreadedPages[P]]:
        call = lazy_calls_of_walk(project_id, filters, timeout, read)
        walk: Walk[P] = new_walk(page_size, offset, concurrency, watch(progress, filters.get("variant")), end)

        def fetch(request: PageRequest, stop: threading.Event) -> Callable[[], P]:
            project = self._project(project_id)
            return self._fetch(project, call(project)(request), stop)

        return walk, ThreadedPages(walk, fetch)

    def _explaining(
        self, items: Generator[T, None, None], project_id: int | None, filters: Mapping[str, Any]
    ) -> Generator[T, None, None]:
        with self._explained_absence(project_id, filters):
            yield from items

    @contextlib.contextmanager
    def _explained_absence(self, project_id: int | None, filters: Mapping[str, Any]) -> Iterator[None]:
        """If there are no results in this block, ask why."""
        try:
            yield
        except NoResultsError as error:
            project = self._project(project_id)
            try:
                whole = self._send(project, whole_call(project, filters))
            except Exception:  # whatever it is, it must not hide that there are none
                raise error from error.__cause__
            raise absence(error, whole) from error.__cause__


@list_keywords_of_methods
class AsyncResults(AsyncCaller):
    """`Results` for asyncio."""

    async def page(
        self,
        project_id: int | None = None,
        *,
        limit: int | None = None,
        offset: int | None = None,
        timeout: Timeout | Default | None = DEFAULT,
        **filters: Unpack[PageFilters],
    ) -> ClassifyJobResultPage:
        """Return a single page, like `ClassifyClient.page`."""
        page_call(project_id or 0, limit, offset, dict(filters), timeout)
        project = await self._project(project_id)
        call = page_call(project, limit, offset, dict(filters), timeout)
        try:
            return await self._send(project, call)
        except NoResultsError as error:
            raise await self._absence(error, project, filters) from error.__cause__

    def pages(
        self,
        project_id: int | None = None,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[ResultPage]:
        """Iterate over all pages, like `ClassifyClient.pages`."""
        return self.read_pages(
            project_id,
            page_reader(),
            page_size=page_size,
            offset=offset,
            concurrency=concurrency,
            timeout=timeout,
            progress=progress,
            **filters,
        )

    def results(
        self,
        project_id: int | None = None,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[Outcome]:
        """Iterate over the outcomes of all samples, like `ClassifyClient.results`."""
        walk, pages = self._walk(
            project_id, page_reader(), page_size, offset, concurrency, timeout, dict(filters), progress
        )
        return AsyncResultIterator(walk, self._explaining(_async_outcomes(pages), project_id, filters))

    def raw_pages(
        self,
        project_id: int | None = None,
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[RawPage]:
        """Iterate over all pages as the server sent them, like `ClassifyClient.raw_pages`."""
        return self.read_pages(
            project_id,
            raw_page_reader(),
            page_size=page_size,
            offset=offset,
            concurrency=concurrency,
            timeout=timeout,
            progress=progress,
            **filters,
        )

    def read_pages(
        self,
        project_id: int | None,
        read: Callable[[int, bytes], P],
        *,
        page_size: int = DEFAULT_PAGE_SIZE,
        offset: int = 0,
        end: int | None = None,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[PageFilters],
    ) -> AsyncResultIterator[P]:
        """Iterate over all pages, like `ClassifyClient.read_pages`. `read` is not a coroutine."""
        walk, pages = self._walk(
            project_id, read, page_size, offset, concurrency, timeout, dict(filters), progress, end
        )
        return AsyncResultIterator(walk, self._explaining(pages, project_id, filters))

    async def tables(
        self,
        project_id: int | None = None,
        *,
        variant: Variants = None,
        page_size: int = DEFAULT_PAGE_SIZE,
        concurrency: int = DEFAULT_CONCURRENCY,
        timeout: Timeout | Default | None = DEFAULT,
        progress: ProgressOption = False,
        **filters: Unpack[SampleFilters],
    ) -> Tables:
        """Return all results as Arrow tables, like `ClassifyClient.tables`."""
        from ei_classify.tables import Collector, Run, Tables

        project_id = await self._project(project_id)
        parts = []
        for name in variants_of(variant):
            asked: PageFilters = {**filters, "variant": name}
            collector = Collector(Run.for_call(project_id, asked))
            pages = self.read_pages(
                project_id,
                collector.read,
                page_size=page_size,
                concurrency=concurrency,
                timeout=timeout,
                progress=progress,
                **asked,
            )
            async with pages:
                async for page in pages:
                    collector.add(page)
                    del page
            parts.append(collector.tables())
        return parts[0] if len(parts) == 1 else Tables.concat(parts)

    def _walk(
        self,
        project_id: int | None,
        read: Callable[[int, bytes], P],
        page_size: int,
        offset: int,
        concurrency: int,
        timeout: Timeout | Default | None,
        filters: dict[str, Any],
        progress: ProgressOption,
        end: int | None = None,
    ) -> tuple[Walk[P], AsyncGenerator[P, None]]:
        call = lazy_calls_of_walk(project_id, filters, timeout, read)
        walk: Walk[P] = new_walk(page_size, offset, concurrency, watch(progress, filters.get("variant")), end)

        async def fetch(request: PageRequest) -> Callable[[], P]:
            project = await self._project(project_id)
            return await self._fetch(project, call(project)(request))

        return walk, pages_in_tasks(walk, fetch)

    async def _explaining(
        self, items: AsyncGenerator[T, None], project_id: int | None, filters: Mapping[str, Any]
    ) -> AsyncGenerator[T, None]:
        try:
            async with contextlib.aclosing(items):
                async for item in items:
                    yield item
        except NoResultsError as error:
            raise await self._absence(error, await self._project(project_id), filters) from error.__cause__

    async def _absence(
        self, error: NoResultsError, project_id: int, filters: Mapping[str, Any]
    ) -> NoResultsError:
        """Return the error, or a better one if the server says why there are no results."""
        try:
            whole = await self._send(project_id, whole_call(project_id, filters))
        except Exception:  # whatever it is, it must not hide that there are none
            return error
        return absence(error, whole)
