"""The API key or token: where it comes from. `ei_classify_api.credentials` sends and hides it."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from typing import TYPE_CHECKING, Final

import httpx
from ei_classify_api.credentials import Credentials
from ei_classify_api.keys import Secret
from ei_classify_api.logs import MASK

from ei_classify.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator, Iterator

logger = logging.getLogger("ei_classify")
logger.addFilter(MASK)


SECRET_HEADERS: Final = ("x-api-key", "x-jwt-token", "authorization")


class BearerToken(Credentials):
    """An OAuth 2 access token."""

    def __init__(self, secret: Secret) -> None:
        super().__init__("authorization", secret)
        self._token = secret

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the header. httpx calls this for every try."""
        request.headers["authorization"] = f"Bearer {self._token.reveal()}"
        yield request


class OwnCredentials(Credentials):
    """The `auth` of an HTTP client that was passed in."""

    def __init__(self, auth: httpx.Auth) -> None:
        super().__init__("authorization", Secret(None))
        self._auth = auth

    def sync_auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add what it adds."""
        yield from self._auth.sync_auth_flow(request)

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Add what it adds, like `sync_auth_flow`."""
        flow = self._auth.async_auth_flow(request)
        async with contextlib.aclosing(flow):
            request = await anext(flow)
            while True:
                response = yield request
                try:
                    request = await flow.asend(response)
                except StopAsyncIteration:
                    return

    def forget(self, request: httpx.Request) -> None:
        """Remove every header that may have a key."""
        for name in SECRET_HEADERS:
            request.headers.pop(name, None)

    @contextlib.contextmanager
    def known_to(self, request: httpx.Request) -> Iterator[None]:
        """Do nothing: the key is not known here."""
        yield


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
    own = None if api_key.reveal() is not None else _own_credentials(http)
    name, header, secret = "api_key", "x-api-key", api_key
    if jwt_token.reveal() is not None:
        name, header, secret = "jwt_token", "x-jwt-token", jwt_token
    elif bearer_token.reveal() is not None:
        name, header, secret = "bearer_token", "authorization", bearer_token
    elif own is not None:
        return own
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
    secret = Secret((secret.reveal() or "").strip())
    if not re.fullmatch(r"[!-~]+", secret.reveal() or ""):
        raise ConfigurationError(
            "contains spaces, line breaks or other characters that no key has: copy it again",
            name=name,
        )
    return BearerToken(secret) if header == "authorization" else Credentials(header, secret)


def _own_credentials(http: object) -> Credentials | None:
    """Return the credentials that an HTTP client brings; None if it has none."""
    if not isinstance(http, httpx.Client | httpx.AsyncClient):
        return None
    if http.auth is not None:
        return OwnCredentials(http.auth)
    found = ((name, http.headers.get(name)) for name in SECRET_HEADERS)
    return next((Credentials(name, Secret(text)) for name, text in found if text), None)


def _without_quotes(secret: Secret, name: str) -> Secret:
    text = (secret.reveal() or "").strip()
    if len(text) < 2 or text[0] != text[-1] or text[0] not in "'\"":
        return secret
    logger.warning("%s is in quotation marks, which are left out: no key has them", name)
    return Secret(text[1:-1])
