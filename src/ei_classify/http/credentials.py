"""The API key or token: where it comes from, how it is sent, and how it is kept out of everything else."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from typing import TYPE_CHECKING, Any, TypeGuard

import httpx

from ei_classify.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

logger = logging.getLogger("ei_classify")


class Secret:
    """A text that no repr, no pickle and no traceback with local variables shows."""

    def __init__(self, text: str | None) -> None:
        self.reveal: Callable[[], str | None] = lambda: text

    def __repr__(self) -> str:
        return "<secret>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a client holds a secret and cannot be pickled or copied: create a new one instead")


class Credentials(httpx.Auth):
    """Adds the key or token to each request when it is sent."""

    def __init__(self, header: str, secret: Secret) -> None:
        self._header = header
        self._secret = secret

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._header}>"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header. httpx calls this for every try."""
        request.headers[self._header] = self._header_text()
        yield request

    def forget(self, request: httpx.Request) -> None:
        """Remove the key from a request that has been answered."""
        request.headers.pop(self._header, None)

    @contextlib.contextmanager
    def known_to(self, request: httpx.Request) -> Iterator[None]:
        """Put the key back into an answered request for the length of a `with` block.

        Decoding removes the key from the texts of its errors, and reads the key from the request to do so.
        """
        request.headers[self._header] = self._header_text()
        try:
            yield
        finally:
            self.forget(request)

    def redact(self, text: str) -> str:
        """Return the text without the key."""
        return text.replace(self._text, "[redacted]")

    def redact_error(self, error: BaseException) -> None:
        """Remove the key from the texts of an exception and of its causes.

        HTTP libraries name what they could not send.
        """
        passed: BaseException | None = error
        while passed is not None:
            passed.args = tuple(self.redact(each) if isinstance(each, str) else each for each in passed.args)
            if isinstance(passed, OSError) and passed.strerror:
                passed.strerror = self.redact(passed.strerror)
            passed = passed.__cause__ or passed.__context__

    def _header_text(self) -> str:
        return self._text

    @property
    def _text(self) -> str:
        return (self._secret.reveal() or "").strip()


class BearerToken(Credentials):
    """An OAuth 2 access token."""

    def __init__(self, secret: Secret) -> None:
        super().__init__("authorization", secret)

    def _header_text(self) -> str:
        return f"Bearer {self._text}"


class OwnCredentials(Credentials):
    """The credentials of an HTTP client that was passed in, which adds them itself.

    `auth` is its own, and headers are already in each request.
    """

    def __init__(self, http: httpx.Client | httpx.AsyncClient) -> None:
        super().__init__("", Secret(None))
        self._auth = http.auth

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add what the HTTP client adds."""
        if self._auth is None:
            yield request
        else:
            yield from self._auth.auth_flow(request)

    def forget(self, request: httpx.Request) -> None:
        """Remove every header that has a key."""
        for name in SECRET_HEADERS:
            request.headers.pop(name, None)

    @contextlib.contextmanager
    def known_to(self, request: httpx.Request) -> Iterator[None]:
        """Do nothing: the key is not known here."""
        yield

    def redact(self, text: str) -> str:
        """Return the text: the key is not known here."""
        return text


SECRET_HEADERS = ("x-api-key", "x-jwt-token", "authorization")


def find_credentials(
    api_key: Secret,
    jwt_token: Secret,
    bearer_token: Secret,
    http: httpx.Client | httpx.AsyncClient | None = None,
) -> Credentials:
    """Return the credentials from the arguments, from the HTTP client, or from EI_API_KEY.

    Raises:
        ConfigurationError: There are none, there are two, or they cannot be sent in a header.
    """
    if sum(each.reveal() is not None for each in (api_key, jwt_token, bearer_token)) > 1:
        raise ConfigurationError("give only one of api_key, jwt_token and bearer_token")
    name, header, secret = "api_key", "x-api-key", api_key
    if jwt_token.reveal() is not None:
        name, header, secret = "jwt_token", "x-jwt-token", jwt_token
    elif bearer_token.reveal() is not None:
        name, header, secret = "bearer_token", "authorization", bearer_token
    elif api_key.reveal() is None and _has_credentials(http):
        return OwnCredentials(http)
    elif api_key.reveal() is None:
        name, secret = "EI_API_KEY", Secret(os.environ.get("EI_API_KEY"))
    if not isinstance(secret.reveal(), str | None):
        raise ConfigurationError("must be text", name=name)
    secret = _without_quotes(secret, name)
    if not (secret.reveal() or "").strip():
        raise ConfigurationError(
            "no API key: pass api_key= (or jwt_token=), or set EI_API_KEY. "
            "A project's keys are in Studio under Dashboard > Keys."
        )
    if not re.fullmatch(r"\s*[!-~]+\s*", secret.reveal() or ""):
        raise ConfigurationError(
            "contains spaces, line breaks or other characters that no key has: copy it again",
            name=name,
        )
    return BearerToken(secret) if header == "authorization" else Credentials(header, secret)


def _has_credentials(http: object) -> TypeGuard[httpx.Client | httpx.AsyncClient]:
    if not isinstance(http, httpx.Client | httpx.AsyncClient):
        return False
    return http.auth is not None or any(http.headers.get(name) for name in SECRET_HEADERS)


def _without_quotes(secret: Secret, name: str) -> Secret:
    text = (secret.reveal() or "").strip()
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "'\"":
        return secret
    logger.warning("%s is in quotation marks, which are left out: no key has them", name)
    return Secret(text[1:-1])
