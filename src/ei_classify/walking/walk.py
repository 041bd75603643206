"""Which page to ask for next, when to stop, and what is amiss: a machine without I/O.

`Walk` is told what arrives and says what to ask for. It keeps to three rules:

- The next offset counts the samples received, not those asked for. A server that sends fewer than the limit
  costs more calls, and never a sample.
- Where the server tells a total, the walk ends when that many were received. Where it does not, only an empty
  page ends it.
- Pages ahead are asked for at guessed offsets. A guess that turns out wrong is thrown away unread, so that
  the pages handed out are the same with every degree of concurrency. How far the guesses reach grows with
  each right one, so that wrong ones cost no more calls than right ones have saved waits.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from attrs import frozen

from ei_classify.errors import ResultsChangedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Slice(Protocol):
    """All that a walk needs to know of a page."""

    @property
    def sample_ids(self) -> Sequence[int]:
        """The ids of the page's samples."""

    @property
    def total(self) -> int | None:
        """The number of samples over all pages, if the server tells it."""


P = TypeVar("P", bound=Slice)

_LARGEST_ID = (1 << 63) - 1


@frozen(eq=False)
class PageRequest:
    """A page to ask for."""

    offset: int
    limit: int


class Walk(Generic[P]):
    """A walk over all pages.

    Repeat until `over`: ask for all of `requests(free)`, tell what comes with `received` or `failed`, in any
    order, and hand out what `take` gives. With no more than `concurrency` requests under way at a time, no
    more than twice as many, less one, are under way or have come and wait for one before them.
    """

    def __init__(self, *, limit: int, concurrency: int = 1, offset: int = 0) -> None:
        """A walk from `offset` on, with pages of `limit` samples, `concurrency` of them at a time."""
        self.offset = offset
        """How many samples lie before the next page to hand out."""
        self.total: int | None = None
        """The number of samples over all pages, once the server has told it."""
        self.over = False
        """Whether there is nothing more to hand out."""
        self.concurrency = concurrency
        """How many requests may be under way at a time."""
        self._start = offset
        self._limit = limit
        self._step = limit  # how many samples the next pages are expected to have
        self._most_ahead = 2 * concurrency - 1
        self._window = 1  # how many pages may be under way or held now
        self._wanted: dict[int, PageRequest] = {}  # asked for and not yet taken, by offset
        self._arrived: dict[int, Callable[[], P]] = {}
        self._failed: dict[int, Exception] = {}
        self._first_ids: list[int] | None = None
        self._seen = SeenIds()

    def requests(self, free: int) -> list[PageRequest]:
        """The pages to ask for now, beyond those that are under way: at most `free`."""
        new: list[PageRequest] = []
        if self.over:
            return new
        for offset in range(self.offset, self.offset + self._window * self._step, self._step):
            if offset > self.offset and self.total is not None and offset >= self.total:
                break
            if offset not in self._wanted:
                if len(new) >= free:
                    break
                self._wanted[offset] = PageRequest(offset, self._limit)
                new.append(self._wanted[offset])
            if offset in self._failed:
                break  # the walk ends here, or this is a wrong guess: nothing beyond is worth asking for yet
        return new

    def wants(self, request: PageRequest) -> bool:
        """Whether the answer to a request is still of use; a guess that turned out wrong is not."""
        return not self.over and self._wanted.get(request.offset) is request

    def received(self, request: PageRequest, read: Callable[[], P]) -> None:
        """A page has come; `read` gives it. It is called when it is the page's turn, if that comes."""
        if self.wants(request):
            self._arrived[request.offset] = read

    def failed(self, request: PageRequest, error: Exception) -> None:
        """A page cannot be had."""
        if self.wants(request):
            self._failed[request.offset] = error

    def take(self) -> P | None:
        """The next page in order, or None if it has not come yet or the walk is over.

        Raises:
            ResultsChangedError: The page does not go with those before it. The walk is over.
            Exception: What `failed` was told of the page, or reading it raised. The walk is over.

        """
        if self.over or (self.offset not in self._arrived and self.offset not in self._failed):
            return None
        try:
            if self.offset in self._failed:
                raise self._failed[self.offset]
            page = self._arrived.pop(self.offset)()  # in no variable: a traceback would show what has come
            ids = page.sample_ids
            self._check(page, ids)
        except Exception:
            self.end()
            raise
        self._advance(ids)
        return page if ids else None

    def end(self) -> None:
        """Nothing more is wanted. What has come and was not handed out is let go."""
        self.over = True
        self._wanted.clear()
        self._arrived.clear()
        self._failed.clear()

    def _check(self, page: P, ids: Sequence[int]) -> None:
        told, total = page.total, self.total
        if told is not None and total is not None and told != total:
            raise self._changed(f"the total was {total} and is now {told}", page)
        total = self.total = told if told is not None else total
        if not ids:
            if total is not None and self.offset < total:
                raise self._changed(f"the page is empty, before the total of {total} samples", page)
            return
        if self._first_ids is not None and list(ids) == self._first_ids:
            raise self._changed(
                f"the samples of the first page came again, so the server ignores the offset {self.offset}",
                page,
            )
        if strange := [each for each in ids if not -_LARGEST_ID <= each <= _LARGEST_ID]:
            raise self._changed(f"the sample id {strange[0]} is too large for any server to mean it", page)
        if total is not None and self.offset + len(ids) > total:
            last = self.offset + len(ids)
            raise self._changed(f"there are {last} samples or more, and the total says {total}", page)
        if (repeated := self._seen.add(ids)) is not None:
            raise self._changed(f"sample {repeated} came a second time", page)
        if self._first_ids is None:
            self._first_ids = list(ids)

    def _advance(self, ids: Sequence[int]) -> None:
        count, first = len(ids), self.offset == self._start
        del self._wanted[self.offset]
        self.offset += count
        if not count or (self.total is not None and self.offset >= self.total):
            self.end()
        elif first and self.total is not None:
            self._step, self._window = count, self._most_ahead
        elif count == self._step:
            self._window = min(self._window + 1, self._most_ahead)
        else:  # the pages ahead were asked for at wrong offsets: begin again, with care
            self._step, self._window = count, 1
            self._wanted = {at: one for at, one in self._wanted.items() if at == self.offset}
            self._arrived = {at: one for at, one in self._arrived.items() if at == self.offset}
            self._failed = {at: one for at, one in self._failed.items() if at == self.offset}

    def _changed(self, what: str, page: P) -> ResultsChangedError:
        read = self.offset - self._start
        return ResultsChangedError(what, offset=self.offset, samples_read=read, page=page)


class SeenIds:
    """A set of ids in 8 bytes each, for millions of them.

    Sorted arrays, of which each is at least twice as long as the next up to `_MERGED`: few to search, and
    cheap to extend.
    """

    _MERGED = 1 << 16  # merging needs some 40 bytes an id for a moment

    def __init__(self) -> None:
        self._runs: list[array[int]] = []

    def add(self, ids: Sequence[int]) -> int | None:
        """Take in more ids; one that was there before, or is twice among them, if there is any."""
        fresh = sorted(ids)
        for before, after in pairwise(fresh):
            if before == after:
                return after
        for run in self._runs:
            if run[0] <= fresh[-1] and fresh[0] <= run[-1]:
                for each in fresh:
                    at = bisect_left(run, each)
                    if at < len(run) and run[at] == each:
                        return each
        merged = array("q", fresh)
        while self._runs and len(self._runs[-1]) < min(2 * len(merged), self._MERGED):
            merged = array("q", sorted([*self._runs.pop(), *merged]))
        self._runs.append(merged)
        return None
