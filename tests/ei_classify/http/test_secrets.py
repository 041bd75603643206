"""The key is in no repr, log line, exception or traceback of ours, and goes to no other host."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
import traceback
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest

import ei_classify
from ei_classify import (
    AsyncClassifyClient,
    CallError,
    ClassifyClient,
    ConfigurationError,
    EiClassifyError,
    RedirectError,
    RetryPolicy,
)
from tests.ei_classify.fault_server import JSON, Answer, Asked, Fault, serving
from tests.ei_classify.project_data import example, page

KEY = "ei_5ecre7c0ffee5ecre7"
OURS = Path(ei_classify.__file__).parent

Kind = Literal["sync", "async"]
kinds = pytest.mark.parametrize("kind", ["sync", "async"])


def shown(error: BaseException) -> str:
    """All that a debugger or an error tracker might show of an error and of those that led to it.

    The locals of all frames are included, but for those of this file.
    """
    lines: list[str] = []
    seen: set[int] = set()
    rest: list[BaseException | None] = [error]
    while rest:
        each = rest.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        rest += [each.__cause__, each.__context__]
        lines += [str(each), repr(each), repr(each.args), repr(vars(each))]
        request = getattr(each, "_request", None)
        if request is not None:
            lines.append(repr(request.headers.raw))
        for frame, line in traceback.walk_tb(each.__traceback__):
            if Path(frame.f_code.co_filename) != Path(__file__):
                lines.append(f"{frame.f_code.co_filename}:{line}")
                lines += [f"{name} = {value!r}" for name, value in frame.f_locals.items()]
                for value in frame.f_locals.values():
                    if isinstance(value, httpx.Response):
                        lines += [repr(value.request.headers.raw), repr(value.next_request)]
                    if isinstance(value, httpx.Request):
                        lines.append(repr(value.headers.raw))
    return "\n".join(lines)


def fail(kind: Kind, url: str, **options: Any) -> CallError:
    policy = RetryPolicy(retries=1, backoff_s=0.01, total_s=5)

    async def fail_async() -> None:
        async with AsyncClassifyClient(KEY, base_url=url, retries=policy, timeout=0.2, **options) as client:
            async for _ in client.results(1, search="x"):
                pass

    def fail_sync() -> None:
        with ClassifyClient(KEY, base_url=url, retries=policy, timeout=0.2, **options) as client:
            list(client.results(1, search="x"))

    with pytest.raises(CallError) as caught:
        fail_sync() if kind == "sync" else asyncio.run(fail_async())
    return caught.value


ECHO = b'{"success": false, "error": "I do not know ' + KEY.encode() + b'"}'
ANSWERS = {
    "reset": Answer(page([1]), fault="reset"),
    "cut": Answer(page([1]), fault="cut"),
    "stall": Answer(page([1]), fault="stall"),
    "not JSON": Answer(b"{" + KEY.encode() + b"}"),
    "another form": Answer(b'{"success": true, "result": "' + KEY.encode() + b'", "predictions": []}'),
    "401 that repeats the key": Answer(ECHO, 401),
    "200 that repeats the key": Answer(ECHO),
    "200 that spells the key otherwise": Answer(
        ECHO.replace(KEY.encode(), rf"\u{ord(KEY[0]):04x}{KEY[1:]}".encode())
    ),
    "500 that repeats the key": Answer(
        b"<title>" + KEY.encode() + b"</title>", 500, {"Content-Type": "text/html"}
    ),
    "429 that repeats the key": Answer(ECHO, 429, {**JSON, "Retry-After": KEY, "X-Request-Id": KEY}),
    "redirect that repeats the key": Answer(b"", 302, {"Location": f"http://127.0.0.2:9/{KEY}?key={KEY}"}),
}


@kinds
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_no_failure_shows_the_key(kind: Kind, answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(lambda asked, number: answer) as server:
        error = fail(kind, server.url)
    assert server.asked[0].headers["x-api-key"] == KEY
    text = shown(error)
    assert [line for line in text.splitlines() if KEY in line] == []
    assert str(OURS) in text, "frames of ours were looked at"
    assert KEY not in "".join(traceback.format_exception(error))
    assert "ei_classify" in {record.name for record in caplog.records}
    assert all(KEY not in record.getMessage() + repr(record.args) for record in caplog.records)


@kinds
def test_the_key_takes_no_way_through_a_proxy_to_a_server_on_this_host(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with serving(lambda asked, number: Answer(b"", 502)) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        with serving(lambda asked, number: Answer(example("failure-no-results"))) as server:
            fail(kind, server.url)
    assert server.asked
    assert not proxy.asked


@kinds
def test_the_key_goes_into_a_header_and_into_no_url(kind: Kind) -> None:
    with serving(lambda asked, number: Answer(example("failure-no-results"))) as server:
        fail(kind, server.url)
    assert len(server.asked) == 2, "the page, and why there are no results"
    for asked in server.asked:
        assert KEY not in asked.path + str(asked.query)
        assert [name for name, value in asked.headers.items() if KEY in value] == ["x-api-key"]


@kinds
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_even_by_a_client_that_would(kind: Kind, status: int) -> None:
    with serving(lambda asked, number: Answer(page([]))) as elsewhere:

        def respond(asked: Asked, number: int) -> Answer:
            return Answer(b"", status, {"Location": elsewhere.url})

        with serving(respond) as server:
            http = httpx.Client(follow_redirects=True) if kind == "sync" else None
            error = fail(kind, server.url, http_client=http)
            if http is not None:
                http.close()
    assert isinstance(error, RedirectError)
    assert elsewhere.asked == []


def test_nothing_about_a_client_shows_the_key() -> None:
    with ClassifyClient(KEY) as client:
        rest: list[object] = [client]
        for each in rest:
            assert KEY not in f"{each!r} {each}"
            if type(each).__module__.startswith("ei_classify") and hasattr(each, "__dict__"):
                rest += vars(each).values()
            slots = getattr(type(each), "__attrs_attrs__", ())
            rest += [getattr(each, slot.name) for slot in slots]
        assert len(rest) > 8
        for spread in (pickle.dumps, copy.deepcopy):
            with pytest.raises(TypeError):
                spread(client)


@pytest.mark.parametrize(
    "options",
    [
        {"api_key": KEY, "jwt_token": KEY},
        {"api_key": f"{KEY}\n{KEY}"},
        {"api_key": KEY, "base_url": f"https://user:{KEY}@host"},
        {"api_key": KEY, "base_url": f"https://host/?key={KEY}"},
        {"api_key": KEY, "http_client": object()},
        {"api_key": KEY, "retries": 1000},
    ],
)
def test_a_refused_client_shows_no_key(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError) as caught:
        ClassifyClient(**options)
    assert KEY not in f"{caught.value} {caught.value!r}"
    if "base_url" not in options:  # an address with a password is not hidden from a debugger
        text = shown(caught.value)
        assert str(OURS) in text, "frames of ours were looked at"
        assert KEY not in text


@kinds
@pytest.mark.parametrize("fault", ["reset", "cut"])
def test_errors_keep_their_cause_without_what_was_sent(kind: Kind, fault: Fault) -> None:
    with serving(lambda asked, number: Answer(page([1]), fault=fault)) as server:
        error = fail(kind, server.url)
    assert isinstance(error.__cause__, httpx.TransportError)
    assert error.__cause__.__traceback__ is None, "frames of HTTP libraries hold what was sent"
    assert isinstance(error, EiClassifyError)
    assert "x-api-key" not in error.__cause__.request.headers


def test_a_request_is_rid_of_the_key_once_it_is_answered() -> None:
    requests: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        assert request.headers["x-api-key"] == KEY
        requests.append(request)
        return httpx.Response(200, content=page([]), headers=JSON)

    with httpx.Client(transport=httpx.MockTransport(handle)) as http:
        ClassifyClient(KEY, http_client=http).page(1)
    assert "x-api-key" not in requests[0].headers
