"""Where the server is and how long to wait for it: what all calls of a client share."""

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
"""Seconds for each of: connecting, sending, waiting for the next bytes, waiting for a free connection."""

Timeout = float | httpx.Timeout


class Default:
    """The type of `DEFAULT`: the value of an argument that is left out, where None has a meaning."""

    def __repr__(self) -> str:
        return "DEFAULT"


DEFAULT: Final = Default()


@frozen
class Settings:
    """What all calls of a client share."""

    base_url: str
    credentials: Credentials
    policy: RetryPolicy
    timeout: Timeout | Default | None = field(validator=lambda _self, _attribute, value: check_timeout(value))
    """With `DEFAULT`, the HTTP client's own."""

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        return _is_loopback(httpx.URL(self.base_url).host)


def find_base_url(base_url: str | None, *, allow_insecure: bool) -> str:
    """The base URL from the argument, from EI_API_ENDPOINT, or that of Studio; without a slash at its end.

    Raises:
        ConfigurationError: It is not a base URL, or would send the key in the clear.
    """
    name = "base_url" if base_url else "EI_API_ENDPOINT"
    text = str(base_url or os.environ.get("EI_API_ENDPOINT") or DEFAULT_BASE_URL).strip()
    try:
        url = httpx.URL(text)
        _ = urlsplit(text).port  # raises for ports and addresses that are impossible and that httpx accepts
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
        raise ConfigurationError(
            f"must be like {DEFAULT_BASE_URL}, with no user, query or fragment", name=name
        )
    if url.scheme == "http" and not allow_insecure and not _is_loopback(url.host):
        raise ConfigurationError(
            f"is {text!r}: over plain http, others on the network could read the key",
            name=name,
            advice="Use https, or pass allow_insecure=True where nobody can listen.",
        )
    return str(url).rstrip("/")


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
