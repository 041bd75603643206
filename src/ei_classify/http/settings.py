"""The settings that all calls of a client share: the address of the server and the timeout."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

import httpx
from attrs import field, frozen
from ei_classify_api.servers import is_loopback, is_protected, server_url

from ei_classify.errors import ConfigurationError, InvalidArgumentError

if TYPE_CHECKING:
    from ei_classify_api.credentials import Credentials

    from .retries import RetryPolicy

DEFAULT_BASE_URL: Final = "https://studio.edgeimpulse.com/v1"
DEFAULT_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""The limit for each of: connecting, sending, waiting for the next bytes, waiting for a free connection."""

DEFAULT_MAX_ANSWER_BYTES: Final = 1 << 30
"""The largest answer by default, in bytes. A page of 50,000 samples of 50 windows and 12 labels fits."""

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
    max_answer_bytes: int | None = field(
        default=DEFAULT_MAX_ANSWER_BYTES, validator=lambda _self, _attribute, value: _check_size(value)
    )
    """The longest body of an answer after decompression, in bytes; None for no limit."""
    strict: bool = False
    """Whether every value that does not fit the contract is an error, even if it could be left out."""

    @property
    def scheme(self) -> str:
        """The scheme of the base URL."""
        return httpx.URL(self.base_url).scheme

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(httpx.URL(self.base_url).raw_host.decode("ascii"))


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
        url = server_url(text)
    except ValueError:
        raise ConfigurationError(
            f"must be a URL like {DEFAULT_BASE_URL}, without a user, query or fragment", name=name
        ) from None
    if not allow_insecure and not is_protected(url):
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


def _check_size(value: Any) -> None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return
    raise ConfigurationError(
        f"must be a number of bytes above 0 or None, not {value!r}", name="max_answer_bytes"
    )
