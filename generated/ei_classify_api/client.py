"""The client that operations are called with. It knows the address of the server, and the key or token."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any, NoReturn, Self

import httpx

from .credentials import Credentials, no_cookies
from .keys import Secret, without_frames
from .servers import is_loopback, is_protected, server_url

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType


class Client:
    """Sends the requests of operations with `httpx`, sync or async.

    Use it as a context manager (`with` for sync calls, `async with` for async calls), or close it when done.
    Redirects are never followed, because httpx would send the key to the new host. Requests to this machine
    pass through no proxy of the environment. A client shows its key in no repr, error and log, and cannot be
    pickled or copied.
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
        allow_insecure: bool = False,
    ) -> None:
        """Creates a client of the server at `base_url`, without connecting to it.

        Args:
            base_url: The address of the API, such as `https://host/v1`, without user, query and fragment.
            api_key: An API key of a project, sent as `x-api-key`.
            jwt_token: A user's token, sent as `x-jwt-token`. Pass only one of the two.
            timeout: The limit in seconds for each of: connecting, sending, receiving, waiting for a free
                connection. None for no limit.
            headers: Further headers of every request. A key is no such header.
            transport: The transport for sync requests, in place of the default of httpx.
            async_transport: The transport for async requests, in place of the default of httpx.
            allow_insecure: Allow to send a key over plain http to other machines, which lets others on the
                network read it.

        Raises:
            ValueError: The URL or the key is invalid, or the key would be sent over plain http. The message
                does not show the key.
        """
        secrets = Secret(api_key), Secret(jwt_token)
        del api_key, jwt_token  # a traceback with local variables must not show a key
        self._credentials = _credentials(*secrets)
        try:
            self._url = server_url(base_url)
        except ValueError as error:
            raise ValueError(f"base_url {error}") from None
        if self._credentials is not None and not allow_insecure and not is_protected(self._url):
            raise ValueError(
                "over plain http, others on the network could read the key: use https, or pass "
                "allow_insecure=True on a network that you trust"
            )
        self._headers = httpx.Headers(dict(headers or {}))
        for name, argument in (("x-api-key", "api_key"), ("x-jwt-token", "jwt_token")):
            if self._headers.pop(name, None) is not None:
                raise ValueError(f"pass the header {name} as {argument}, which protects it")
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
        if not hasattr(self, "_url"):  # a traceback may show a client that could not be created
            return f"<{type(self).__name__}: not made>"
        return f"{type(self).__name__}({self.base_url!r})"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a client holds a secret and cannot be pickled or copied: create a new one instead")

    def send(self, request: dict[str, Any]) -> httpx.Response:
        """Sends what an operation's `request(…)` returned, and returns the response.

        The request of the response has the key, which `decode` keeps out of the errors that it raises.

        Raises:
            httpx.HTTPError: There is no response, because of a timeout or a failed connection.
        """
        if self._http is None:
            self._http = httpx.Client(transport=self._transport, **self._options())
        try:
            return self._http.request(**request, auth=self._credentials, follow_redirects=False)
        except httpx.HTTPError as error:
            self._fail(error)

    async def asend(self, request: dict[str, Any]) -> httpx.Response:
        """Like `send`, for asyncio."""
        if self._async_http is None:
            self._async_http = httpx.AsyncClient(transport=self._async_transport, **self._options())
        try:
            return await self._async_http.request(**request, auth=self._credentials, follow_redirects=False)
        except httpx.HTTPError as error:
            self._fail(error)

    def _options(self) -> dict[str, Any]:
        # A request to this machine must not pass through a proxy, which could read the key.
        trust_env = not is_loopback(self._url.raw_host.decode("ascii"))
        return {
            "base_url": self._url,
            "headers": self._headers,
            "cookies": no_cookies(),
            "timeout": self._timeout,
            "trust_env": trust_env,
        }

    def _fail(self, error: httpx.HTTPError) -> NoReturn:
        """Raises an error of httpx without the key in its texts, its request and its frames."""
        if self._credentials is not None:
            self._credentials.redact_error(error)
            with contextlib.suppress(RuntimeError):  # an error without a request
                self._credentials.forget(error.request)
        raise without_frames(error)

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


def _credentials(api_key: Secret, jwt_token: Secret) -> Credentials | None:
    if api_key.reveal() is not None and jwt_token.reveal() is not None:
        raise ValueError("pass api_key or jwt_token, not both")
    for name, header, secret in (("api_key", "x-api-key", api_key), ("jwt_token", "x-jwt-token", jwt_token)):
        if secret.reveal() is None:
            continue
        # An error of httpx shows a header that cannot be sent, usually because of a stray newline.
        if not re.fullmatch(r"[!-~]+", secret.reveal() or ""):
            raise ValueError(f"{name} must be printable ASCII, without spaces and line breaks")
        return Credentials(header, secret)
    return None
