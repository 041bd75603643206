from __future__ import annotations

import asyncio
import gc
from typing import Any

import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
)
from tests.ei_classify.calling import KEY, project


@pytest.mark.parametrize("how", ["async with", "break", "cancel"])
def test_leaving_early_in_asyncio_cancels_what_is_under_way(how: str) -> None:
    cancelled = 0

    async def read_all(results: Any) -> None:
        async for _ in results:
            pass

    async def leave() -> None:
        stalled = asyncio.Event()

        async def handle(request: httpx.Request) -> httpx.Response:
            nonlocal cancelled
            if int(request.url.params["offset"]) >= 20:
                stalled.set()
                try:
                    await asyncio.sleep(3600)
                except asyncio.CancelledError:
                    cancelled += 1
                    raise
            return project(1000)(request)

        http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
        async with http, AsyncClassifyClient(KEY, http_client=http) as client:
            if how == "async with":
                async with client.results(1, page_size=10, concurrency=4) as results:
                    for _ in range(15):
                        await anext(results)
                    await stalled.wait()
            elif how == "break":
                async for outcome in client.results(1, page_size=10, concurrency=4):
                    if outcome.sample_id == 15:
                        await stalled.wait()
                        break
                gc.collect()
            else:
                reading = asyncio.ensure_future(read_all(client.results(1, page_size=10, concurrency=4)))
                await stalled.wait()
                reading.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await reading
            async with asyncio.timeout(10):
                while len(asyncio.all_tasks()) > 1:  # noqa: ASYNC110 - nothing tells of their end
                    await asyncio.sleep(0.001)

    asyncio.run(leave())
    assert cancelled
