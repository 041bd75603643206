"""Sends calls with an HTTP client, sync or async."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

import httpx
from ei_classify_api.keys import without_frames
from httpx_retries import RetryTransport

from ei_classify.errors import ClientClosedError, ConfigurationError

from .bodies import AsyncWholeAnswers, WholeAnswers
from .environment import create_http_client, name_proxy
from .exchange import Exchange
from .gates import GatedAnswers
from .raised import FAILURES
from .retries import GaveUpError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator

    from .calls import Call
    from .gates import CallGate
    from .settings import Settings

HttpClient: TypeAlias = httpx.Client
AsyncHttpClient: TypeAlias = httpx.AsyncClient

T = TypeVar("T")
H = TypeVar("H", httpx.Client, httpx.AsyncClient)


class _Sender(Generic[H]):
    """An HTTP client. It is either created here and closed with the sender, or passed in."""

    _kind: type[H]

    def __init__(self, settings: Settings, http: H | None, *, owner: str) -> None:
        """Create a sender. `owner` is its name in errors."""
        if http is not None and not isinstance(http, self._kind):
            raise ConfigurationError(
                f"must be an httpx.{self._kind.__name__}, not {type(http).__name__}", name="http_client"
            )
        self.settings = settings
        self._owner = owner
        self._owns_http = http is None
        # A request to this machine must not pass through a proxy, which could read the key.
        trust_env = not settings.is_loopback
        self._http: H = (
            create_http_client(self._kind, settings.scheme, trust_env=trust_env) if http is None else http
        )
        # Which proxies an HTTP client that was passed in uses is not known.
        self._proxy = name_proxy(httpx.URL(settings.base_url)) if http is None and trust_env else None

    @property
    def is_closed(self) -> bool:
        """Whether the HTTP client is closed."""
        return self._http.is_closed

    def _open_http(self) -> H:
        if self._http.is_closed:
            raise ClientClosedError(f"{self._owner} is closed: create a new one")
        return self._http

    @contextlib.contextmanager
    def _named_failures(self, exchange: Exchange[T], request: httpx.Request) -> Iterator[None]:
        try:
            yield
        except FAILURES as error:
            raise exchange.failed(error, request, self._proxy) from without_frames(error)
        except RuntimeError as error:  # what httpx raises for a client that was closed between two tries
            self.settings.credentials.forget(request)
            if not self._http.is_closed:
                raise
            raise ClientClosedError(f"{self._owner} was closed during a call") from without_frames(error)


class Sender(_Sender[httpx.Client]):
    """Sends calls. Threads can share it."""

    _kind = httpx.Client

    def __init__(
        self, settings: Settings, http: httpx.Client | None, *, owner: str, gate: CallGate | None = None
    ) -> None:
        """Create a sender. `owner` is its name in errors, and each try passes the gate."""
        super().__init__(settings, http, owner=owner)
        self._gate = gate

    def send(self, call: Call[T]) -> T:
        """Send a call and return its typed answer.

        Raises:
            CallError: The call failed.
            ClientClosedError: The HTTP client is closed.
        """
        return self.fetch(call)()

    def fetch(self, call: Call[T], stop: threading.Event | None = None) -> Callable[[], T]:
        """Send a call, and return a function that reads the typed answer and may raise a `CallError`.

        Args:
            call: The call.
            stop: Once it is set, waits and the reading of a body end, and no further try is made.

        Raises:
            CallError: No answer arrived, or its status is that of a failure.
            ClientClosedError: The HTTP client is closed.
        """
        http = self._open_http()
        exchange = Exchange.of(self.settings, call, stop)
        once: httpx.BaseTransport = WholeAnswers(
            http, self.settings.credentials, exchange.tries, self.settings.max_answer_bytes
        )
        if self._gate is not None:
            once = GatedAnswers(once, self._gate, exchange.tries)
        request = exchange.request(http)
        with self._named_failures(exchange, request):
            try:
                response = RetryTransport(once, exchange.tries).handle_request(request)
            except GaveUpError as error:
                response = error.response
        return exchange.answered(response)

    def close(self) -> None:
        """Close the connections, unless the HTTP client was passed in."""
        if self._owns_http:
            self._http.close()


class AsyncSender(_Sender[httpx.AsyncClient]):
    """`Sender` for asyncio."""

    _kind = httpx.AsyncClient

    async def send(self, call: Call[T]) -> T:
        """Send a call and return its typed answer, like `Sender.send`."""
        return (await self.fetch(call))()

    async def fetch(self, call: Call[T]) -> Callable[[], T]:
        """Send a call, like `Sender.fetch`. Cancel the task to stop it."""
        http = self._open_http()
        exchange = Exchange.of(self.settings, call)
        once = AsyncWholeAnswers(
            http, self.settings.credentials, exchange.tries, self.settings.max_answer_bytes
        )
        request = exchange.request(http)
        with self._named_failures(exchange, request):
            try:
                response = await RetryTransport(once, exchange.tries).handle_async_request(request)
            except GaveUpError as error:
                response = error.response
        return exchange.answered(response)

    async def close(self) -> None:
        """Close the connections, unless the HTTP client was passed in."""
        if self._owns_http:
            await self._http.aclose()
