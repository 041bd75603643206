from __future__ import annotations

import asyncio
import datetime
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Literal

import httpx
import pytest
from httpx_retries import RetryTransport

from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
)

from .project_data import page

KEY = "ei_0123456789abcdef"


TOKEN = "a.b.c"  # noqa: S105


NOON = datetime.datetime(2025, 6, 4, 12, tzinfo=datetime.UTC)


Kind = Literal["sync", "async"]


kinds = pytest.mark.parametrize("kind", ["sync", "async"])


Handler = Callable[[httpx.Request], httpx.Response]


def call(
    kind: Kind,
    handler: Handler | RetryTransport,
    method: str,
    *args: Any,
    options: Any = None,
    **kwargs: Any,
) -> Any:
    """What a method of a client comes to, over an HTTP client in memory; of an iterator, the list."""
    transport = handler if isinstance(handler, RetryTransport) else httpx.MockTransport(handler)

    async def call_async() -> Any:
        async with (
            httpx.AsyncClient(transport=transport) as http,
            AsyncClassifyClient(KEY, http_client=http, **(options or {})) as client,
        ):
            answer = getattr(client, method)(*args, **kwargs)
            if isinstance(answer, AsyncIterator):
                return [each async for each in answer]
            return await answer

    if kind == "async":
        return asyncio.run(call_async())
    with (
        httpx.Client(transport=transport) as http,
        ClassifyClient(KEY, http_client=http, **(options or {})) as client,
    ):
        answer = getattr(client, method)(*args, **kwargs)
        return list(answer) if isinstance(answer, Iterator) else answer


def answer(body: bytes) -> httpx.Response:
    return httpx.Response(200, content=body, headers={"Content-Type": "application/json"})


def project(samples: int, *, total: bool = True) -> Handler:
    def handle(request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        return answer(page(range(samples)[offset : offset + limit], samples if total else None, slim=True))

    return handle


def refuse_all(request: httpx.Request) -> httpx.Response:
    pytest.fail(f"nothing should be sent, and {request.url} was")


def client_of(handler: Handler, **options: Any) -> ClassifyClient:
    return ClassifyClient(KEY, http_client=httpx.Client(transport=httpx.MockTransport(handler)), **options)


def our_threads() -> list[str]:
    own = [thread for thread in threading.enumerate() if thread.name == "ei-classify"]
    for thread in own:
        thread.join(10)  # what has answered may take a moment to end, on a busy machine a longer one
    return [thread.name for thread in own if thread.is_alive()]
