"""HTTP clients that raise for a status by themselves, in a response hook or a transport.

Which statuses are failures, and which of them are sent again, is decided in one place for all HTTP clients.
"""

from __future__ import annotations

import contextlib
import copy
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

H = TypeVar("H", httpx.Client, httpx.AsyncClient)


def take_hooks(http: H) -> tuple[H, list[Callable[..., Any]]]:
    """Return an HTTP client without response hooks that shares the connections of this one, and the hooks.

    httpx calls the hooks before the body is read, and closes the response if one of them raises. The server's
    message would be lost.
    """
    hooks = http.event_hooks["response"]
    if not hooks:
        return http, []
    without = copy.copy(http)
    without.event_hooks = {**http.event_hooks, "response": []}
    return without, list(hooks)


@contextlib.contextmanager
def as_without_hook(response: httpx.Response) -> Iterator[None]:
    """Ignore what a hook raises for a status other than 2xx."""
    try:
        yield
    except httpx.HTTPStatusError:
        if response.is_success:
            raise


def answer_of(error: httpx.HTTPStatusError) -> httpx.Response:
    """Return the response for whose status a transport raises; without its body if that is closed.

    Raises:
        httpx.HTTPStatusError: The status is 2xx.
    """
    response = error.response
    if response.is_success:
        raise error
    if response.is_closed and not _is_read(response):
        return httpx.Response(response.status_code, headers=response.headers)
    return response


def _is_read(response: httpx.Response) -> bool:
    try:
        _ = response.content
    except httpx.ResponseNotRead:
        return False
    return True
