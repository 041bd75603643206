from __future__ import annotations

import asyncio
import pickle
import unicodedata
from typing import Any

import httpx
import hypothesis
import pytest
from ei_classify_api import Client
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.errors import (
    MAX_TEXT,
    ApiError,
    UnexpectedAnswerError,
    MismatchError,
    FailureError,
    StatusError,
    visible,
)

from hypothesis import strategies as st

from . import contract

KEY = "ei_0123456789abcdef"
HTML = b"<html><head><title>502 Bad\nGateway</title></head><body><h1>nginx</h1></body></html>"
JSON = {"content-type": "application/json; charset=utf-8"}


def failure(response: httpx.Response, operation: Any = get_classify_job_result_page) -> ApiError:
    with pytest.raises(ApiError) as raised:
        operation.decode(response)
    return raised.value


OPERATIONS = [get_classify_job_result_page, classify_sample_for_variants, get_job_status]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_success_false_with_status_200_is_a_refusal_with_the_servers_reason(operation: Any) -> None:
    error = failure(httpx.Response(200, content=contract.content("failure-no-results")), operation)

    assert type(error) is FailureError
    assert error.error == "No model testing results found, run 'startClassifyJob' first"
    assert str(error).endswith("refused: No model testing results found, run 'startClassifyJob' first")


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 418, 429, 500, 502, 503, 599])
def test_any_status_but_2xx_is_a_status_error(operation: Any, status: int) -> None:
    error = failure(httpx.Response(status, content=contract.content("failure-unauthorized")), operation)

    assert type(error) is StatusError
    assert (error.status, error.error) == (status, "Invalid API key")


def test_a_status_error_needs_no_success_false() -> None:
    assert type(failure(httpx.Response(500, content=contract.content("page-motion")))) is StatusError
    assert failure(httpx.Response(500, json={"error": "out of memory"})).error == "out of memory"


@pytest.mark.parametrize("status", [200, 201, 299])
def test_a_whole_page_with_success_false_is_refused(status: int) -> None:
    body = contract.page_with(success=False, error="stale")

    error = failure(httpx.Response(status, json=body))

    assert (type(error), error.error) == (FailureError, "stale")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"success": False}, None),
        ({"success": False, "error": None}, None),
        ({"success": False, "error": {"code": 3}}, '{"code":3}'),
        ({"success": False, "error": "", "message": "busy"}, "busy"),
        ({"success": False, "detail": "gone", "message": None}, "gone"),
        ({"success": False, "error": "no", "message": "busy", "detail": "gone"}, "no"),
        ({"success": False, "id": 12, "error": "no"}, "no"),
        ({"success": False, "results": [], "error": "no"}, "no"),
    ],
)
def test_a_refusal_in_any_form_is_a_refusal(body: dict[str, Any], reason: str | None) -> None:
    error = failure(httpx.Response(200, json=body), classify_sample_for_variants)

    assert (type(error), error.error) == (FailureError, reason)


@pytest.mark.parametrize(
    ("content", "headers", "problem"),
    [
        (b"", {}, "expected JSON, got an empty body"),
        (b" \n", JSON, "expected JSON, got an empty body"),
        (HTML, {"content-type": "text/html"}, "expected JSON, got text/html"),
        (HTML, JSON, "not JSON: "),
        (HTML, {}, "not JSON: "),
        (contract.content("page-motion")[:-40], JSON, "not JSON: Input data was truncated"),
        (b"no", {"content-type": "text/plain"}, "expected JSON, got text/plain"),
        (b"[]", JSON, "expected object, got array"),
        (b"null", JSON, "expected object, got null"),
        (b'"text"', JSON, 'expected object, got "text"'),
        (b"\xff\xfe{", JSON, "not JSON: "),
        (b'{"new": ' + b"[" * 100_000, JSON, "not JSON: "),
    ],
)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_is_no_answer_cannot_be_decoded(
    content: bytes, headers: dict[str, str], problem: str, operation: Any
) -> None:
    error = failure(httpx.Response(200, content=content, headers=headers), operation)

    assert type(error) is UnexpectedAnswerError
    assert error.problem.startswith(problem)
    assert error.place == ""
    assert problem in str(error)


@pytest.mark.parametrize("literal", [b'"\xff"', b"NaN", b'"\\ud800"'])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_odd_json_is_json(literal: bytes, operation: Any) -> None:
    error = failure(httpx.Response(200, content=b'{"success": %b}' % literal, headers=JSON), operation)
    assert isinstance(error, UnexpectedAnswerError)
    assert "expected" in error.problem


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_refusal_may_begin_with_a_byte_order_mark(operation: Any) -> None:
    content = b'\xef\xbb\xbf{"success": false, "error": "no"}'
    error = failure(httpx.Response(200, content=content, headers=JSON), operation)
    assert (type(error), error.error) == (FailureError, "no")


@pytest.mark.parametrize("kind", ["application/problem+json", "text/plain; charset=utf-8", "text/html", "nonsense"])
def test_json_is_read_whatever_type_it_is_sent_as(kind: str) -> None:
    response = httpx.Response(200, content=contract.content("page-motion"), headers={"content-type": kind})
    page = get_classify_job_result_page.decode(response)
    assert page.success


def test_a_web_page_is_summed_up_by_its_title() -> None:
    error = failure(httpx.Response(502, content=HTML, headers={"content-type": "text/html"}))

    assert error.error == "502 Bad Gateway"
    assert error.headers == {"content-type": "text/html"}


@pytest.mark.parametrize(
    ("content", "summary"),
    [
        (b"", None),
        (b"upstream\n timed out", "upstream timed out"),
        (b"<p>down <b>now</b>", "down now"),
        (b"[1]", "[1]"),
        (b"\xff\xfe", "\ufffd\ufffd"),
    ],
)
def test_a_failed_body_of_unknown_form_is_summed_up(content: bytes, summary: str | None) -> None:
    assert failure(httpx.Response(503, content=content)).error == summary


@pytest.mark.parametrize("status", [200, 500])
def test_texts_from_the_server_are_bounded(status: int) -> None:
    long = "no " * 1_000_000
    error = failure(httpx.Response(status, json={"success": False, "error": long}))

    assert error.error is not None
    assert error.error.startswith("no no")
    assert len(error.error) <= MAX_TEXT
    assert len(str(error)) < 2 * MAX_TEXT


def test_a_wrong_value_is_shown_bounded() -> None:
    error = failure(httpx.Response(200, json={"success": True, "result": "x" * 10_000, "predictions": []}))

    assert isinstance(error, UnexpectedAnswerError)
    assert error.problem.startswith('expected array, got "xxx')
    assert len(error.problem) < 100


def test_headers_of_interest_are_kept_and_no_others() -> None:
    headers = {
        "Retry-After": "7",
        "X-Request-Id": "r-1",
        "CF-Ray": "abc",
        "Set-Cookie": "session=secret",
        "content-type": "text/plain",
    }
    error = failure(httpx.Response(429, content=b"slow down", headers=headers))

    assert error.headers == {
        "content-type": "text/plain",
        "retry-after": "7",
        "cf-ray": "abc",
        "x-request-id": "r-1",
    }


def test_a_redirect_says_what_to_do() -> None:
    error = failure(httpx.Response(302, headers={"location": "http://127.0.0.1/login"}))

    assert type(error) is StatusError
    assert "redirects are not followed" in str(error)
    assert "base URL" in str(error)


def test_a_status_like_304_is_no_redirect() -> None:
    error = failure(httpx.Response(304))

    assert type(error) is StatusError
    assert str(error).endswith("HTTP status 304")


def respond(status: int, content: bytes) -> Any:
    return httpx.MockTransport(lambda request: httpx.Response(status, content=content, request=request))


def fail_both_ways(status: int, content: bytes) -> list[ApiError]:
    transport = respond(status, content)
    client = Client("http://127.0.0.1/v1", api_key=KEY, transport=transport, async_transport=transport)

    async def call() -> None:
        async with client:
            await get_classify_job_result_page.asyncio(7, client=client, labels='["secret"]')

    with client, pytest.raises(ApiError) as one:
        get_classify_job_result_page.sync(7, client=client, labels='["secret"]')
    with pytest.raises(ApiError) as other:
        asyncio.run(call())
    return [one.value, other.value]


BODIES = [
    (200, b'{"success": false, "error": "key ' + KEY.encode() + b' is unknown"}'),
    (401, b'{"success": false, "error": "key ' + KEY.encode() + b' is unknown"}'),
    (502, b"<title>" + KEY.encode() + b"</title>"),
    (200, b'{"success": true, "result": "' + KEY.encode() + b'", "predictions": []}'),
    (200, b'{"success": true, "result": [], "predictions": [{"' + KEY.encode() + b'": 1, "sampleId": ""}]}'),
]


@pytest.mark.parametrize(("status", "content"), BODIES)
def test_sync_and_async_fail_alike_naming_the_call_but_no_query_and_no_key(status: int, content: bytes) -> None:
    for error in fail_both_ways(status, content):
        assert error.operation == "get_classify_job_result_page"
        assert error.method == "GET"
        assert error.path == "/v1/api/7/classify/all/result/page"
        assert error.status == status
        for text in (str(error), repr(error), repr(vars(error))):
            assert KEY not in text
            assert "secret" not in text
        assert "get_classify_job_result_page (GET /v1/api/7/classify/all/result/page)" in str(error)


@pytest.mark.parametrize("before", [*range(35, 65), *range(470, 510)])
def test_no_part_of_the_key_is_left_where_a_text_is_cut(before: int) -> None:
    text = b"-" * before + KEY.encode()
    request = httpx.Request("GET", "http://127.0.0.1/", headers={"x-api-key": KEY})
    for status, content in [
        (200, b'{"success": true, "result": "' + text + b'", "predictions": []}'),
        (200, b'{"success": false, "error": "' + text + b'"}'),
        (500, text),
    ]:
        assert KEY[:6] not in str(failure(httpx.Response(status, content=content, request=request)))


@pytest.mark.parametrize(("status", "content"), BODIES)
def test_errors_can_be_pickled(status: int, content: bytes) -> None:
    for error in fail_both_ways(status, content):
        copy = pickle.loads(pickle.dumps(error))  # noqa: S301

        assert type(copy) is type(error)
        assert vars(copy) == vars(error)
        assert str(copy) == str(error)


def test_a_mismatch_can_be_pickled() -> None:
    error = MismatchError("result[0].id", "missing")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert (str(copy), copy.place, copy.problem) == ("result[0].id: missing", "result[0].id", "missing")


@hypothesis.given(st.text(st.characters()))
def test_what_nobody_sees_is_visible_and_all_else_stays(text: str) -> None:
    shown = visible(text)
    for each in shown:
        category = unicodedata.category(each)
        assert category not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        assert category != "Zs" or each == " "
    assert visible(shown) == shown
    kept = [each for each in text if visible(each) == each]
    assert all(visible(each).startswith("\\") for each in text if each not in kept)
    assert "".join(kept) == text or shown != text
    assert shown == "".join(map(visible, text))


@pytest.mark.parametrize("text", ["", "scan[final].wav", "a:ok:b", "C:\\new", "e\u0301", "犬", "שלום", "👍🏽", "a  b"])
def test_what_people_see_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x00\x1b\r\n\t\x7f\x9b", r"\x00\x1b\r\n\t\x7f\x9b"),
        ("\u202e\u200b\u2028\ufeff\xad\xa0", r"\u202e\u200b\u2028\ufeff\xad\xa0"),
        ("\ufe0f\u3164\u2800\U000e0101\U000e0041", r"\ufe0f\u3164\u2800\U000e0101\U000e0041"),
        ("\ud800\ue000\U0010ffff", r"\ud800\ue000\U0010ffff"),
    ],
)
def test_what_nobody_sees_is_shown_by_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_texts_of_a_server_are_shown_with_escapes_and_kept_as_they_came() -> None:
    headers = {"content-type": "text/\x1b]52;c;aGk=\x07"}
    error = failure(httpx.Response(200, content=b"{", headers=headers))
    assert isinstance(error, UnexpectedAnswerError)
    assert r"text/\x1b]52" in str(error)
    assert "\x1b" in error.problem
    mismatch = MismatchError("a\x1b", "b\u202e")
    assert (str(mismatch), mismatch.place, mismatch.problem) == (r"a\x1b: b\u202e", "a\x1b", "b\u202e")
