"""One try of a call: sends the request, and reads the whole answer within the limits of time and size."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, Generic, TypeVar

import httpx
from ei_classify_api.api import unknown_coding
from httpx_retries import Retry

from .contents import Content
from .early_ends import ends_early
from .hooks import answer_of, as_without_hook, take_hooks
from .time_limits import TimeLimit, limit_stream

if TYPE_CHECKING:
    from ei_classify_api.credentials import Credentials

    from .retries import Tries

_NO_RETRY: Final = Retry(total=0)
_READ: Final = httpx.ByteStream(b"")
_ENCODING: Final = (b"content-encoding", b"content-length", b"transfer-encoding")
_EXTENSIONS: Final = ("http_version", "reason_phrase")

H = TypeVar("H", httpx.Client, httpx.AsyncClient)


class _Try(Generic[H]):
    def __init__(self, http: H, credentials: Credentials, tries: Tries, max_answer_bytes: int | None) -> None:
        self._http: H
        self._http, self._hooks = take_hooks(http)
        self._credentials = credentials
        self._tries = tries
        self._max_answer_bytes = max_answer_bytes

    def _prepare(self, request: httpx.Request) -> TimeLimit:
        # An HTTP client that was passed in may retry too. Retries are made by the sender only.
        request.extensions["retry"] = _NO_RETRY
        return TimeLimit(self._tries, request)


class WholeAnswers(_Try[httpx.Client], httpx.BaseTransport):
    """Sends requests with an HTTP client and returns answers whose body is read and decompressed."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and read the answer.

        Raises:
            httpx.HTTPError: The whole answer did not arrive, did not arrive in time, or is too large.
        """
        limit = self._prepare(request)
        with limit.applied():
            try:
                response = self._http.send(
                    request, auth=self._credentials, follow_redirects=False, stream=True
                )
            except httpx.HTTPStatusError as error:
                response = answer_of(error)
            limit_stream(response.extensions.get("network_stream"))  # if someone else opened the connection
            try:
                content = Content(response, request, self._max_answer_bytes)
                for received in response.iter_bytes() if content.is_decoded else response.iter_raw():
                    for _ in content.add(received):
                        limit.check()
                    limit.check()
            finally:
                response.close()
        whole = _whole(response, request, content.whole())
        with as_without_hook(whole):
            for hook in self._hooks:
                hook(whole)
        return whole


class AsyncWholeAnswers(_Try[httpx.AsyncClient], httpx.AsyncBaseTransport):
    """`WholeAnswers` for asyncio."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request and read the answer, like `WholeAnswers.handle_request`."""
        limit = self._prepare(request)
        async with limit.applied_async():
            try:
                response = await self._http.send(
                    request, auth=self._credentials, follow_redirects=False, stream=True
                )
            except httpx.HTTPStatusError as error:
                response = answer_of(error)
            try:
                content = Content(response, request, self._max_answer_bytes)
                async for received in response.aiter_bytes() if content.is_decoded else response.aiter_raw():
                    for _ in content.add(received):
                        limit.check()
                    limit.check()
            finally:
                await response.aclose()
        whole = _whole(response, request, content.whole())
        with as_without_hook(whole):
            for hook in self._hooks:
                await hook(whole)
        return whole


def _whole(response: httpx.Response, request: httpx.Request, body: bytes) -> httpx.Response:
    """Return the response with its body. It refers to no connection and to no target of a redirect.

    Of the headers that describe how the body was sent, it keeps a coding that cannot be undone.

    Raises:
        httpx.RemoteProtocolError: The body ends early.
    """
    coding = unknown_coding(response)
    may_end_early = response.is_success and response.status_code != httpx.codes.NO_CONTENT
    # In a coding that cannot be undone, nothing tells where the body ends.
    if may_end_early and not (body and coding) and ends_early(body):
        raise httpx.RemoteProtocolError("the answer ends early", request=request)
    response.stream = _READ  # httpx's own stream refers to the response: a cycle for the garbage collector
    headers = [(name, value) for name, value in response.headers.raw if name.lower() not in _ENCODING]
    if coding:
        headers.append((b"content-encoding", coding.encode(response.headers.encoding)))
    whole = httpx.Response(
        response.status_code,
        headers=headers,
        content=body,
        request=request,
        extensions={name: response.extensions[name] for name in _EXTENSIONS if name in response.extensions},
    )
    with contextlib.suppress(RuntimeError):  # a transport that raises for a status measures no time
        whole.elapsed = response.elapsed
    return whole
