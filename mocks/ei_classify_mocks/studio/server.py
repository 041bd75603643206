"""The Studio double on a port of the loopback interface, served by uvicorn."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from typing import TYPE_CHECKING

import uvicorn

from .guard import GuardedApp
from .limits import LimitedApp, Limits
from .protocol import StudioProtocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

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
        _server(app, Limits()).run(sockets=[listener])


@contextlib.contextmanager
def serving(app: ASGIApp, limits: Limits | None = None) -> Iterator[str]:
    """Answer on a free port, in a thread, for the length of a `with` block, which gets the address.

    Args:
        app: The application.
        limits: What it takes from its clients; the usual if left out.
    """
    listener = listen(0)
    server = _server(app, limits or Limits())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="studio")
    thread.start()
    try:
        yield url_of(listener)  # connections are accepted from the moment that the socket listens
    finally:
        server.should_exit = True
        thread.join(_STOPPED_WITHIN_S)
        listener.close()


def _server(app: ASGIApp, limits_: Limits) -> uvicorn.Server:
    class Protocol(StudioProtocol):
        limits = limits_

    return uvicorn.Server(
        uvicorn.Config(
            GuardedApp(LimitedApp(app, limits_)),
            http=Protocol,
            h11_max_incomplete_event_size=limits_.head_bytes,
            ws="websockets-sansio",
            ws_max_size=limits_.body_bytes,
            lifespan="off",
            log_level="error",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
    )
