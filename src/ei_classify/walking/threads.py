"""Drives a walk with several calls in progress, each in its own thread.

A page is decoded when it is returned, while the calls for the next pages are in progress. With a concurrency
of 1, no page is fetched before it is needed.
"""

from __future__ import annotations

import functools
import threading
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from .arrivals import report
from .walk import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from .walk import PageRequest, Walk

T = TypeVar("T")
P = TypeVar("P", bound=Page)


class ThreadedPages(Generic[P]):
    """The pages of a walk, fetched in threads."""

    def __init__(
        self, walk: Walk[P], fetch: Callable[[PageRequest, threading.Event], Callable[[], P]]
    ) -> None:
        """Prepare a walk. `fetch` returns a function that decodes a page, and stops once the event is set."""
        self.walk = walk
        self._fetch = fetch
        self._stop = threading.Event()
        self._under_way: dict[Future[Callable[[], P]], PageRequest] = {}
        self._begin = _in_this_thread if walk.concurrency == 1 else _in_its_own_thread

    def pages(self) -> Generator[P, None, None]:
        """Yield the pages, in order. If one fails, stop the calls in progress and wait for them."""
        walk = self.walk
        try:
            while not walk.over:
                report(walk, self._under_way)
                for request in walk.requests(walk.concurrency - len(self._under_way)):
                    begun = self._begin(functools.partial(self._fetch, request, self._stop))
                    self._under_way[begun] = request
                if (page := walk.take()) is not None:
                    yield page
                    del page  # otherwise it stays in memory while the next page is decoded
                elif not walk.over:
                    wait(self._under_way, return_when=FIRST_COMPLETED)
        except Exception:
            self._end()
            self.join()
            raise
        finally:
            self._end()
        self.join()

    def join(self) -> None:
        """Wait for the calls in progress, which stop when the walk ends, and release their answers."""
        wait(self._under_way)
        self._under_way.clear()

    def _end(self) -> None:
        self._stop.set()
        self.walk.end()


Task: TypeAlias = "Callable[[], T]"


def _in_this_thread(call: Task[T]) -> Future[T]:
    future: Future[T] = Future()
    try:
        future.set_result(call())
    except Exception as error:
        future.set_exception(error)
    return future


def _in_its_own_thread(call: Task[T]) -> Future[T]:
    # Not a pool: when the interpreter exits, it waits for the threads of pools.
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # now it can no longer be cancelled
    threading.Thread(target=_settle, args=(future, call), name="ei-classify", daemon=True).start()
    return future


def _settle(future: Future[T], call: Task[T]) -> None:
    try:
        future.set_result(call())
    except BaseException as error:
        future.set_exception(error)
    finally:
        del future, call  # otherwise an error refers to itself through its traceback
