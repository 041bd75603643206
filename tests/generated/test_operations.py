"""What an operation says of itself, and how its answers are read without HTTP or by another reader."""

from __future__ import annotations

import httpx
import msgspec
import pytest
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.errors import FailureError, MismatchError, StatusError, UnexpectedAnswerError
from ei_classify_api.models import ClassifyJobResultPage, StartedJob

from . import contract

KEY = "ei_0123456789abcdef"
OPERATION = get_classify_job_result_page.OPERATION


def test_whether_a_call_may_be_repeated_stands_in_the_operation() -> None:
    assert OPERATION.repeatable
    assert get_job_status.OPERATION.repeatable
    assert classify_sample_for_variants.OPERATION.repeatable, "a POST for which the contract says so"


def test_an_answer_is_read_without_http() -> None:
    page = OPERATION.read(contract.content("page-motion"))
    started = classify_sample_for_variants.OPERATION.read(contract.content("job-started"))

    assert type(page) is ClassifyJobResultPage
    assert page.to_dict() == contract.example("page-motion")
    assert type(started) is StartedJob


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (b'{"success": true, "result": [], "predictions": 1}', "predictions", "expected array, got 1"),
        (b'{"success": false, "result": [], "predictions": []}', "success", "expected true, got false"),
        (b'{"success": false, "error": "no"}', "predictions", "missing"),
        (b"[]", "", "expected object, got array"),
    ],
)
def test_a_body_that_does_not_fit_is_a_mismatch(content: bytes, place: str, problem: str) -> None:
    with pytest.raises(MismatchError) as raised:
        OPERATION.read(content)
    if problem != "missing":
        assert (raised.value.place, raised.value.problem) == (place, problem)


def test_a_body_that_is_not_json_is_no_mismatch() -> None:
    with pytest.raises(msgspec.DecodeError):
        OPERATION.read(b"<html>")


def test_a_body_may_be_read_by_another_function() -> None:
    response = httpx.Response(200, content=contract.content("page-motion"))

    length: int = OPERATION.decode(response, len)

    assert length == len(response.content)


def refuse(content: bytes) -> int:
    raise MismatchError("result[0]", f"not to my taste, says {KEY}")


@pytest.mark.parametrize(
    ("response", "kind", "text"),
    [
        (httpx.Response(200, json={"success": False, "error": f"no {KEY}"}), FailureError, "no [redacted]"),
        (httpx.Response(200, json={"success": True}), UnexpectedAnswerError, "result[0]: not to my taste, says [redacted]"),
        (httpx.Response(200, content=b"not JSON"), UnexpectedAnswerError, "not JSON: "),
        (httpx.Response(200, content=b" "), UnexpectedAnswerError, "expected JSON, got an empty body"),
        (httpx.Response(200, html="<p>hello</p>"), UnexpectedAnswerError, "expected JSON, got text/html"),
        (httpx.Response(500, json={"error": "broken"}), StatusError, "HTTP status 500: broken"),
    ],
)  # fmt: skip
def test_another_reader_changes_nothing_of_how_a_failure_is_told(
    response: httpx.Response, kind: type[Exception], text: str
) -> None:
    response.request = httpx.Request("GET", "http://host/v1/api/1/page", headers={"x-api-key": KEY})

    with pytest.raises(kind) as raised:
        OPERATION.decode(response, refuse)

    assert text in str(raised.value)
    assert KEY not in str(raised.value)
