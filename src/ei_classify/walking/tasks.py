"""Drives a walk with several calls under way, each in a task of the event loop.

A page is read where it is handed out, with the next ones under way. With a concurrency of 1 nothing is
fetched before it is needed.
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
    """The pages of a walk, in order; `fetch` returns a function that reads one."""
    # Not a task group: it must not stay open across a yield, and would wrap each error in a group.
    under_way: dict[asyncio.Future[Callable[[], P]], PageRequest] = {}
    try:
        while not walk.over:
            report(walk, under_way)
            for request in walk.requests(walk.concurrency - len(under_way)):
                under_way[asyncio.ensure_future(fetch(request))] = request
            await asyncio.sleep(0)  # reading a page occupies the event loop: start the calls before
            if (page := walk.take()) is not None:
                yield page
                del page  # or it would stay in memory while the next one is read
            elif not walk.over:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
    finally:
        walk.end()
        for future in under_way:
            future.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
