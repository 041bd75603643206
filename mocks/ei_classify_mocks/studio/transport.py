"""An httpx transport into an ASGI application, in the same process: no socket, no thread, no event loop.

The transport that httpx has for this serves its asynchronous client alone, and knows no faults below HTTP.
This one serves both clients. The application must wait for nothing but time, by the scope's `studio.sleep`.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import anyio
import httpx

from .connection import SLEEP, UNFRAMED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from starlette.types import ASGIApp, Message, Scope


class InProcessTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Hands the requests of an httpx client, of either kind, to an ASGI application.

    A wait that is longer than the client's read timeout ends after that time in `httpx.ReadTimeout`, a
    connection that the application resets in `httpx.ReadError`, and a body that is shorter than announced in
    `httpx.RemoteProtocolError`.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a synchronous client."""
        exchange = _Exchange(request, request.read(), _sleep_here)
        coroutine = exchange.carry_out(self._app)
        try:
            coroutine.send(None)
        except StopIteration:
            return exchange.response()
        coroutine.close()
        raise RuntimeError("the application waited for something that needs an event loop")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an asynchronous client."""
        exchange = _Exchange(request, await request.aread(), anyio.sleep)
        await exchange.carry_out(self._app)
        return exchange.response()


class _Exchange:
    def __init__(
        self, request: httpx.Request, body: bytes, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._request = request
        self._body = body
        self._sleep = sleep
        self._start: Message | None = None
        self._chunks: list[bytes] = []
        self._error: httpx.TransportError | None = None

    async def carry_out(self, app: ASGIApp) -> None:
        url = self._request.url
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": self._request.method,
            "scheme": url.scheme,
            "path": url.path,
            "raw_path": url.raw_path.split(b"?")[0],
            "query_string": url.query,
            "root_path": "",
            "headers": [(name.lower(), value) for name, value in self._request.headers.raw],
            "server": (url.host, url.port),
            "client": ("127.0.0.1", 0),
            "extensions": {SLEEP: self._wait},
        }
        try:
            await app(scope, self._receive, self._send)
        except httpx.ReadTimeout as error:
            self._error = error
        except ConnectionResetError:
            self._error = httpx.ReadError("connection reset by the Studio double", request=self._request)

    def response(self) -> httpx.Response:
        if self._start is None:
            if self._error is None:
                raise RuntimeError("the application gave no answer")
            raise self._error
        stream = _Body(self._chunks, self._error)
        return httpx.Response(self._start["status"], headers=self._start["headers"], stream=stream)

    async def _receive(self) -> Message:
        return {"type": "http.request", "body": self._body, "more_body": False}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._chunks.append(message.get("body", b""))
        if not message.get("more_body") and self._start is not None and UNFRAMED in self._start:
            self._error = self._missing(dict(self._start["headers"]).get(b"content-length"))

    def _missing(self, announced: bytes | None) -> httpx.RemoteProtocolError | None:
        if announced is None or int(announced) == sum(map(len, self._chunks)):
            return None
        return httpx.RemoteProtocolError(
            "the Studio double closed the connection before the body was complete", request=self._request
        )

    async def _wait(self, seconds: float) -> None:
        patience = self._request.extensions.get("timeout", {}).get("read")
        if patience is not None and seconds > patience:
            await self._sleep(patience)
            raise httpx.ReadTimeout("the Studio double did not answer in time", request=self._request)
        await self._sleep(seconds)


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The chunks that came, and then the error, if there was one."""

    def __init__(self, chunks: list[bytes], error: httpx.TransportError | None) -> None:
        self._chunks = chunks
        self._error = error

    def __iter__(self) -> Iterator[bytes]:
        yield from self._chunks
        if self._error is not None:
            raise self._error

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


async def _sleep_here(seconds: float) -> None:
    time.sleep(seconds)  # noqa: ASYNC251  # there is no event loop to hold up
