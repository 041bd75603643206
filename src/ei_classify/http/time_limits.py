"""The time limit of a try: no phase outlasts the time that is left for its call.

The timeouts of HTTP clients limit each wait for the network. A server that sends a byte now and then, or one
interim answer after another, can keep a call going for ever. An async call is cancelled when its time is
over. A sync call cannot be cancelled. Its timeouts, and those of each operation on its connection, are
therefore cut to the time that is left.

What cannot be interrupted in a sync call: the resolver of the system, and a transport that the caller wrote
between two pieces of a body. A host with several addresses that do not respond gets the time for each.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

import httpcore
import httpx

from .raised import TIMEOUTS

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Iterator, Mapping

    from .retries import Tries

_CURRENT: Final[ContextVar[Tries | None]] = ContextVar("_CURRENT", default=None)
"""The tries of the call that this thread makes."""

_LEAST_S: Final = 0.001
"""The shortest wait. With 0, a socket would not wait at all and report an error of its own."""


class TimeLimit:
    """The time limit of one try."""

    def __init__(self, tries: Tries, request: httpx.Request) -> None:
        self._tries = tries
        self._request = request
        self._phase = ""
        self._unready: httpcore.AsyncNetworkStream | None = None

    def check(self) -> None:
        """Check that there is time left. Between the pieces of a body, this holds for every transport.

        Raises:
            httpx.ReadTimeout: There is none.
        """
        if not self._tries.remaining_s:
            during = f" (during {self._phase})" if self._phase else ""
            waited = f"the whole answer had not arrived after {self._tries.elapsed_s:.0f} s{during}"
            raise httpx.ReadTimeout(waited, request=self._request)

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """Limit what this thread sends and receives for the length of a `with` block.

        Raises:
            httpx.TimeoutException: The time is over, or a single wait was longer than its timeout.
        """
        timeouts = self._request.extensions.get("timeout", {})
        self._request.extensions.update(timeout=_Timeouts(timeouts, self._tries), trace=self._trace)
        outer = _CURRENT.set(self._tries)
        try:
            with self._named():
                yield
        finally:
            _CURRENT.reset(outer)
            self._request.extensions.update(timeout=timeouts)
            del self._request.extensions["trace"]

    @contextlib.asynccontextmanager
    async def applied_async(self) -> AsyncIterator[None]:
        """Cancel what this task does once the time is over, like `applied`."""
        self._request.extensions["trace"] = self._trace_async
        try:
            with self._named():
                async with asyncio.timeout(self._tries.remaining_s + _LEAST_S):
                    yield
        except BaseException:
            if self._unready is not None:  # httpcore leaves it open if it is cancelled during a handshake
                await self._unready.aclose()
            raise
        finally:
            del self._request.extensions["trace"]

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        """Say that the time of the call is over, if that is why a wait ended."""
        try:
            yield
        except TIMEOUTS as error:
            try:
                self.check()
            except httpx.ReadTimeout as over:
                raise over from error
            raise

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        # A connection outlives the call that opened it: its later calls have their own limits.
        limit_stream(info.get("return_value"))
        self._enter(event)

    async def _trace_async(self, event: str, info: Mapping[str, Any]) -> None:
        stream = info.get("return_value")
        if isinstance(stream, httpcore.AsyncNetworkStream):
            self._unready = stream
        elif "request" in info:  # which is about to be sent
            self._unready = None
        self._enter(event)

    def _enter(self, event: str) -> None:
        _, phase, state = event.split(".")  # such as "http11.receive_response_headers.started"
        if state == "started" and phase != "response_closed":
            self._phase = phase


class _Timeouts(dict[str, Any]):
    """The timeouts of a request, none of which is longer than the time that is left when it is read."""

    def __init__(self, timeouts: Mapping[str, float | None], tries: Tries) -> None:
        super().__init__(timeouts)
        self._tries = tries

    def __getitem__(self, name: str) -> float:
        return _shorter(super().__getitem__(name), self._tries.remaining_s)

    def get(self, name: str, default: Any = None) -> Any:
        return _shorter(super().get(name, default), self._tries.remaining_s)


class _Operations:
    """The operations of a network stream, none of which outlasts the call that its thread makes."""

    _PIECE: Final = 4_096
    """A write starts its timeout again with each part that the server takes."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._read = stream.read
        self._write = stream.write
        self._start_tls = stream.start_tls

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._read(max_bytes, _time_left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all bytes."""
        for start in range(0, len(buffer), self._PIECE):
            piece = buffer[start : start + self._PIECE]
            self._write(piece, _time_left(timeout, httpcore.WriteTimeout))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the stream after a TLS handshake."""
        return self._start_tls(ssl_context, server_hostname, _time_left(timeout, httpcore.ConnectTimeout))


def limit_stream(stream: object) -> None:
    """Limit the operations of a network stream. In a thread that makes no call, they are as before."""
    if not isinstance(stream, httpcore.NetworkStream):
        return
    if isinstance(getattr(stream.read, "__self__", None), _Operations):
        return
    operations = _Operations(stream)
    with contextlib.suppress(AttributeError):  # a class with slots, which can only be the caller's
        for name in ("read", "write", "start_tls"):
            setattr(stream, name, getattr(operations, name))


def _time_left(timeout: float | None, over: type[httpcore.TimeoutException]) -> float | None:
    tries = _CURRENT.get()
    if tries is None:
        return timeout
    if not tries.remaining_s:
        raise over("the time of the call is over")
    return _shorter(timeout, tries.remaining_s)


def _shorter(timeout: float | None, remaining_s: float) -> float:
    return max(_LEAST_S, remaining_s if timeout is None else min(timeout, remaining_s))
