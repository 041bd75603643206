"""What HTTP libraries raise, by what it means for a call.

A transport of httpx raises the exceptions of httpx. One that the caller wrote may also raise those of
httpcore, `ssl` and sockets.
"""

from __future__ import annotations

import ssl
from typing import Final

import httpcore
import httpx

TIMEOUTS: Final = (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError)
"""No whole answer arrived in time."""

UNCONNECTED: Final = (
    httpx.ConnectError,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpcore.ConnectError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    ConnectionRefusedError,
    ssl.SSLCertVerificationError,
)
"""The connection was not made."""

LOST: Final = (
    httpx.NetworkError,
    httpx.RemoteProtocolError,
    httpcore.NetworkError,
    httpcore.RemoteProtocolError,
    ConnectionError,
    ssl.SSLError,
)
"""The connection was lost. Includes the exceptions for some connections that were not made."""

UNSENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpcore.ConnectError,
    httpcore.ConnectTimeout,
    httpcore.PoolTimeout,
    ConnectionRefusedError,
)
"""The server cannot have seen the call."""


class TooLargeError(httpx.HTTPError):
    """The content of an answer is longer than the limit."""


class UnaskedCodingError(httpx.HTTPError):
    """The server compressed an answer in a way that the call did not ask for."""


FAILURES: Final = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpx.CookieConflict,
    httpcore.ConnectionNotAvailable,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.TimeoutException,
    httpcore.UnsupportedProtocol,
    OSError,
)
"""Everything that these libraries raise while a call is made. Others are mistakes in code."""


def is_bad_certificate(error: BaseException | None) -> bool:
    """Return whether the server's certificate is wrong, which is not temporary."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
