"""Whatever HTTP libraries raise comes out as an error of this package, without the key."""

from __future__ import annotations

import asyncio
import inspect
import ssl
import traceback
from typing import TYPE_CHECKING, Any

import httpcore
import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    CallError,
    CallTimeoutError,
    ClassifyClient,
    ClientClosedError,
    ConnectionFailedError,
    DecodeError,
    InvalidArgumentError,
    RedirectError,
    RetryPolicy,
)
from tests.ei_classify.calling import KEY, Handler, Kind, answer, call, kinds, refuse_all
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from types import ModuleType

FAST = RetryPolicy(retries=1, backoff_s=0.001)
OPTIONS = {"retries": FAST}
TEXT = f"this names {KEY}"


def exceptions(module: ModuleType) -> list[type[Exception]]:
    kinds = [kind for name, kind in vars(module).items() if not name.startswith("_")]
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception)]


RAISED = [
    pytest.param(kind, id=f"{module.__name__}.{kind.__name__}")
    for module in (httpx, httpcore, ssl)
    for kind in dict.fromkeys(exceptions(module))
]


def made(kind: type[Exception]) -> Exception:
    """An exception with all that its class asks for, and a text that has the key."""
    if issubclass(kind, OSError):
        return kind(5, TEXT)
    values: dict[str, Any] = {
        "message": TEXT,
        "request": httpx.Request("GET", "https://studio.test/", headers={"x-api-key": KEY}),
        "response": httpx.Response(418, text=TEXT),
    }
    try:
        asked = inspect.signature(kind).parameters
    except ValueError:  # a class in C
        return kind(TEXT)
    if "args" in asked:
        return kind(TEXT)
    return kind(**{name: values[name] for name in asked})


class Broken(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that fails after its first bytes."""

    def __init__(self, kind: type[Exception]) -> None:
        self._kind = kind

    def __iter__(self) -> Any:
        yield b'{"success"'
        raise made(self._kind)

    async def __aiter__(self) -> Any:
        for part in self:
            yield part


def of_transport(kind: type[Exception]) -> Handler:
    def handle(request: httpx.Request) -> httpx.Response:
        raise made(kind)

    return handle


def of_body(kind: type[Exception]) -> Handler:
    return lambda request: httpx.Response(200, stream=Broken(kind))


def test_the_exceptions_are_those_of_all_three_packages() -> None:
    names = {str(each.id) for each in RAISED}
    assert {"httpx.InvalidURL", "httpx.StreamClosed", "httpx.CookieConflict", "httpx.HTTPStatusError"} < names
    assert {"httpcore.ConnectionNotAvailable", "ssl.SSLZeroReturnError"} < names
    assert len(names) > 50


@kinds
@pytest.mark.parametrize("source", [of_transport, of_body])
@pytest.mark.parametrize("raised", RAISED)
def test_every_exception_of_http_is_an_error_of_ours(
    kind: Kind, source: Any, raised: type[Exception]
) -> None:
    with pytest.raises(CallError) as caught:
        call(kind, source(raised), "page", 1, options=OPTIONS)
    if raised is not httpx.HTTPStatusError or source is of_body:
        assert isinstance(caught.value.__cause__, raised)
        assert raised.__name__ in str(caught.value)
    assert caught.value.__cause__ is not None
    assert KEY not in "".join(traceback.format_exception(caught.value))


NAMED = {
    httpcore.ConnectTimeout: (CallTimeoutError, 2),
    TimeoutError: (CallTimeoutError, 2),
    httpcore.ReadError: (ConnectionFailedError, 2),
    ConnectionResetError: (ConnectionFailedError, 2),
    ssl.SSLEOFError: (ConnectionFailedError, 2),
    ssl.SSLCertVerificationError: (ConnectionFailedError, 1),
    httpx.UnsupportedProtocol: (ConnectionFailedError, 1),
    httpx.DecodingError: (DecodeError, 2),
}


@kinds
@pytest.mark.parametrize("raised", NAMED)
def test_each_has_its_name_and_is_sent_again_where_that_helps(kind: Kind, raised: type[Exception]) -> None:
    error, tries = NAMED[raised]
    with pytest.raises(error) as caught:
        call(kind, of_transport(raised), "page", 1, options=OPTIONS)
    assert caught.value.tries == tries


@kinds
@pytest.mark.parametrize("raised", [TypeError, ZeroDivisionError])
def test_a_mistake_in_a_transport_is_left_to_its_author(kind: Kind, raised: type[Exception]) -> None:
    with pytest.raises(raised):
        call(kind, of_transport(raised), "page", 1, options=OPTIONS)


@kinds
@pytest.mark.parametrize("status", [300, 304, 305, 399])
def test_a_status_that_leads_nowhere_is_no_redirect(kind: Kind, status: int) -> None:
    with pytest.raises(DecodeError, match=f"unexpected status {status}") as caught:
        call(kind, lambda request: httpx.Response(status), "page", 1)
    assert (caught.value.status, caught.value.tries) == (status, 1)


@kinds
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_one_without_an_address_too(kind: Kind, status: int) -> None:
    with pytest.raises(RedirectError):
        call(kind, lambda request: httpx.Response(status), "page", 1)


@kinds
@pytest.mark.parametrize("location", ["http://[", "//[::1", "http://a:b/", "\x80", "http://\udcff"])
def test_a_redirect_to_nowhere_is_an_error_of_ours(kind: Kind, location: str) -> None:
    headers = [(b"location", location.encode("utf-8", "surrogateescape"))]
    with pytest.raises(CallError):
        call(kind, lambda request: httpx.Response(302, headers=headers), "page", 1, options=OPTIONS)


@kinds
@pytest.mark.parametrize("label", ["x" * 100_000, "\ud800"])
def test_arguments_that_fit_no_url_are_refused(kind: Kind, label: str) -> None:
    with pytest.raises(InvalidArgumentError):
        call(kind, refuse_all, "page", 1, labels=[label])


def test_a_client_that_is_closed_during_a_call_says_so() -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        http.close()
        return httpx.Response(503)

    http = httpx.Client(transport=httpx.MockTransport(handle))
    with pytest.raises(ClientClosedError):
        ClassifyClient(KEY, http_client=http, retries=FAST).page(1)

    async def handle_async(request: httpx.Request) -> httpx.Response:
        await http_async.aclose()
        return httpx.Response(503)

    http_async = httpx.AsyncClient(transport=httpx.MockTransport(handle_async))
    with pytest.raises(ClientClosedError):
        asyncio.run(AsyncClassifyClient(KEY, http_client=http_async, retries=FAST).page(1))


@kinds
def test_a_cancelled_call_is_cancelled(kind: Kind) -> None:
    stop = KeyboardInterrupt if kind == "sync" else asyncio.CancelledError

    def handle(request: httpx.Request) -> httpx.Response:
        raise stop

    with pytest.raises(stop):
        call(kind, handle, "page", 1)
    assert call(kind, lambda request: answer(page([])), "page", 1).success
