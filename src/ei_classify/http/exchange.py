"""One call over HTTP: the key, the address, timeouts, retries, logging and what each failure is called.

Everything here is common to the sync and the async client; each adds a single line that sends.
"""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import logging
import os
import re
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from urllib.parse import urlsplit

import httpx
from attrs import define, field, frozen
from ei_classify_api import errors as api

from ei_classify import errors

from .retries import GaveUpError, RetryPolicy, Tries, retry_after_s

if TYPE_CHECKING:
    import threading
    from collections.abc import AsyncIterator, Callable, Generator, Iterator
    from types import TracebackType

    from ei_classify_api.api import Operation

logger = logging.getLogger("ei_classify")

T = TypeVar("T")

DEFAULT_BASE_URL: Final = "https://studio.edgeimpulse.com/v1"
DEFAULT_TIMEOUT: Final = httpx.Timeout(30.0, connect=10.0)
"""Seconds for each of: connecting, sending, waiting for the next bytes, waiting for a free connection."""

Timeout = float | httpx.Timeout

_READ: Final = httpx.ByteStream(b"")


class Default:
    """The type of `DEFAULT`: what an argument is when it is not given, where None has a meaning."""

    def __repr__(self) -> str:
        return "DEFAULT"


DEFAULT: Final = Default()


class Secret:
    """A text that nothing shows: no repr, no pickle, no local variable of a frame below the caller's."""

    def __init__(self, text: str | None) -> None:
        self.reveal: Callable[[], str | None] = lambda: text

    def __repr__(self) -> str:
        return "<secret>"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a client holds a secret and cannot be pickled or copied: make a new one instead")


class Credentials(httpx.Auth):
    """Puts the key or token into each request as it is sent."""

    def __init__(self, header: str, secret: Secret) -> None:
        self._header = header
        self._secret = secret

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._header}>"

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """As httpx asks for it, once a try."""
        request.headers[self._header] = self._text
        response = yield request
        tries = request.extensions.get("retry")
        if isinstance(tries, Tries):
            response.stream = _TimedBody(response.stream, tries, request)

    def forget(self, request: httpx.Request) -> None:
        """Take the key out of a request, once it and its answer are done with."""
        request.headers.pop(self._header, None)

    def scrubbed(self, response: httpx.Response) -> httpx.Response:
        """The response without the key, should it be anywhere in it.

        Its request has the key until it is forgotten: decoding finds by it a key that is spelt otherwise.
        """
        response.request.headers[self._header] = self._text
        return httpx.Response(
            response.status_code,
            headers=[
                (name, self._without_secret(value))
                for name, value in response.headers.raw
                if name.lower() not in (b"content-encoding", b"transfer-encoding")
            ],
            content=self._without_secret(response.content),
            request=response.request,
        )

    def _without_secret(self, text: bytes) -> bytes:
        return text.replace(self._text.encode(), b"[redacted]")

    @property
    def _text(self) -> str:
        return (self._secret.reveal() or "").strip()


def find_credentials(api_key: Secret, jwt_token: Secret) -> Credentials:
    """The credentials from the arguments or else from EI_API_KEY.

    Raises:
        ConfigurationError: There are none, there are two, or they cannot be sent in a header.

    """
    if api_key.reveal() is not None and jwt_token.reveal() is not None:
        raise errors.ConfigurationError("give api_key or jwt_token, not both")
    name, header, secret = "api_key", "x-api-key", api_key
    if jwt_token.reveal() is not None:
        name, header, secret = "jwt_token", "x-jwt-token", jwt_token
    elif api_key.reveal() is None:
        name, secret = "EI_API_KEY", Secret(os.environ.get("EI_API_KEY"))
    if not isinstance(secret.reveal(), str | None):
        raise errors.ConfigurationError(f"{name} must be text")
    if not (secret.reveal() or "").strip():
        raise errors.ConfigurationError(
            "no API key: pass api_key= (or jwt_token=), or set EI_API_KEY. "
            "A project's keys are in Studio under Dashboard > Keys."
        )
    if not re.fullmatch(r"\s*[!-~]+\s*", secret.reveal() or ""):
        raise errors.ConfigurationError(
            f"{name} holds spaces, line ends or other characters that no key has: was something else copied?"
        )
    return Credentials(header, secret)


def find_base_url(base_url: str | None, *, allow_insecure: bool) -> str:
    """The base URL from the argument, from EI_API_ENDPOINT, or that of Studio; without a slash at its end.

    Raises:
        ConfigurationError: It is no base URL, or would send the key in the clear.

    """
    name = "base_url" if base_url else "EI_API_ENDPOINT"
    text = str(base_url or os.environ.get("EI_API_ENDPOINT") or DEFAULT_BASE_URL).strip()
    try:
        url = httpx.URL(text)
        _ = urlsplit(text).port  # raises where httpx lets a port or an address pass that cannot be
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL()
    if url.scheme not in ("http", "https") or not url.host or url.userinfo or url.query or url.fragment:
        raise errors.ConfigurationError(
            f"{name} must be like {DEFAULT_BASE_URL}, with no user, query or fragment"
        )
    if url.scheme == "http" and not allow_insecure and not _is_loopback(url.host):
        raise errors.ConfigurationError(
            f"{name} is {text!r}: over plain http the key could be read on the way. "
            "Use https, or pass allow_insecure=True where that cannot happen."
        )
    return str(url).rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _check_timeout(instance: object, attribute: object, value: Any) -> None:
    if value is None or isinstance(value, httpx.Timeout | Default):
        return
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise errors.InvalidArgumentError(
            f"timeout must be a number of seconds above 0, an httpx.Timeout or None, not {value!r}"
        )


@frozen
class Call(Generic[T]):
    """A call that may be made, once or again: what to send, and how the answer is read."""

    operation: Operation[Any]
    request: dict[str, Any]
    decode: Callable[[httpx.Response], T]
    timeout: Timeout | Default | None = field(default=DEFAULT, validator=_check_timeout)


@frozen
class Wire:
    """Where the server is and how it is spoken to: what all calls of a client share."""

    base_url: str
    credentials: Credentials
    policy: RetryPolicy
    timeout: Timeout | Default | None = field(validator=_check_timeout)

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this host."""
        return _is_loopback(httpx.URL(self.base_url).host)

    def exchange(self, call: Call[T], stop: threading.Event | None = None) -> Exchange[T]:
        """One call, about to be sent."""
        return Exchange(self, call, Tries(self.policy, stop))


@define
class Exchange(Generic[T]):
    """One call under way. As a context manager it turns every failure into an `EiClassifyError`."""

    wire: Wire
    call: Call[T]
    tries: Tries
    _elapsed_s: float = field(default=0.0, init=False)

    @property
    def arguments(self) -> dict[str, Any]:
        """Keyword arguments for `httpx_retries.retry_request` and `aretry_request`."""
        timeout = self.wire.timeout if isinstance(self.call.timeout, Default) else self.call.timeout
        return {
            **self.call.request,
            "url": self.wire.base_url + self.call.request["url"],
            "headers": {"accept": "application/json"},
            "auth": self.wire.credentials,
            "retry": self.tries,
            "follow_redirects": False,
            **({} if isinstance(timeout, Default) else {"timeout": timeout}),
        }

    def receive(self, response: httpx.Response) -> Callable[[], T]:
        """What reads the typed answer out of a response that has come; it raises a CallError where it cannot.

        Raises:
            CallError: The status is that of a failure.

        """
        self._elapsed_s = self.tries.elapsed_s
        response.next_request = None  # where a redirect leads; it would hold the key
        response.stream = _READ  # httpx's own refers to the response, and both would wait for the collector
        self.wire.credentials.forget(response.request)
        logger.debug("%s %s: %d bytes", self.call.request["method"], response.url, len(response.content))
        if not response.is_success:
            response = self.wire.credentials.scrubbed(response)
            self._fail(response)
        self._log(str(response.status_code))
        return functools.partial(self._read, response)

    def _read(self, response: httpx.Response) -> T:
        try:
            return self.call.decode(response)
        except api.ApiError:
            # Once more, for an error that does not hold the key even if the server repeats it.
            response = self.wire.credentials.scrubbed(response)
        return self._fail(response)

    def _fail(self, response: httpx.Response) -> T:
        try:
            return self.call.decode(response)
        except api.ApiError as error:
            failure = self._failure(error, response)
            if response.is_success:
                logger.debug("%s %s: %s", self.call.request["method"], response.url, type(failure).__name__)
            else:
                self._log(str(response.status_code), f": {type(failure).__name__}")
            raise failure from _without_frames(error)
        finally:
            self.wire.credentials.forget(response.request)

    def __enter__(self) -> Exchange[T]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._elapsed_s = self.tries.elapsed_s
        if isinstance(error, GaveUpError):
            error.__traceback__ = None
            self.receive(error.response)  # raises: only a response that is a failure is waited after
        elif isinstance(error, httpx.HTTPError):
            with contextlib.suppress(RuntimeError):  # no request is known to have failed
                self.wire.credentials.forget(error.request)
            failure = self._no_answer(error)
            self._log("no answer", f": {type(failure).__name__}")
            raise failure from _without_frames(error)

    def _no_answer(self, error: httpx.HTTPError) -> errors.CallError:
        detail = f"{type(error).__name__}: {error}".rstrip(": ")
        if isinstance(error, httpx.TimeoutException):
            return self._error(errors.CallTimeoutError, f"got no whole answer in time ({detail})")
        if isinstance(error, httpx.DecodingError):
            return self._error(errors.DecodeError, f"got an answer that cannot be decompressed ({detail})")
        if isinstance(error, httpx.ConnectError):
            where = urlsplit(self.wire.base_url).netloc
            return self._error(errors.ConnectionFailedError, f"could not connect to {where} ({detail})")
        return self._error(errors.ConnectionFailedError, f"lost its connection ({detail})")

    def _failure(self, error: api.ApiError, response: httpx.Response) -> errors.CallError:
        status, text = error.status, error.error
        if text and "no model testing results found" in text.lower():
            return self._error(errors.NoResultsError, _refused(status), status, text)
        if isinstance(error, api.UnexpectedAnswerError):
            at = f" at {error.place}" if error.place else ""
            unreadable = self._error(
                errors.DecodeError,
                f"got an answer that is not understood{at} ({error.problem})",
                status,
                text,
            )
            unreadable.place = error.place or None
            return unreadable
        if isinstance(error, api.FailureError):
            return self._error(errors.RefusedError, _refused(status), status, text)
        if 300 <= status < 400:
            host = urlsplit(response.headers.get("location", "")).hostname or "another path"
            return self._error(
                errors.RedirectError, f"was sent on to {host} with status {status}", status, text
            )
        if status == 429:
            limited = self._error(errors.RateLimitError, _refused(status), status, text)
            limited.retry_after_s = retry_after_s(response.headers)
            return limited
        if 400 <= status < 500:
            return self._error(_BY_STATUS.get(status, errors.RefusedError), _refused(status), status, text)
        return self._error(errors.ServerError, f"failed with status {status}", status, text)

    def _error(self, kind: type[E], what: str, status: int | None = None, answer: str | None = None) -> E:
        return kind(
            what,
            operation=self.call.operation.name,
            method=self.call.request["method"],
            path=httpx.URL(self.wire.base_url + self.call.request["url"]).path,
            status=status,
            answer=answer,
            tries=self.tries.made,
            elapsed_s=self._elapsed_s,
        )

    def _log(self, status: str, more: str = "") -> None:
        logger.info(
            "%s %s: %s in %.0f ms, tries: %d%s",
            self.call.request["method"],
            self.call.request["url"],
            status,
            self._elapsed_s * 1000,
            self.tries.made,
            more,
        )


E = TypeVar("E", bound=errors.CallError)

_BY_STATUS: Final[dict[int, type[errors.RefusedError]]] = {
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
}


def _refused(status: int) -> str:
    return "was refused" if 200 <= status < 300 else f"was refused with status {status}"


class _TimedBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that may not take longer than its call: the HTTP client's timeout begins anew at each chunk."""

    def __init__(self, stream: Any, tries: Tries, request: httpx.Request) -> None:
        self._stream = stream
        self._tries = tries
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._check()
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._check()
            yield chunk

    def close(self) -> None:
        self._stream.close()

    async def aclose(self) -> None:
        await self._stream.aclose()

    def _check(self) -> None:
        if not self._tries.remaining_s:
            after = f"the answer had not come whole after {self._tries.elapsed_s:.0f} s"
            raise httpx.ReadTimeout(after, request=self._request)


def _without_frames(error: BaseException) -> BaseException:
    """The error without the frames that it passed on its way.

    Those of HTTP libraries hold what was sent, those of decoding what came back: either may show the key.
    """
    passed: BaseException | None = error
    while passed is not None:
        passed.__traceback__ = None
        if passed.__suppress_context__:  # and so what led to it, of which it is to say nothing
            passed.__context__ = None
        passed = passed.__cause__ or passed.__context__
    return error
