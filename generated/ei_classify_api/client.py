"""The client that operations are called with. It knows the address of the server, and the key or token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


class Client:
    """Sends the requests of operations with `httpx`, sync or async.

    Use it as a context manager (`with` for sync calls, `async with` for async calls), or close it when done.
    Redirects are never followed, because httpx would send the key to the new host.
    """

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        jwt_token: str | None = None,
        timeout: float | httpx.Timeout | None = 60.0,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
        async_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Creates a client of the server at `base_url`, without connecting to it.

        Args:
            base_url: The address of the API, such as `https://host/v1`, without user, query and fragment.
            api_key: An API key of a project, sent as `x-api-key`.
            jwt_token: A user's token, sent as `x-jwt-token`. Pass only one of the two.
            timeout: The limit in seconds for each of: connecting, sending, receiving, waiting for a free
                connection. None for no limit.
            headers: Further headers of every request.
            transport: The transport for sync requests, in place of the default of httpx.
            async_transport: The transport for async requests, in place of the default of httpx.

        Raises:
            ValueError: The URL or the key is invalid. The message does not show the key.
        """
        if api_key is not None and jwt_token is not None:
            raise ValueError("pass api_key or jwt_token, not both")
        url = httpx.URL(base_url)
        if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
            raise ValueError("base_url must look like https://host/v1, without user, query and fragment")
        self._headers = dict(headers or {})
        if api_key is not None:
            self._headers["x-api-key"] = _checked("api_key", api_key)
        if jwt_token is not None:
            self._headers["x-jwt-token"] = _checked("jwt_token", jwt_token)
        self._url = url
        self._timeout = timeout
        self._transport = transport
        self._async_transport = async_transport
        self._http: httpx.Client | None = None
        self._async_http: httpx.AsyncClient | None = None

    @property
    def base_url(self) -> str:
        """The address of the API."""
        return str(self._url)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.base_url!r})"

    def send(self, request: dict[str, Any]) -> httpx.Response:
        """Sends what an operation's `request(…)` returned, and returns the response.

        Raises:
            httpx.HTTPError: There is no response, because of a timeout or a failed connection.
        """
        if self._http is None:
            self._http = httpx.Client(
                base_url=self._url, headers=self._headers, timeout=self._timeout, transport=self._transport
            )
        return self._http.request(**request, follow_redirects=False)

    async def asend(self, request: dict[str, Any]) -> httpx.Response:
        """Like `send`, for asyncio."""
        if self._async_http is None:
            self._async_http = httpx.AsyncClient(
                base_url=self._url,
                headers=self._headers,
                timeout=self._timeout,
                transport=self._async_transport,
            )
        return await self._async_http.request(**request, follow_redirects=False)

    def close(self) -> None:
        """Closes the connections of sync calls."""
        if self._http is not None:
            self._http.close()

    async def aclose(self) -> None:
        """Closes the connections of async calls."""
        if self._async_http is not None:
            await self._async_http.aclose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def _checked(name: str, secret: str) -> str:
    # An error of httpx shows a header that cannot be sent, usually because of a stray newline.
    if not secret or not all("!" <= character <= "~" for character in secret):
        raise ValueError(f"{name} must be printable ASCII, without spaces and line breaks")
    return secret
