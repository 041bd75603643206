"""Iterators over pages and outcomes: `paging.Walk`, driven with several calls under way.

The sync iterator fetches ahead in threads, the async one in tasks. A page is read where it is handed out,
with the next ones under way. With `concurrency=1` nothing is fetched before it is asked for.
"""

from __future__ import annotations

import asyncio
import functools
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, Self, TypeVar

from ei_classify.errors import UnmatchedPredictionsError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from types import TracebackType

    from ei_classify.outcomes import Outcome, ResultPage

    from .walk import PageRequest, Slice, Walk

T_co = TypeVar("T_co", covariant=True)
P = TypeVar("P", bound="Slice")
F = TypeVar("F", "Future[Any]", "asyncio.Future[Any]")
_A = ParamSpec("_A")
_T = TypeVar("_T")


class _Progress:
    """What an iterator tells of its walk."""

    def __init__(self, walk: Walk[Any]) -> None:
        self._walk = walk

    @property
    def total(self) -> int | None:
        """The number of samples over all pages.

        None until the first page has come, and with a server that does not tell.
        """
        return self._walk.total

    def __repr__(self) -> str:
        total = "unknown" if self.total is None else self.total
        return f"<{type(self).__name__}: sample {self._walk.offset} of {total}>"


class ResultIterator(_Progress, Iterator[T_co], Generic[T_co]):
    """The pages, or the outcomes of all samples, in order.

    To leave early, use it with `with` or call `close`: both begin no further call and wait for those under
    way, which their timeouts bound. One thread at a time may use it.
    """

    def __init__(self, walk: Walk[Any], items: Generator[T_co, None, None]) -> None:
        super().__init__(walk)
        self._items = items

    def __next__(self) -> T_co:
        return next(self._items)

    def close(self) -> None:
        """End the walk."""
        self._items.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncResultIterator(_Progress, AsyncIterator[T_co], Generic[T_co]):
    """The pages, or the outcomes of all samples, in order.

    To leave early, use it with `async with` or call `aclose`: both cancel the calls under way. One task at a
    time may use it.
    """

    def __init__(self, walk: Walk[Any], items: AsyncGenerator[T_co, None]) -> None:
        super().__init__(walk)
        self._items = items

    def __anext__(self) -> Awaitable[T_co]:
        return anext(self._items)

    async def aclose(self) -> None:
        """End the walk."""
        await self._items.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def pages(
    walk: Walk[P], fetch: Callable[[PageRequest, threading.Event], Callable[[], P]]
) -> Generator[P, None, None]:
    """The pages of a walk; `fetch` gets what reads one, and the event tells it to stop."""
    stop = threading.Event()
    begin = _in_this_thread if walk.concurrency == 1 else _in_its_own_thread
    under_way: dict[Future[Callable[[], P]], PageRequest] = {}
    try:
        while not walk.over:
            _tell(walk, under_way)
            for request in walk.requests(walk.concurrency - len(under_way)):
                under_way[begin(fetch, request, stop)] = request
            if (page := walk.take()) is not None:
                yield page
                del page  # or it would be in memory while the next one is read
            elif not walk.over:
                wait(under_way, return_when=FIRST_COMPLETED)
    finally:
        stop.set()
        walk.end()
        if not _in_a_hurry():
            wait(under_way)


async def async_pages(
    walk: Walk[P], fetch: Callable[[PageRequest], Awaitable[Callable[[], P]]]
) -> AsyncGenerator[P, None]:
    """The pages of a walk; `fetch` gets what reads one."""
    # Not a task group: that may not be held open across a yield, and would wrap each error in a group.
    under_way: dict[asyncio.Future[Callable[[], P]], PageRequest] = {}
    try:
        while not walk.over:
            _tell(walk, under_way)
            for request in walk.requests(walk.concurrency - len(under_way)):
                under_way[asyncio.ensure_future(fetch(request))] = request
            # Reading a page holds up the loop, so the requests go out before. httpx takes two turns for that.
            for _ in range(3):
                await asyncio.sleep(0)
            if (page := walk.take()) is not None:
                yield page
                del page  # or it would be in memory while the next one is read
            elif not walk.over:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    finally:
        walk.end()
        for future in under_way:
            future.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


def outcomes(pages: Generator[ResultPage, None, None]) -> Generator[Outcome, None, None]:
    """The outcomes of all pages."""
    try:
        for page in pages:
            yield from _sound(page)
            del page
    finally:
        pages.close()


async def async_outcomes(pages: AsyncGenerator[ResultPage, None]) -> AsyncGenerator[Outcome, None]:
    """The outcomes of all pages."""
    try:
        async for page in pages:
            for outcome in _sound(page):
                yield outcome
            del page
    finally:
        await pages.aclose()


def _tell(walk: Walk[P], under_way: dict[F, PageRequest]) -> None:
    """Tell the walk what has come, and give up what it wants no more."""
    for future in [each for each in under_way if each.done()]:
        request = under_way.pop(future)
        if not future.cancelled():
            try:
                walk.received(request, future.result())
            except Exception as error:
                walk.failed(request, error)
    for future, request in under_way.items():
        if not walk.wants(request):
            future.cancel()


def _sound(page: ResultPage) -> list[Outcome]:
    if page.unmatched:
        ids = ", ".join(sorted({str(prediction.sample_id) for prediction in page.unmatched})[:5])
        raise UnmatchedPredictionsError(
            f"the page at offset {page.offset} has {len(page.unmatched)} predictions for samples that are "
            f"not in it (among them {ids}), so what it says of its own samples may be incomplete. "
            "Use pages() to read it all the same.",
            predictions=page.unmatched,
            page=page,
        )
    return page.outcomes


def _in_this_thread(call: Callable[_A, _T], *args: _A.args, **kwargs: _A.kwargs) -> Future[_T]:
    future: Future[_T] = Future()
    try:
        future.set_result(call(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)
    return future


def _in_its_own_thread(call: Callable[_A, _T], *args: _A.args, **kwargs: _A.kwargs) -> Future[_T]:
    future: Future[_T] = Future()
    future.set_running_or_notify_cancel()  # from here on it cannot be cancelled
    _CallThread(
        target=_settle,
        args=(future, functools.partial(call, *args, **kwargs)),
        name="ei-classify",
        daemon=True,
    ).start()
    return future


class _CallThread(threading.Thread):
    """The thread of a call. Of no pool, for whose threads the interpreter waits at its end."""


def _settle(future: Future[_T], call: Callable[[], _T]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:
        future.set_exception(error)
    finally:
        del future, call  # or an error would hold itself, by its traceback


def _in_a_hurry() -> bool:
    """Whether waiting for calls would be unwanted, which it is after Ctrl-C, or would never end.

    It would not in a call's own thread, where the garbage collector may close an iterator, nor at the end of
    the interpreter.
    """
    error = sys.exc_info()[1]
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None or isinstance(threading.current_thread(), _CallThread) or sys.is_finalizing()
