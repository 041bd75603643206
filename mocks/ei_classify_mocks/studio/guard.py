"""What keeps pages in a browser away from a Studio on a port.

Any page may send requests to this machine, and a name that its author controls may lead here (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .error_answers import FailureError, ForbiddenError
from .responses import failure_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class MisdirectedError(FailureError):
    """The request is for another host: HTTP status 421."""

    status = 421


class GuardedApp:
    """An application that answers only requests to this machine, and none of a page of another origin.

    Args:
        app: The application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, as the protocol of ASGI applications demands."""
        try:
            _check(scope)
        except FailureError as error:
            await failure_response(error)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _check(scope: Scope) -> None:
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host = headers.get(b"host", "")
    if not _is_loopback(host):
        raise MisdirectedError(f"the double answers as localhost or a loopback address, not as {host!r}")
    origin = headers.get(b"origin")
    own = f"{scope['scheme'].replace('ws', 'http')}://{host}"  # also where the request opens a WebSocket
    if origin not in (None, own):
        raise ForbiddenError(f"the double does not answer pages of another origin, such as {origin!r}")


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
