"""The connection of a request: waiting, resetting and breaking off, which lie below what ASGI offers.

Two extensions of the ASGI scope provide the first two. `studio.reset` is an asynchronous function that resets
the connection, and `studio.sleep` one that waits, in place of the event loop's. The key `studio.unframed` in
the message that starts a response asks for the third: the server sends headers and body as they are, and then
closes the connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import anyio

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Message, Receive, Scope

RESET = "studio.reset"
SLEEP = "studio.sleep"
UNFRAMED = "studio.unframed"


class SeveredError(Exception):
    """The connection was reset, so nothing more can be sent."""


class Connection:
    """The connection of a request.

    Args:
        scope: The ASGI scope of the request.
        receive: Receives what the client sends.
    """

    def __init__(self, scope: Scope, receive: Receive) -> None:
        extensions = scope.get("extensions", {})
        self._reset: Callable[[], Awaitable[None]] | None = extensions.get(RESET)
        self._sleep: Callable[[float], Awaitable[None]] | None = extensions.get(SLEEP)
        self._receive = receive
        self._early: list[Message] = []

    async def receive(self) -> Message:
        """The next message from the client, in the order in which they came."""
        return self._early.pop(0) if self._early else await self._receive()

    async def wait(self, seconds: float) -> None:
        """Wait, but no longer than the client does; what it sends meanwhile is received afterwards."""
        if self._sleep is not None:
            await self._sleep(seconds)
            return
        with anyio.move_on_after(seconds):
            while not self._early or self._early[-1]["type"] != "http.disconnect":
                self._early.append(await self._receive())

    async def reset(self) -> NoReturn:
        """Reset the connection.

        Raises:
            SeveredError: The connection has been reset.
            ConnectionResetError: The server does not know how to; it gets this in its place.
        """
        if self._reset is None:
            raise ConnectionResetError("the Studio double resets the connection")
        await self._reset()
        raise SeveredError
