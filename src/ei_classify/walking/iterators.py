"""The iterators that the clients return: over pages, or over the outcomes of all samples."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator
    from types import TracebackType

    from .walk import Walk

T_co = TypeVar("T_co", covariant=True)


class _Progress:
    """The progress of an iterator."""

    def __init__(self, walk: Walk[Any]) -> None:
        self._walk = walk

    @property
    def total(self) -> int | None:
        """The number of samples over all pages.

        None until the first page has arrived, and if the server does not send it.
        """
        return self._walk.total

    def __repr__(self) -> str:
        total = "unknown" if self.total is None else self.total
        return f"<{type(self).__name__}: sample {self._walk.offset} of {total}>"


class ResultIterator(_Progress, Iterator[T_co], Generic[T_co]):
    """An iterator over pages, or over the outcomes of all samples, in order.

    To stop early, use it in a `with` block or call `close`. Both start no further calls, and wait until those
    in progress have ended or timed out. If Ctrl-C ends the block, it does not wait. Only one thread at a time
    can use an iterator.
    """

    def __init__(self, walk: Walk[Any], items: Generator[T_co, None, None], join: Callable[[], None]) -> None:
        super().__init__(walk)
        self._items = items
        self._join = join

    def __next__(self) -> T_co:
        return next(self._items)

    def close(self) -> None:
        """Stop reading, and end the calls in progress."""
        self._items.close()
        self._join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None or issubclass(kind, Exception):
            self.close()
        else:  # after Ctrl-C, do not wait for a server that may never answer
            self._items.close()


class AsyncResultIterator(_Progress, AsyncIterator[T_co], Generic[T_co]):
    """An asynchronous iterator over pages, or over the outcomes of all samples, in order.

    To stop early, use it in an `async with` block or call `aclose`. Both cancel the calls in progress. Only
    one task at a time can use an iterator.
    """

    def __init__(self, walk: Walk[Any], items: AsyncGenerator[T_co, None]) -> None:
        super().__init__(walk)
        self._items = items

    def __anext__(self) -> Awaitable[T_co]:
        return anext(self._items)

    async def aclose(self) -> None:
        """Stop reading, and end the calls in progress."""
        await self._items.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
