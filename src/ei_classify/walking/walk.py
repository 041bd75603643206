"""A state machine without I/O that decides which page to request next, when to stop, and whether a page fits.

A driver tells `Walk` which pages have arrived, and `Walk` tells the driver which pages to request. It follows
three rules:

- The next offset counts the samples received, not those requested. If a server sends fewer than the limit,
  there are more calls, and no sample is lost.
- If the server sends a total, the walk ends when that many samples have been received. If it does not, only
  an empty page ends the walk.
- Pages ahead are requested at guessed offsets. The page of a wrong guess is discarded without being decoded,
  so the resulting pages are the same with any concurrency. After each right guess, one more page is requested
  ahead, so that wrong guesses cost at most as many calls as right guesses have saved waits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from attrs import frozen

from ei_classify.errors import ResultsChangedError

from .seen_ids import SeenIds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Page(Protocol):
    """The properties of a page that a walk needs."""

    @property
    def sample_ids(self) -> Sequence[int]:
        """The ids of the page's samples."""

    @property
    def total(self) -> int | None:
        """The number of samples over all pages; None if the server does not send it."""


class Watch(Protocol):
    """What is told how far a walk is."""

    def moved(self, samples: int, total: int | None) -> object:
        """Tell how many samples have been taken, and how many there are; None if that is not known."""

    def ended(self) -> object:
        """Tell that the walk is over, for whatever reason."""


P = TypeVar("P", bound=Page)

_LARGEST_ID = (1 << 63) - 1


@frozen(eq=False)
class PageRequest:
    """A page to request."""

    offset: int
    """The number of samples before the page."""
    limit: int
    """The maximum number of samples in the page."""


class Walk(Generic[P]):
    """A walk over all pages.

    Until the walk is `over`, a driver repeats three steps: it sends all of `requests(free)`; it reports each
    answer with `received` or `failed`, in any order; and it returns the pages that `take` returns. At most
    `concurrency` requests are in progress at a time. Together with the pages that have arrived early and wait
    for their turn, there are at most `2 * concurrency - 1`.
    """

    def __init__(
        self,
        *,
        limit: int,
        concurrency: int = 1,
        offset: int = 0,
        end: int | None = None,
        watch: Watch | None = None,
    ) -> None:
        """Start a walk.

        Args:
            limit: The number of samples to request per page.
            concurrency: The maximum number of requests in progress at a time.
            offset: The number of samples to skip at the start.
            end: The offset to stop at, which the last page reaches exactly if the server heeds limits. None
                for all samples.
            watch: What is told how far the walk is. What it raises ends the walk.
        """
        self.offset = offset
        """The number of samples before the next page."""
        self.total: int | None = None
        """The number of samples over all pages; None until the server has sent it."""
        self.over = end is not None and end <= offset
        """Whether there are no more pages to take."""
        self.concurrency = concurrency
        """The maximum number of requests in progress at a time."""
        self._watch = watch
        self._start = offset
        self._end = end
        self._limit = limit
        self._step = limit  # the number of samples that the next pages are expected to have
        self._most_ahead = 2 * concurrency - 1
        self._window = 1  # how many pages may be in progress or waiting for their turn now
        self._wanted: dict[int, PageRequest] = {}  # requested and not yet taken, by offset
        self._arrived: dict[int, Callable[[], P]] = {}
        self._failed: dict[int, Exception] = {}
        self._first_ids: list[int] | None = None
        self._seen = SeenIds()

    def requests(self, free: int) -> list[PageRequest]:
        """Return the pages to request now, in addition to those in progress: at most `free`."""
        new: list[PageRequest] = []
        if self.over:
            return new
        for offset in range(self.offset, self.offset + self._window * self._step, self._step):
            if offset > self.offset and any(
                known is not None and offset >= known for known in (self.total, self._end)
            ):
                break
            if offset not in self._wanted:
                if len(new) >= free:
                    break
                limit = self._limit if self._end is None else min(self._limit, self._end - offset)
                self._wanted[offset] = PageRequest(offset, limit)
                new.append(self._wanted[offset])
            if offset in self._failed:
                break  # the walk ends here, or this was a wrong guess: request nothing after it yet
        return new

    def wants(self, request: PageRequest) -> bool:
        """Return whether the answer to a request is still needed. After a wrong guess, it is not."""
        return not self.over and self._wanted.get(request.offset) is request

    def received(self, request: PageRequest, read: Callable[[], P]) -> None:
        """Report that a page has arrived. `read` decodes it, and is called when it is the page's turn."""
        if self.wants(request):
            self._arrived[request.offset] = read

    def failed(self, request: PageRequest, error: Exception) -> None:
        """Report that a page could not be fetched."""
        if self.wants(request):
            self._failed[request.offset] = error

    def take(self) -> P | None:
        """Return the next page in order; None if it has not arrived yet, is empty, or the walk is over.

        Raises:
            ResultsChangedError: The page does not fit those before it. The walk is over.
            Exception: The error that was reported for the page with `failed`, or that decoding it raised. The
                walk is over.
        """
        if self.over or (self.offset not in self._arrived and self.offset not in self._failed):
            return None
        try:
            if self.offset in self._failed:
                raise self._failed[self.offset]
            page = self._arrived.pop(self.offset)()  # not in a variable, which tracebacks would show
            ids = page.sample_ids
            self._check(page, ids)
        except Exception:
            self.end()
            raise
        self._advance(ids)
        return page if ids else None

    def end(self) -> None:
        """End the walk, and release the pages that have arrived and were not taken."""
        if self._watch is not None and not self.over:
            self._watch.ended()
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
                raise self._changed(f"the page is empty before the total of {total} samples is reached", page)
            return
        if self._first_ids is not None and list(ids) == self._first_ids:
            raise self._changed(
                f"the server sent the first page again, so it ignores the offset {self.offset}",
                page,
            )
        if strange := [each for each in ids if not -_LARGEST_ID <= each <= _LARGEST_ID]:
            raise self._changed(f"the sample id {strange[0]} does not fit into 64 bits", page)
        if total is not None and self.offset + len(ids) > total:
            last = self.offset + len(ids)
            raise self._changed(f"there are at least {last} samples, but the total is {total}", page)
        if (repeated := self._seen.add(ids)) is not None:
            raise self._changed(f"sample {repeated} was sent twice", page)
        if self._first_ids is None:
            self._first_ids = list(ids)

    def _advance(self, ids: Sequence[int]) -> None:
        count, first = len(ids), self.offset == self._start
        del self._wanted[self.offset]
        self.offset += count
        if self._watch is not None:
            total = None if self.total is None else self.total - self._start
            self._watch.moved(self.offset - self._start, total)
        if not count or any(known is not None and self.offset >= known for known in (self.total, self._end)):
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
