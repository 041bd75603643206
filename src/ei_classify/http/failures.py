"""Turns the exceptions of HTTP and decoding into the errors of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx
from attrs import frozen
from ei_classify_api import errors as api

from ei_classify import errors

from .raised import LOST, TIMEOUTS, UNCONNECTED, TooLargeError
from .retries import retry_after_s

if TYPE_CHECKING:
    from .calls import Call
    from .retries import Tries
    from .settings import Settings

E = TypeVar("E", bound=errors.CallError)

REDIRECTS: Final = (301, 302, 303, 307, 308)

_BY_STATUS: Final[dict[int, type[errors.RefusedError]]] = {
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
}


@frozen
class Failures:
    """Creates the errors of one call."""

    settings: Settings
    call: Call[Any]
    tries: Tries

    def of_http(self, error: Exception, elapsed_s: float) -> errors.CallError:
        """Return the error of a call without a whole answer."""
        detail = self.settings.credentials.redact(f"{type(error).__name__}: {error}".rstrip(": "))
        if isinstance(error, TIMEOUTS):
            what = f"received no whole answer in time ({detail})"
            return self._error(errors.CallTimeoutError, what, elapsed_s)
        if isinstance(error, TooLargeError):
            return self._error(errors.AnswerTooLargeError, f"received an answer of {error}", elapsed_s)
        if isinstance(error, httpx.DecodingError):
            what = f"received an answer that cannot be decompressed ({detail})"
            return self._error(errors.DecodeError, what, elapsed_s)
        if isinstance(error, UNCONNECTED):
            what = f"could not connect to {urlsplit(self.settings.base_url).netloc} ({detail})"
        elif isinstance(error, LOST):
            what = f"lost its connection ({detail})"
        else:
            what = f"received no answer ({detail})"
        return self._error(errors.ConnectionFailedError, what, elapsed_s)

    def of_answer(self, error: api.ApiError, response: httpx.Response, elapsed_s: float) -> errors.CallError:
        """Return the error of a call whose answer is a refusal or cannot be read."""

        def named(kind: type[E], what: str) -> E:
            return self._error(kind, what, elapsed_s, error.status, error.error)

        status, text = error.status, error.error
        refused = "was refused" if 200 <= status < 300 else f"was refused with status {status}"
        if text and "no model testing results found" in text.lower():
            return named(errors.NoResultsError, refused)
        if isinstance(error, api.UnexpectedAnswerError):
            place = f" at {error.place}" if error.place else ""
            unreadable = named(
                errors.DecodeError, f"received an answer that cannot be read{place} ({error.problem})"
            )
            unreadable.place = error.place or None
            return unreadable
        if isinstance(error, api.FailureError):
            return named(errors.RefusedError, refused)
        if status in REDIRECTS:
            return named(
                errors.RedirectError, f"was redirected to {self._redirection(response)} with status {status}"
            )
        if status < 400:
            return named(errors.DecodeError, f"received the unexpected status {status}")
        if status == 429:
            limited = named(errors.RateLimitError, refused)
            limited.retry_after_s = retry_after_s(response.headers)
            return limited
        if status < 500:
            return named(_BY_STATUS.get(status, errors.RefusedError), refused)
        return named(errors.ServerError, f"failed with status {status}")

    def _redirection(self, response: httpx.Response) -> str:
        try:
            host = urlsplit(response.headers.get("location", "")).hostname
        except ValueError:
            host = "an address that is no URL"
        return self.settings.credentials.redact(host or "another path")

    def _error(
        self,
        kind: type[E],
        what: str,
        elapsed_s: float,
        status: int | None = None,
        answer: str | None = None,
    ) -> E:
        return kind(
            what,
            operation=self.call.operation.name,
            method=self.call.request["method"],
            path=httpx.URL(self.settings.base_url + self.call.request["url"]).path,
            status=status,
            answer=answer,
            tries=self.tries.made,
            elapsed_s=elapsed_s,
        )


def without_frames(error: BaseException) -> BaseException:
    """Remove the traceback from the error and from its causes, and return the error.

    The frames of HTTP libraries hold the request, and those of decoding hold the answer. Both may contain the
    key.
    """
    passed: BaseException | None = error
    while passed is not None:
        passed.__traceback__ = None
        if passed.__suppress_context__:  # its context is not shown either
            passed.__context__ = None
        passed = passed.__cause__ or passed.__context__
    return error
