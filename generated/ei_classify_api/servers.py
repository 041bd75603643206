"""The address of a server: how it is written, and whether a key may be sent there over plain http."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import httpx


def server_url(text: str) -> httpx.URL:
    """Returns the base URL of an API, with scheme and host in lower case and without the default port.

    Raises:
        ValueError: It is not an http or https URL with a host and without user, query and fragment.
    """
    try:
        url = httpx.URL(text)
        _ = urlsplit(text).port  # raises for impossible ports and addresses, which httpx accepts
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
        raise ValueError("must look like https://host/v1, without user, query and fragment")
    # httpx keeps the case of an address, and, in a first parse, the port of a scheme in upper case.
    return url.copy_with(host=url.raw_host.decode("ascii").lower())


def is_loopback(host: str) -> bool:
    """Returns whether a host is this machine: `localhost`, or an address that says so.

    Any other name is a question to a resolver, which may ask others for it; `x.localhost`, `localhost.` and
    numbers such as `127.1` are among them.
    """
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def is_protected(url: httpx.URL) -> bool:
    """Returns whether nobody on the way to a server can read what is sent: by https, or on this machine."""
    return url.scheme == "https" or is_loopback(url.raw_host.decode("ascii"))
