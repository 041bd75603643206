"""What HTTP libraries raise, by what it means for a call.

Most of it are exceptions of httpx. A transport of the caller's own may let those of httpcore, `ssl` and
sockets through.
"""

from __future__ import annotations

import ssl
from typing import Final

import httpcore
import httpx

TIMEOUTS: Final = (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError)
"""No whole answer arrived in time."""

UNCONNECTED: Final = (
    *(httpx.ConnectError, httpx.ProxyError, httpx.UnsupportedProtocol),
    *(httpcore.ConnectError, httpcore.ProxyError, httpcore.UnsupportedProtocol),
    *(ConnectionRefusedError, ssl.SSLCertVerificationError),
)
"""There was no connection."""

LOST: Final = (
    *(httpx.NetworkError, httpx.RemoteProtocolError),
    *(httpcore.NetworkError, httpcore.RemoteProtocolError),
    *(ConnectionError, ssl.SSLError),
)
"""The connection was lost. Some exceptions for one that was never made are among them too."""

UNSENT: Final = (
    *(httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout),
    *(httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout),
    ConnectionRefusedError,
)
"""The server cannot have seen the call."""

FAILURES: Final = (
    *(httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict),
    *(httpcore.ConnectionNotAvailable, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError),
    *(httpcore.TimeoutException, httpcore.UnsupportedProtocol),
    OSError,
)
"""Everything that these libraries raise while a call is made. The rest is a mistake in somebody's code."""


def is_bad_certificate(error: BaseException | None) -> bool:
    """Return whether the server's certificate is wrong, which is not temporary."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
