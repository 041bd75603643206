"""What a Studio on a port takes from its clients: how much, for how long, and of how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .error_answers import FailureError
from .responses import failure_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True)
class Limits:
    """What a Studio on a port takes from its clients.

    Attributes:
        head_bytes: The largest head of a request: its method, target and headers.
        body_bytes: The largest body of a request.
        request_s: The longest time until a request is complete, in seconds, from its first byte or, for the
            first request, from the connection.
        connections: The largest number of connections at a time.
    """

    head_bytes: int = 16_384
    body_bytes: int = 1_048_576
    request_s: float = 5.0
    connections: int = 256


class HeadTooLargeError(FailureError):
    """The head of the request is too large: HTTP status 431."""

    status = 431


class BodyTooLargeError(FailureError):
    """The body of the request is too large: HTTP status 413."""

    status = 413


class _GoneError(Exception):
    """The client has closed the connection."""


class LimitedApp:
    """An application that gets each request whole, and none that is too large.

    Args:
        app: The application.
        limits: How much a client may send.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as the protocol of ASGI applications demands."""
        try:
            self._check_head(scope)
            if scope["type"] == "websocket":
                await self._app(scope, receive, send)
                return
            body = await self._read_body(scope, receive)
        except FailureError as error:
            await failure_response(error, {"connection": "close"})(scope, receive, send)
        except _GoneError:
            pass
        else:
            await self._app(scope, _once(body, receive), send)

    def _check_head(self, scope: Scope) -> None:
        target = len(scope.get("method", "GET")) + len(scope["raw_path"]) + len(scope["query_string"])
        size = target + sum(len(name) + len(value) for name, value in scope["headers"])
        if size > self._limits.head_bytes:
            raise HeadTooLargeError(
                f"the head of the request has {size} bytes; the double takes {self._limits.head_bytes}"
            )

    async def _read_body(self, scope: Scope, receive: Receive) -> bytes:
        announced = int(dict(scope["headers"]).get(b"content-length", b"0"))
        body = bytearray()
        more = True
        while more:
            if max(announced, len(body)) > self._limits.body_bytes:
                raise BodyTooLargeError(
                    f"the body of the request is too large; the double takes {self._limits.body_bytes} bytes"
                )
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _GoneError
            body += message.get("body", b"")
            more = message.get("more_body", False)
        return bytes(body)


def _once(body: bytes, receive: Receive) -> Receive:
    """Receives the body, and then what else comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_body_first() -> Message:
        return messages.pop() if messages else await receive()

    return receive_body_first
