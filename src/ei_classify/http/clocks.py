"""The clock of a server, from the date in the head of an answer."""

from __future__ import annotations

import datetime
from email.utils import parsedate_to_datetime

import httpx
from ei_classify_api.servers import is_loopback

from .environment import create_http_client
from .settings import find_base_url

_TIMEOUT_S = 10.0


def ahead_of_server_s(base_url: str | None) -> float | None:
    """Return how far the clock of this machine is ahead of that of the server, in seconds.

    No key is sent. RFC 9110, section 6.6.1 defines the date of an answer, in whole seconds.

    Returns:
        The time; None if the server sends no date, or cannot be reached.

    Raises:
        ConfigurationError: The base URL or a variable of the environment is wrong.
    """
    url = httpx.URL(find_base_url(base_url, allow_insecure=False))
    trust_env = not is_loopback(url.raw_host.decode("ascii"))
    with create_http_client(httpx.Client, url.scheme, trust_env=trust_env) as http:
        try:
            date = http.head(url, timeout=_TIMEOUT_S).headers["date"]
            now = datetime.datetime.now(datetime.UTC)
            return (now - parsedate_to_datetime(date)).total_seconds()
        except (httpx.HTTPError, KeyError, ValueError):
            return None
