"""The API key or token: where it comes from, how it is sent, and how it is kept out of everything else."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from typing import TYPE_CHECKING, Any

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
        request.headers[self._header] = self._text
        yield request

    def forget(self, request: httpx.Request) -> None:
        """Remove the key from a request that has been answered."""
        request.headers.pop(self._header, None)

    @contextlib.contextmanager
    def known_to(self, request: httpx.Request) -> Iterator[None]:
        """Put the key back into an answered request for the length of a `with` block.

        Decoding removes the key from the texts of its errors, and reads the key from the request to do so.
        """
        request.headers[self._header] = self._text
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

    @property
    def _text(self) -> str:
        return (self._secret.reveal() or "").strip()


def find_credentials(api_key: Secret, jwt_token: Secret) -> Credentials:
    """Return the credentials from the arguments or, if there are none, from EI_API_KEY.

    Raises:
        ConfigurationError: There are none, there are two, or they cannot be sent in a header.
    """
    if api_key.reveal() is not None and jwt_token.reveal() is not None:
        raise ConfigurationError("give api_key or jwt_token, not both")
    name, header, secret = "api_key", "x-api-key", api_key
    if jwt_token.reveal() is not None:
        name, header, secret = "jwt_token", "x-jwt-token", jwt_token
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
    return Credentials(header, secret)


def _without_quotes(secret: Secret, name: str) -> Secret:
    text = (secret.reveal() or "").strip()
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "'\"":
        return secret
    logger.warning("%s is in quotation marks, which are left out: no key has them", name)
    return Secret(text[1:-1])
