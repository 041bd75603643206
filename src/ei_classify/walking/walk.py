"""Which page to request next, when to stop, and what is wrong with a page: a state machine without I/O.

A driver tells `Walk` which pages have arrived, and `Walk` says which to request. It follows three rules:

- The next offset counts the samples received, not those requested. If a server sends fewer than the limit,
  there are more calls, and no sample is lost.
- If the server sends a total, the walk ends when that many samples have been received. If it does not, only
  an empty page ends the walk.
- Pages ahead are requested at guessed offsets. A wrong guess is thrown away unread, so the pages that come
  out are the same with any concurrency. Each right guess lets the next ones reach further, so that wrong ones
  cost no more calls than right ones have saved waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from attrs import frozen

from ei_classify.errors import ResultsChangedError

from .seen_ids import SeenIds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Page(Protocol):
    """All that a walk needs to know about a page."""

    @property
    def sample_ids(self) -> Sequence[int]:
        """The ids of the page's samples."""

    @property
    def total(self) -> int | None:
        """The number of samples over all pages; None if the server does not send it."""


P = TypeVar("P", bound=Page)

_LARGEST_ID = (1 << 63) - 1


@frozen(eq=False)
class PageRequest:
    """A page to request."""

    offset: int
    limit: int


class Walk(Generic[P]):
    """A walk over all pages.

    Until it is `over`, a driver repeats three steps: send all of `requests(free)`; report each answer with
    `received` or `failed`, in any order; and hand out what `take` returns. With at most `concurrency`
    requests under way, at most `2 * concurrency - 1` pages are under way or wait for one before them.
    """

    def __init__(self, *, limit: int, concurrency: int = 1, offset: int = 0) -> None:
        """A walk that starts at `offset`, with pages of `limit` samples, `concurrency` of them at a time."""
        self.offset = offset
        """How many samples come before the next page to hand out."""
        self.total: int | None = None
        """The number of samples over all pages; None until the server has sent it."""
        self.over = False
        """Whether there is nothing more to hand out."""
        self.concurrency = concurrency
        """How many requests may be under way at a time."""
        self._start = offset
        self._limit = limit
        self._step = limit  # how many samples the next pages are expected to have
        self._most_ahead = 2 * concurrency - 1
        self._window = 1  # how many pages may be under way or held now
        self._wanted: dict[int, PageRequest] = {}  # requested and not yet taken, by offset
        self._arrived: dict[int, Callable[[], P]] = {}
        self._failed: dict[int, Exception] = {}
        self._first_ids: list[int] | None = None
        self._seen = SeenIds()

    def requests(self, free: int) -> list[PageRequest]:
        """The pages to request now in addition to those under way: at most `free`."""
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
                break  # the walk ends here, or this was a wrong guess: request nothing beyond it yet
        return new

    def wants(self, request: PageRequest) -> bool:
        """Whether the answer to a request is still needed. That to a wrong guess is not."""
        return not self.over and self._wanted.get(request.offset) is request

    def received(self, request: PageRequest, read: Callable[[], P]) -> None:
        """A page has arrived. `read` returns it, and is called when it is the page's turn, if at all."""
        if self.wants(request):
            self._arrived[request.offset] = read

    def failed(self, request: PageRequest, error: Exception) -> None:
        """A page could not be fetched."""
        if self.wants(request):
            self._failed[request.offset] = error

    def take(self) -> P | None:
        """The next page in order; None if it has not arrived yet or the walk is over.

        Raises:
            ResultsChangedError: The page does not fit those before it. The walk is over.
            Exception: The error that `failed` was given for the page, or that reading it raised. The walk is
                over.
        """
        if self.over or (self.offset not in self._arrived and self.offset not in self._failed):
            return None
        try:
            if self.offset in self._failed:
                raise self._failed[self.offset]
            page = self._arrived.pop(self.offset)()  # in no variable, which a traceback would show
            ids = page.sample_ids
            self._check(page, ids)
        except Exception:
            self.end()
            raise
        self._advance(ids)
        return page if ids else None

    def end(self) -> None:
        """End the walk, and release the pages that have arrived and were not handed out."""
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
        else:  # the pages ahead were requested at wrong offsets: start guessing again
            self._step, self._window = count, 1
            self._wanted = {at: one for at, one in self._wanted.items() if at == self.offset}
            self._arrived = {at: one for at, one in self._arrived.items() if at == self.offset}
            self._failed = {at: one for at, one in self._failed.items() if at == self.offset}

    def _changed(self, what: str, page: P) -> ResultsChangedError:
        read = self.offset - self._start
        return ResultsChangedError(what, offset=self.offset, samples_read=read, page=page)
