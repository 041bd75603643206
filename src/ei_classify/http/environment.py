"""Creates HTTP clients, and names the variable of the environment that keeps one from working.

httpx reads these variables. It accepts some values with which every call would fail.
"""

from __future__ import annotations

import functools
import os
import re
import ssl
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx
from ei_classify_api.credentials import no_cookies
from ei_classify_api.keys import without_frames

from ei_classify.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Iterator

H = TypeVar("H", httpx.Client, httpx.AsyncClient)

_SCHEMES: Final = ("http", "https", "all")
_SOCKS: Final = ("socks5://", "socks5h://")
_HOST: Final = re.compile(r"[\w.-]+|[0-9a-fA-F:.]+")  # a name or an address
_REHASHED: Final = re.compile(r"[0-9a-f]{8}\.\d+")  # the only files that OpenSSL looks for in a folder


def create_http_client(kind: type[H], scheme: str, *, trust_env: bool) -> H:
    """Return an HTTP client for servers with this scheme.

    Raises:
        ConfigurationError: A variable of the environment keeps it from working.
    """
    if trust_env:
        for complaint in (*_proxies((scheme, "all")), *_folder_of_certificates(scheme)):
            raise complaint
    try:
        return kind(verify=_certificates(trust_env=trust_env), trust_env=trust_env, cookies=no_cookies())
    except Exception as error:  # httpx does not say what it may raise
        complaint = next(_complaints(error, trust_env=trust_env))
        raise complaint from without_frames(error)


def _certificates(*, trust_env: bool) -> ssl.SSLContext:
    """Return what TLS trusts. Reading it takes longer than all else, so clients share it where they can."""
    chosen = ("SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR") if trust_env else ("SSLKEYLOGFILE",)
    if any(map(os.environ.get, chosen)):
        return httpx.create_ssl_context(trust_env=trust_env)
    return _usual_certificates()


@functools.cache
def _usual_certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def name_proxy(url: httpx.URL) -> str | None:
    """Return the proxy for this URL and its variable, without user and password; None if there is none."""
    proxies = getproxies()
    scheme = next((each for each in (url.scheme, "all") if proxies.get(each)), None)
    if scheme is None or proxy_bypass(url.raw_host.decode("ascii")):
        return None
    address = proxies[scheme]
    proxy = httpx.URL(address if "://" in address else f"http://{address}")
    return f"{proxy.netloc.decode('ascii')} of {_variable(scheme)}"


def _complaints(error: Exception, *, trust_env: bool) -> Iterator[ConfigurationError]:
    """Say what may be the reason for this error, the most likely first."""
    key_log = os.environ.get("SSLKEYLOGFILE")
    if key_log and isinstance(error, OSError) and error.filename == key_log:
        yield ConfigurationError(
            f"is {key_log!r}, which cannot be written ({error.strerror}): set it to a file, or unset it",
            name="SSLKEYLOGFILE",
        )
    if trust_env:
        yield from _proxies(_SCHEMES)
        yield from _file_of_certificates()
        if isinstance(error, httpx.InvalidURL) and getproxies().get("no"):
            yield ConfigurationError(
                "has an entry that is no host: set it to names and addresses separated by commas (an IPv6 "
                "address as ::1, without brackets), or unset it",
                name=_variable("no"),
            )
    yield ConfigurationError(f"the HTTP client cannot be made ({type(error).__name__}: {error})")


def _proxies(schemes: tuple[str, ...]) -> Iterator[ConfigurationError]:
    proxies = getproxies()
    if "*" in [host.strip() for host in proxies.get("no", "").split(",")]:
        return
    for scheme in schemes:
        address = proxies.get(scheme)
        if not address:
            continue
        if not _is_proxy(address):  # which may contain a password
            yield ConfigurationError(
                "must be the address of a proxy, such as http://proxy.example.com:3128: correct or unset it",
                name=_variable(scheme),
            )
        elif address.lower().startswith(_SOCKS) and find_spec("socksio") is None:
            yield ConfigurationError(
                "is a SOCKS proxy, for which the package socksio is missing: pip install 'httpx[socks]', or "
                "unset it",
                name=_variable(scheme),
            )


def _is_proxy(address: str) -> bool:
    has_scheme = "://" in address
    try:
        url = httpx.URL(address if has_scheme else f"http://{address}")
        port = urlsplit(str(url)).port  # raises for ports that httpx accepts
    except (httpx.InvalidURL, ValueError):
        return False
    if url.scheme not in ("http", "https", "socks5", "socks5h") or not _HOST.fullmatch(url.host):
        return False
    # A word alone, such as "true", is hardly ever the name of a proxy.
    return has_scheme or port is not None or "." in url.host


def _variable(scheme: str) -> str:
    """Return the name of the variable that sets this proxy. Some systems set it elsewhere."""
    value = getproxies()[scheme]
    spelled = (name for name, set_to in os.environ.items() if set_to == value)
    name = f"{scheme}_proxy"
    return next((each for each in spelled if each.lower() == name), f"the system's {name}")


def _file_of_certificates() -> Iterator[ConfigurationError]:
    path = os.environ.get("SSL_CERT_FILE")
    if not path:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except OSError as error:
        why = (
            "has no certificates" if isinstance(error, ssl.SSLError) else f"cannot be read ({error.strerror})"
        )
        yield ConfigurationError(
            f"is {path!r}, which {why}: set it to a file of certificates in PEM form, or unset it",
            name="SSL_CERT_FILE",
        )


def _folder_of_certificates(scheme: str) -> Iterator[ConfigurationError]:
    folders = os.environ.get("SSL_CERT_DIR")
    if scheme != "https" or not folders or os.environ.get("SSL_CERT_FILE"):
        return
    if not any(_has_certificates(Path(folder)) for folder in folders.split(os.pathsep)):
        yield ConfigurationError(
            f"is {folders!r}, where no certificates are found: set it to a folder that `openssl "
            "rehash` has been run on, or unset it",
            name="SSL_CERT_DIR",
        )


def _has_certificates(folder: Path) -> bool:
    try:
        return any(_REHASHED.fullmatch(path.name) for path in folder.iterdir())
    except OSError:
        return False
