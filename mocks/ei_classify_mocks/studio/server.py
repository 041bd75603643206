"""The Studio double on a port of the loopback interface, served by uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import struct
import threading
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from .connection import RESET

if TYPE_CHECKING:
    from asyncio import Transport
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Receive, Scope, Send

HOST = "127.0.0.1"
_STOPPED_WITHIN_S = 10


class ServerError(Exception):
    """The server could not be started; the message says why, and what to do about it."""


def listen(port: int) -> socket.socket:
    """Return a socket that listens on the loopback interface; port 0 takes a free one.

    Raises:
        ServerError: The port cannot be used.
    """
    listener = socket.socket()
    if os.name != "nt":  # where it would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise ServerError(f"port {port} of {HOST} cannot be used ({error}): choose another") from error
    return listener


def url_of(listener: socket.socket) -> str:
    """The address of a listening socket."""
    return f"http://{HOST}:{listener.getsockname()[1]}"


def serve(app: ASGIApp, listener: socket.socket) -> None:
    """Answer until Ctrl-C or SIGTERM, then close the socket."""
    with listener:
        _server(app).run(sockets=[listener])


@contextlib.contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """Answer on a free port, in a thread, for the length of a `with` block, which gets the address."""
    listener = listen(0)
    server = _server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="studio")
    thread.start()
    try:
        yield url_of(listener)  # connections are accepted from the moment that the socket listens
    finally:
        server.should_exit = True
        thread.join(_STOPPED_WITHIN_S)
        listener.close()


def _server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=_ResettableProtocol,
            ws="none",
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )


class _ResettableProtocol(H11Protocol):
    """HTTP/1.1 with the ASGI extension `studio.reset`."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # asyncio's own type
        super().connection_made(transport)
        inner = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            async def reset() -> None:
                await _flushed(transport)
                # With a linger time of zero, closing sends RST in place of FIN.
                linger = struct.pack("ii", 1, 0)
                transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                transport.abort()
                while (await receive())["type"] != "http.disconnect":
                    pass

            scope["extensions"] = {**scope.get("extensions", {}), RESET: reset}
            await inner(scope, receive, send)

        self.app = app


async def _flushed(transport: Transport) -> None:
    while transport.get_write_buffer_size():  # noqa: ASYNC110  # asyncio has no event for an empty buffer
        await asyncio.sleep(0.001)
