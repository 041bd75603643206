"""The settings that all calls of a client share: the address of the server and the timeout."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import httpx
from attrs import field, frozen

from ei_classify.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from .credentials import Credentials
    from .retries import RetryPolicy

DEFAULT_BASE_URL: Final = "https://studio.edgeimpulse.com/v1"
DEFAULT_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""The limit for each of: connecting, sending, waiting for the next bytes, waiting for a free connection."""

Timeout = float | httpx.Timeout


class Default:
    """The type of `DEFAULT`, the default of arguments for which None has a meaning of its own."""

    def __repr__(self) -> str:
        return "DEFAULT"


DEFAULT: Final = Default()


@frozen
class Settings:
    """The settings that all calls of a client share."""

    base_url: str
    credentials: Credentials
    policy: RetryPolicy
    timeout: Timeout | Default | None = field(validator=lambda _self, _attribute, value: check_timeout(value))
    """The timeout of each call, in seconds. `DEFAULT` is the timeout of the HTTP client."""
    strict: bool = False
    """Whether every value that does not fit the contract is an error, even if it could be left out."""

    @property
    def scheme(self) -> str:
        """The scheme of the base URL."""
        return httpx.URL(self.base_url).scheme

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        return _is_loopback(httpx.URL(self.base_url).host)


def find_base_url(base_url: str | None, *, allow_insecure: bool) -> str:
    """Return the base URL, without a slash at its end.

    It comes from the argument, from EI_API_ENDPOINT, or is that of Studio.

    Raises:
        ConfigurationError: It is not a base URL, or the key would be sent over plain http.
    """
    name = "EI_API_ENDPOINT" if base_url is None else "base_url"
    text = str(os.environ.get(name, DEFAULT_BASE_URL) if base_url is None else base_url).strip()
    if not text:
        raise ConfigurationError("is empty: leave it out for Edge Impulse Studio", name=name)
    try:
        url = httpx.URL(text)
        _ = urlsplit(text).port  # raises for impossible ports and addresses, which httpx accepts
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
        raise ConfigurationError(
            f"must be a URL like {DEFAULT_BASE_URL}, without a user, query or fragment", name=name
        )
    if url.scheme == "http" and not allow_insecure and not _is_loopback(url.host):
        raise ConfigurationError(
            f"is {text!r}: over plain http, others on the network could read the key",
            name=name,
            advice="Use https, or pass allow_insecure=True on a network that you trust.",
        )
    return str(url).rstrip("/")


def find_project(project_id: int | None) -> int | None:
    """Return the project of a client, from the argument or from EI_PROJECT_ID; None if there is none.

    Raises:
        ConfigurationError: It is not a whole number of at least 0.
    """
    name, given = "project_id", project_id
    if given is None:
        text = os.environ.get("EI_PROJECT_ID", "").strip()
        if not text:
            return None
        name, given = "EI_PROJECT_ID", int(text) if text.isdecimal() else -1
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise ConfigurationError("must be a whole number of at least 0", name=name)
    return given


def check_timeout(value: Any) -> None:
    """Check a timeout of a client or a call.

    Raises:
        InvalidArgumentError: It is not a number of seconds above 0, an `httpx.Timeout`, or None.
    """
    if value is None or isinstance(value, httpx.Timeout | Default):
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise InvalidArgumentError(
            f"must be a number of seconds above 0, an httpx.Timeout or None, not {value!r}", name="timeout"
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
