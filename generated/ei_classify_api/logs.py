"""Keeps keys out of the logs of the HTTP libraries.

At DEBUG, they show what is sent and what a server sends back, HTTP/2 even the key itself. They have no option
to leave a header out. So their loggers get one filter when the first key is in use. It changes a record only
while a client with a key exists, and only if the record would show that key.
"""

from __future__ import annotations

import logging
import threading
import weakref
from typing import Final

from .keys import Secret, redact

LOGGERS: Final = (
    "hpack.hpack",
    "hpack.table",
    "httpcore.connection",
    "httpcore.http11",
    "httpcore.http2",
    "httpcore.proxy",
    "httpcore.socks",
    "httpx",
    "httpx_retries.retry",
    "httpx_retries.transport",
)
"""The loggers of HTTP libraries. A filter holds for one logger, and not for its children."""


class Mask(logging.Filter):
    """Removes the keys of all clients that exist from the records of a logger."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        # Replaced as a whole, so that a record in another thread always finds a complete one.
        self._secrets: tuple[weakref.ref[Secret], ...] = ()

    def add(self, secret: Secret) -> None:
        """Removes this secret from now on, for as long as it is in use."""
        with self._lock:
            self._secrets = (*(each for each in self._secrets if each() is not None), weakref.ref(secret))
        for name in LOGGERS:
            logging.getLogger(name).addFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Removes the secrets from a record, and lets it pass."""
        texts = [secret.reveal() for each in self._secrets if (secret := each()) is not None]
        if not texts:
            return True
        if record.name.startswith("hpack.") and isinstance(record.args, tuple):
            # A compressed header, where a key is another text that can be read as well.
            record.args = tuple(_size(each) if isinstance(each, bytes) else each for each in record.args)
        shown = message = record.getMessage()
        for text in texts:
            shown = redact(shown, text or "")
        if shown != message:
            record.msg, record.args = shown, None
        return True


def _size(data: bytes) -> str:
    return f"<{len(data)} bytes>"


MASK: Final = Mask()
