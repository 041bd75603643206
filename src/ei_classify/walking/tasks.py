"""Drives a walk with several calls in progress, each in a task of the event loop.

A page is decoded when it is returned, while the calls for the next pages are in progress. With a concurrency
of 1, no page is fetched before it is needed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from .arrivals import report
from .walk import Page

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable

    from .walk import PageRequest, Walk

P = TypeVar("P", bound=Page)


async def pages_in_tasks(
    walk: Walk[P], fetch: Callable[[PageRequest], Awaitable[Callable[[], P]]]
) -> AsyncGenerator[P, None]:
    """Yield the pages of a walk, in order. `fetch` returns a function that decodes one page."""
    # Not a task group: it must not stay open across a yield, and it wraps each error in a group.
    under_way: dict[asyncio.Future[Callable[[], P]], PageRequest] = {}
    try:
        while not walk.over:
            report(walk, under_way)
            for request in walk.requests(walk.concurrency - len(under_way)):
                under_way[asyncio.ensure_future(fetch(request))] = request
            await asyncio.sleep(0)  # decoding a page blocks the event loop, so let the calls start first
            if (page := walk.take()) is not None:
                yield page
                del page  # otherwise it stays in memory while the next page is decoded
            elif not walk.over:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    finally:
        walk.end()
        for future in under_way:
            future.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
