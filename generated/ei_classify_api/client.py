"""The client that the operations send with: where the server is, and the key or token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


class Client:
    """Sends the operations' requests, with `httpx`, sync or async.

    Use it as a context manager (`with` for sync calls, `async with` for async ones) or close it when done.
    Redirects are never followed: httpx would hand the key on to the new host.
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
        """A client of the server at `base_url`; nothing is sent yet.

        Args:
            base_url: Where the API is, such as `https://host/v1`, with no user, query or fragment.
            api_key: A project's API key, sent as `x-api-key`.
            jwt_token: A user's token, sent as `x-jwt-token`. Give one of the two.
            timeout: Seconds for each of connecting, sending, receiving and waiting for a connection; None
                for no limit.
            headers: Sent with every request besides the key.
            transport: What carries sync requests, in place of httpx's own.
            async_transport: What carries async requests, in place of httpx's own.

        Raises:
            ValueError: The URL or the key cannot be right. The message does not show the key.
        """
        if api_key is not None and jwt_token is not None:
            raise ValueError("give api_key or jwt_token, not both")
        url = httpx.URL(base_url)
        if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
            raise ValueError("base_url must be like https://host/v1, with no user, query or fragment")
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
        """Where the API is."""
        return str(self._url)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.base_url!r})"

    def send(self, request: dict[str, Any]) -> httpx.Response:
        """The response to an operation's `request(…)`.

        Raises:
            httpx.HTTPError: No response came.
        """
        if self._http is None:
            self._http = httpx.Client(
                base_url=self._url, headers=self._headers, timeout=self._timeout, transport=self._transport
            )
        return self._http.request(**request, follow_redirects=False)

    async def asend(self, request: dict[str, Any]) -> httpx.Response:
        """As `send`, in asyncio."""
        if self._async_http is None:
            self._async_http = httpx.AsyncClient(
                base_url=self._url,
                headers=self._headers,
                timeout=self._timeout,
                transport=self._async_transport,
            )
        return await self._async_http.request(**request, follow_redirects=False)

    def close(self) -> None:
        """Close the connections of sync calls."""
        if self._http is not None:
            self._http.close()

    async def aclose(self) -> None:
        """Close the connections of async calls."""
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
    # httpx would show a header that it cannot send in its error, and a stray newline is the usual one.
    if not secret or not all("!" <= character <= "~" for character in secret):
        raise ValueError(f"{name} must be printable ASCII without spaces or line ends")
    return secret
