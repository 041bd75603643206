"""Turns the exceptions of HTTP and decoding into the errors of this package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlsplit

import httpx
from attrs import frozen
from ei_classify_api import errors as api

from ei_classify import errors
from ei_classify.decoding import sample_at

from .raised import LOST, TIMEOUTS, UNCONNECTED, TooLargeError, UnaskedCodingError
from .retries import retry_after_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_api.types import SetAside

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

    def of_http(self, error: Exception, elapsed_s: float, proxy: str | None) -> errors.CallError:
        """Return the error of a call without a whole answer, which was sent through this proxy."""
        detail = self.settings.credentials.redact(f"{type(error).__name__}: {error}".rstrip(": "))
        if proxy is not None:
            detail += f"; through the proxy {proxy}"
        if isinstance(error, TIMEOUTS):
            what = f"received no whole answer in time ({detail})"
            return self._error(errors.CallTimeoutError, what, elapsed_s)
        if isinstance(error, TooLargeError):
            return self._error(errors.AnswerTooLargeError, f"received an answer of {error}", elapsed_s)
        if isinstance(error, UnaskedCodingError):
            return self._error(errors.DecodeError, f"received an unreadable answer: {error}", elapsed_s)
        if isinstance(error, httpx.DecodingError):
            what = f"received an answer that cannot be decompressed ({detail})"
            return self._error(errors.DecodeError, what, elapsed_s)
        if isinstance(error, UNCONNECTED):
            what = f"could not connect to {urlsplit(self.settings.base_url).netloc} ({detail})"
            failure = self._error(errors.ConnectionFailedError, what, elapsed_s)
            failure.was_sent = False
            return failure
        if isinstance(error, LOST):
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
            return self._unreadable(
                named(errors.DecodeError, "received an answer that cannot be read"),
                error.place,
                error.problem,
                response,
            )
        if isinstance(error, api.FailureError):
            return named(errors.RefusedError, refused if text else f"{refused} without a reason")
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

    def of_set_aside(
        self, found: Sequence[SetAside], response: httpx.Response, elapsed_s: float
    ) -> errors.DecodeError:
        """Return the error of a strict call whose answer has values that do not fit the contract."""
        first, others = found[0], len(found) - 1
        what = "received an answer that does not fit the contract"
        failure = self._error(errors.DecodeError, what, elapsed_s, response.status_code)
        place, problem = (self.settings.credentials.redact(text) for text in (first.place, first.problem))
        self._unreadable(failure, place, problem, response)
        if others:
            failure.what += f", and in {others} other place{'s' if others > 1 else ''}"
        failure.advice = "Without `strict`, the client leaves such values out."
        return failure

    def _unreadable(
        self, failure: errors.DecodeError, place: str, problem: str, response: httpx.Response
    ) -> errors.DecodeError:
        """Say in an error where and why the answer cannot be read."""
        failure.what += f" at {place} ({problem})" if place else f" ({problem})"
        failure.offset = self.call.offset
        if not place:
            return failure
        failure.place = place
        if place != "success":  # without it, this may not be the API at all
            failure.advice = failure.advice_for_place if failure.offset is None else failure.advice_for_page
        name = sample_at(response.content, place)
        failure.sample_id = name.sample_id
        failure.filename = name.filename and self.settings.credentials.redact(name.filename)
        if self.call.offset is not None:
            failure.what += f", in the page at offset {self.call.offset}"
        if name.sample_id is not None:
            failure.what += f", sample {name.sample_id}"
        if failure.filename is not None:
            failure.what += f" {errors.shorten(failure.filename)!r}"
        return failure

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
