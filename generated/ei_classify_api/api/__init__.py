"""The operations, one module each, and what they share."""

from __future__ import annotations

import datetime
import functools
import re
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload
from urllib.parse import quote

import msgspec

from ..errors import (
    ApiError,
    FailureError,
    MismatchError,
    StatusError,
    UnexpectedAnswerError,
    shorten,
)
from ..keys import redact, without_frames
from ..types import Unset, to_text, untyped

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    import httpx

    from ..familiar import Familiar

HEADERS_OF_INTEREST = (
    "content-type",
    "retry-after",
    "cf-ray",
    "traceparent",
    "x-amz-request-id",
    "x-amzn-requestid",
    "x-amzn-trace-id",
    "x-cloud-trace-context",
    "x-correlation-id",
    "x-request-id",
)
"""The headers of an answer that an error keeps."""

SECRET_HEADERS = ("x-api-key", "x-jwt-token", "authorization", "cookie")
"""The headers of a request whose values an error never shows, even if the server repeats them."""


_PROPERTIES = msgspec.json.Decoder(dict[str, msgspec.Raw])


class _Answer(Protocol):
    success: bool

    @staticmethod
    def from_json(content: bytes | str, familiar: Familiar | None = None) -> Any: ...


T = TypeVar("T", bound=_Answer)
A = TypeVar("A")


class Operation(Generic[T]):
    """One operation of the contract: how it is called, and how its answers are read."""

    def __init__(
        self, name: str, method: str, path: str, shapes: dict[type[T], tuple[str, ...]], *, repeatable: bool
    ) -> None:
        self.name = name
        """Its name in Python."""
        self.method = method
        """The HTTP method, in capitals."""
        self.path = path
        """The path, with its parameters in braces."""
        self.repeatable = repeatable
        """Whether a call may be sent again when its outcome is unknown, as after a lost connection.

        It stands in the contract as `x-repeatable`. Without it, only GET and HEAD may be repeated.
        """
        self._shapes = shapes

    def __repr__(self) -> str:
        return f"<{self.name}: {self.method} {self.path}>"

    @overload
    def decode(self, response: httpx.Response) -> T: ...

    @overload
    def decode(self, response: httpx.Response, read: Callable[[bytes], A]) -> A: ...

    def decode(self, response: httpx.Response, read: Callable[[bytes], Any] | None = None) -> Any:
        """Returns the typed answer in a response.

        Args:
            response: The response, with its body.
            read: Reads the body in place of the operation's own `read`. It raises a `MismatchError` for a body that
                does not fit, and for one whose `success` is false.

        Raises:
            FailureError: The server answered `success: false`.
            StatusError: The HTTP status is not 2xx.
            UnexpectedAnswerError: The body is not an answer that the contract describes.
        """
        try:
            return self._decode(response, read or self.read)
        except ApiError as error:  # the frames hold the answer, where the server may repeat the key
            raise without_frames(error) from None

    def _decode(self, response: httpx.Response, read: Callable[[bytes], Any]) -> Any:
        self.check_status(response)
        if not response.content.strip():
            raise self._undecodable(response, "", "expected JSON, got an empty body")
        try:
            return read(response.content)
        except MismatchError as mismatch:
            raise self._mismatched(response, mismatch) from None
        except msgspec.DecodeError as error:
            raise self._not_json(response, error) from None

    def check_status(self, response: httpx.Response) -> None:
        """Checks the HTTP status of a response.

        Raises:
            StatusError: It is not 2xx.
        """
        if not response.is_success:
            raise self._failed(StatusError, response, _summary(response))

    def read(self, content: bytes, familiar: Familiar | None = None) -> T:
        """Returns the typed answer in a body.

        Args:
            content: The body.
            familiar: Knows how earlier answers were odd, which makes reading the same again faster.

        Raises:
            MismatchError: The body does not fit any answer, or its `success` is false.
            msgspec.DecodeError: The body is not JSON.
        """
        answer: T = self._shape(content).from_json(content, familiar)
        if not answer.success:
            raise MismatchError("success", "expected true, got false")
        return answer

    def _shape(self, content: bytes) -> type[T]:
        """Returns the class of an answer: the first one of which the body has a distinctive property."""
        if len(self._shapes) == 1:
            return next(iter(self._shapes))
        present = _properties(content)
        if present is None:  # not an object, which any of the classes reports
            return next(iter(self._shapes))
        for shape, own in self._shapes.items():
            if any(name in present for name in own):
                return shape
        sets = (f"{shape.__name__} ({', '.join(own)})" for shape, own in self._shapes.items())
        raise MismatchError("", f"expected the properties of {' or of '.join(sets)}")

    def _mismatched(self, response: httpx.Response, mismatch: MismatchError) -> ApiError:
        """Returns the error for a body that does not fit, which may also be a failure or not JSON at all."""
        try:
            body = untyped(response.content)
        except msgspec.DecodeError as error:
            return self._not_json(response, error)
        if isinstance(body, dict) and body.get("success") is False:
            return self._failed(FailureError, response, _reason(body))
        return self._undecodable(response, mismatch.place, mismatch.problem)

    def _not_json(self, response: httpx.Response, error: Exception) -> ApiError:
        if coding := unknown_coding(response):
            return self._undecodable(response, "", f"the content-encoding {coding!r} is not known")
        # JSON is read whatever the type that the server gives it. If it is not JSON, the type tells more.
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind and kind != "application/json" and not kind.endswith("+json"):
            return self._undecodable(response, "", f"expected JSON, got {kind}", _summary(response))
        return self._undecodable(response, "", f"not JSON: {error}")

    def _failed(
        self, kind: type[ApiError], response: httpx.Response, error: str | None, *more: str
    ) -> ApiError:
        headers = {
            name: _redacted(shorten(response.headers[name]), response)
            for name in HEADERS_OF_INTEREST
            if name in response.headers
        }
        text = None if error is None else shorten(_redacted(error, response))
        status = response.status_code
        return kind(self.name, self.method, self._path(response), status, text, headers, *more)

    def _undecodable(
        self, response: httpx.Response, place: str, problem: str, error: str | None = None
    ) -> ApiError:
        shown = (shorten(_redacted(text, response)) for text in (place, problem))
        return self._failed(UnexpectedAnswerError, response, error, *shown)

    def _path(self, response: httpx.Response) -> str:
        try:
            return response.request.url.path
        except RuntimeError:  # a response made by hand, without a request
            return self.path


def unknown_coding(response: httpx.Response) -> str | None:
    """Returns the first content coding of a body that httpx cannot undo; None if there is none.

    httpx returns such a body as it is. Which codings it can undo depends on the packages that are installed.
    """
    for coding in response.headers.get_list("content-encoding", split_commas=True):
        coding = coding.strip()
        if coding.lower() not in ("", "identity") and not _can_undo(coding):
            return coding
    return None


@functools.lru_cache(maxsize=64)
def _can_undo(coding: str) -> bool:
    import httpx

    probe = b"not compressed"
    headers = [(b"content-encoding", coding.encode())]
    try:
        return httpx.Response(200, headers=headers, content=probe).content != probe
    except httpx.DecodingError:
        return True


def path_segment(name: str, value: object) -> str:
    """Returns a path parameter as one segment of a path.

    Raises:
        ValueError: The value is empty, or leads to another folder.
    """
    text = _text(name, value)
    if text in ("", ".", ".."):
        raise ValueError(f"{name}: {text!r} cannot be part of a path")
    return quote(text, safe="")


def given(values: dict[str, object]) -> dict[str, str | list[str]]:
    """Returns parameters as text, without those that are `UNSET` or None.

    Raises:
        ValueError: A datetime has no time zone.
    """
    return {
        name: [_text(name, item) for item in value]
        if isinstance(value, (list, tuple))
        else _text(name, value)
        for name, value in values.items()
        if value is not None and not isinstance(value, Unset)
    }


def _text(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        try:
            return to_text(value)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return str(value)


def _redacted(text: str, response: httpx.Response) -> str:
    try:
        sent = response.request.headers
    except RuntimeError:
        return text
    for name in SECRET_HEADERS:
        if secret := sent.get(name):
            text = redact(text, secret)
    return text


def _properties(content: bytes) -> Container[str] | None:
    """Returns the names of the properties of a JSON object; None if the JSON is not an object."""
    try:
        return _PROPERTIES.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        body = untyped(content)
        return body if isinstance(body, dict) else None


def _reason(body: object) -> str | None:
    """Returns why a call failed: the `error` of the body, or what frameworks and proxies send in its place."""
    if not isinstance(body, dict):
        return None
    reason = next((body[name] for name in ("error", "message", "detail") if body.get(name)), None)
    return reason if reason is None or isinstance(reason, str) else msgspec.json.encode(reason).decode()


def _summary(response: httpx.Response) -> str | None:
    """Returns what a body of unknown form says: the reason in JSON, the title of a web page, or the first characters."""
    if response.content and (coding := unknown_coding(response)):
        return f"a body whose content-encoding {coding!r} is not known"
    beginning = _redacted(response.content.decode(errors="replace"), response)[:10_000]
    try:
        body = untyped(response.content)
    except msgspec.DecodeError:
        title = re.search(r"<title[^>]*>([^<]+)", beginning, re.IGNORECASE)
        return (title[1] if title else re.sub(r"<[^>]*>", " ", beginning)).strip() or None
    says_nothing = isinstance(body, dict) and not any(body.values())
    return _reason(body) or (None if says_nothing else beginning)
