"""The API key or token of a client: how it is sent, and how it is kept out of everything else."""

from __future__ import annotations

import contextlib
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING

import httpx

from .keys import Secret, redact, redact_error
from .logs import MASK

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator


class Credentials(httpx.Auth):
    """Adds the key or token to each request when it is sent."""

    def __init__(self, header: str, secret: Secret) -> None:
        self._header = header
        self._secret = secret
        MASK.add(secret)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._header}>"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Adds the header. httpx calls this for every try."""
        request.headers[self._header] = self._text
        yield request

    def forget(self, request: httpx.Request) -> None:
        """Removes the key from a request that has been answered."""
        request.headers.pop(self._header, None)

    @contextlib.contextmanager
    def known_to(self, request: httpx.Request) -> Iterator[None]:
        """Puts the key back into an answered request for the length of a `with` block.

        Decoding removes the key from the texts of its errors, and reads the key from the request to do so.
        """
        request.headers[self._header] = self._text
        try:
            yield
        finally:
            self.forget(request)

    def redact(self, text: str) -> str:
        """Returns the text without the key."""
        return redact(text, self._text)

    def redact_error(self, error: BaseException) -> None:
        """Removes the key from the texts of an exception and of those that led to it."""
        redact_error(error, self._text)

    @property
    def _text(self) -> str:
        return self._secret.reveal() or ""


def no_cookies() -> CookieJar:
    """Returns a jar that takes no cookies: a server could put the key into one."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))
