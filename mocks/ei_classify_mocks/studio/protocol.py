"""HTTP/1.1 as a Studio on a port speaks it: with limits, and with faults that lie below HTTP."""

from __future__ import annotations

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import TYPE_CHECKING

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from .connection import RESET, UNFRAMED
from .limits import Limits

if TYPE_CHECKING:
    from asyncio import Transport

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LONGEST_LINE = 8_000
_MOST_LINES = 100
_RECEIVING = (h11.IDLE, h11.SEND_BODY)
_UNANSWERED = (h11.IDLE, h11.SEND_RESPONSE)


class StudioProtocol(H11Protocol):
    """A connection. It knows the ASGI extensions `studio.reset` and `studio.unframed`."""

    limits = Limits()
    _patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # asyncio's own type
        """Begin to wait for a request, unless there are too many connections."""
        super().connection_made(transport)
        self.app = _extended(self.app, transport)
        self._begin_to_wait()
        if len(self.connections) > self.limits.connections:
            self._turn_away(HTTPStatus.SERVICE_UNAVAILABLE)

    def data_received(self, data: bytes) -> None:
        """Receive a part of a request, or the rest of it."""
        self._begin_to_wait()
        super().data_received(data)
        if self.conn.their_state not in _RECEIVING:
            self._end_to_wait()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Open a WebSocket, unless the head has longer lines, or more, than the library for it takes."""
        longest = max(len(event.target), *(len(name) + len(value) for name, value in self.headers))
        if longest > _LONGEST_LINE or len(self.headers) > _MOST_LINES:
            self._turn_away(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            super().handle_websocket_upgrade(event)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop."""
        self._end_to_wait()
        super().connection_lost(exc)

    def _begin_to_wait(self) -> None:
        if self._patience is None:
            self._patience = self.loop.call_later(
                self.limits.request_s, self._turn_away, HTTPStatus.REQUEST_TIMEOUT
            )

    def _end_to_wait(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _turn_away(self, status: HTTPStatus) -> None:
        if self.transport.is_closing():
            return
        if self.conn.our_state in _UNANSWERED:
            closing = [(b"connection", b"close"), (b"content-length", b"0")]
            self.transport.write(_head(status, closing))
        self.transport.close()


def _extended(inner: ASGIApp, transport: Transport) -> ASGIApp:
    """The application with the extensions."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def closed() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        async def reset() -> None:
            await _flushed(transport)
            # With a linger time of zero, closing sends RST in place of FIN.
            linger = struct.pack("ii", 1, 0)
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            transport.abort()
            await closed()

        unframed = False

        async def send_as_asked(message: Message) -> None:
            nonlocal unframed
            unframed = unframed or UNFRAMED in message
            if not unframed:
                await send(message)
            elif message["type"] == "http.response.start":
                transport.write(_head(HTTPStatus(message["status"]), message["headers"]))
            else:
                transport.write(message["body"])
                if not message.get("more_body"):
                    transport.close()
                    await closed()

        scope["extensions"] = {**scope.get("extensions", {}), RESET: reset}
        await inner(scope, receive, send_as_asked)

    return app


def _head(status: HTTPStatus, headers: list[tuple[bytes, bytes]]) -> bytes:
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [b"%b: %b" % (name, value) for name, value in headers]
    return b"\r\n".join([*lines, b"\r\n"])


async def _flushed(transport: Transport) -> None:
    while transport.get_write_buffer_size():  # noqa: ASYNC110  # asyncio has no event for an empty buffer
        await asyncio.sleep(0.001)
