"""Responses with JSON bodies, and what becomes of failures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import Response

from .error_answers import FailureError, failure_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request

_JSON = "application/json"


def json_response(
    answer: Callable[[Request], Awaitable[bytes]],
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that sends the JSON that `answer` returns, or the failure that it raises."""

    async def endpoint(request: Request) -> Response:
        try:
            return Response(await answer(request), media_type=_JSON)
        except FailureError as error:
            return failure_response(error)

    return endpoint


def failure_response(error: FailureError, headers: Mapping[str, str] | None = None) -> Response:
    """The response that says why a call is not carried out."""
    return Response(failure_body(str(error)), error.status, headers, media_type=_JSON)


async def refused_path(_request: Request, error: Exception) -> Response:
    """What a path or a method is answered with that the application does not have."""
    assert isinstance(error, HTTPException)  # noqa: S101  # as registered
    return Response(failure_body(error.detail), error.status_code, error.headers, media_type=_JSON)
