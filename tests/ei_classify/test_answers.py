"""The decoder for tables reads what the generated one reads, and refuses with its words what that refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import msgspec
import pytest
from ei_classify_api.api.classify import get_classify_job_result_page
from ei_classify_api.errors import ApiError, FailureError, MismatchError
from ei_classify_api.models import ClassifyJobResultPage
from ei_classify_mocks import example, example_names
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify.decoding import pages as answers
from ei_classify.decoding.pages import PageAnswer, decode_page

from .full_answers import answer, places

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = [name for name in example_names() if name.startswith("page-")]
PLACES = places("ClassifyJobResultPage")


def encoded(body: Any) -> bytes:
    return json.dumps(body).encode()


def refusal_of(read: Callable[[bytes], object], body: Any) -> str | None:
    """What a decoder says of a body that it does not take."""
    try:
        read(encoded(body))
    except MismatchError as error:
        return str(error)
    return None


def shown(value: Any) -> Any:
    """A decoded page without its objects, so that two can be compared."""
    return msgspec.to_builtins(value)


@pytest.fixture(params=["first", "expected"])
def knowing(request: pytest.FixtureRequest) -> Any:
    """A decoder that has not seen such a page yet, or one that expects another like it."""

    def prepare(content: bytes) -> None:
        answers._shape = answers.PLAIN
        if request.param == "expected":
            PageAnswer.from_json(content)

    return prepare


@pytest.mark.parametrize("name", PAGES)
def test_every_example_is_read(name: str, knowing: Any) -> None:
    content = encoded(example(name))
    knowing(content)
    page = PageAnswer.from_json(content)
    typed = ClassifyJobResultPage.from_json(content)
    assert page.sample_ids == [result.sample_id for result in typed.result]
    assert page.total == (example(name).get("totalCount"))
    assert [each.start_ms for each in page.decoded.predictions] == [
        each.start_ms for each in typed.predictions
    ]


@pytest.mark.parametrize("wrong", [None, "text", {}], ids=repr)
def test_what_does_not_fit_is_refused_with_the_words_of_the_typed_answer(wrong: object) -> None:
    sound = encoded(answer("ClassifyJobResultPage"))
    fits = 0
    for place in PLACES:
        body = answer("ClassifyJobResultPage")
        container, key = body, place[0]
        for step in place[1:]:
            container = container[0 if key == "[]" else "key" if key == "{}" else key]
            key = step
        container[0 if key == "[]" else "key" if key == "{}" else key] = wrong
        PageAnswer.from_json(sound)
        refusal = refusal_of(ClassifyJobResultPage.from_json, body)
        assert refusal_of(PageAnswer.from_json, body) == refusal, place
        fits += refusal is None
    assert fits < len(PLACES) / 2


def test_what_is_missing_is_named_as_by_the_typed_answer(knowing: Any) -> None:
    sound = encoded(answer("ClassifyJobResultPage"))
    refused = 0
    for place in PLACES:
        if place[-1] in ("[]", "{}"):
            continue
        body = answer("ClassifyJobResultPage")
        container = body
        for step in place[:-1]:
            container = container[0 if step == "[]" else "key" if step == "{}" else step]
        del container[place[-1]]
        knowing(sound)
        refusal = refusal_of(ClassifyJobResultPage.from_json, body)
        assert refusal_of(PageAnswer.from_json, body) == refusal, place
        refused += refusal is not None
    assert refused > 10


@pytest.mark.parametrize("text", ["2025-06-04 08:00:00+00:00", "20250604T080000Z", "2025-06-04T08:00Z"])
def test_every_form_of_a_date_is_read_that_the_typed_answer_reads(text: str, knowing: Any) -> None:
    content = encoded(answer("ClassifyJobResultPage", ("result", "[]", "sample", "created"), text))
    typed = ClassifyJobResultPage.from_json(content).result[0].sample.created
    knowing(content)
    assert PageAnswer.from_json(content).decoded.result[0].sample.created == typed


def test_properties_that_the_contract_does_not_know_are_skipped(knowing: Any) -> None:
    body = example("page-today")
    for entry in body["result"]:
        entry["new"] = entry["sample"]["new"] = entry["classifications"][0]["new"] = {"of": 1}
    for prediction in body["predictions"]:
        prediction["new"] = [None]
    knowing(encoded(body))
    grown = PageAnswer.from_json(encoded(body))
    answers._shape = answers.PLAIN if grown.shape == answers.PLAIN else answers._shape
    assert grown.sample_ids == [501, 301]
    assert shown(grown.decoded.predictions) == shown(
        PageAnswer.from_json(encoded(example("page-today"))).decoded.predictions
    )


def test_a_page_with_other_labels_than_expected_is_read_whole() -> None:
    def page(*labels: str) -> bytes:
        body = example("page-motion")
        for entry in body["result"]:
            for block in entry["classifications"]:
                block["result"] = [dict.fromkeys(labels, 0.5) for _ in block["result"]]
        return encoded(body)

    PageAnswer.from_json(page("a", "b"))
    assert PageAnswer.from_json(page("a", "b")).shape.labels == ("a", "b")
    other = PageAnswer.from_json(page("b", "c"))
    assert other.shape.labels is None
    assert {label for r in other.decoded.result for label in r.classifications[0].result[0]} == {"b", "c"}
    again = PageAnswer.from_json(page("b", "c"))
    assert again.shape.labels == ("b", "c")
    fewer = PageAnswer.from_json(page("b"))
    scores = fewer.decoded.result[0].classifications[0].result[0]
    assert (scores.s0, scores.s1 == scores.s1) == (0.5, False)


@settings(max_examples=25)
@given(st.lists(st.text(max_size=4), min_size=1, max_size=3, unique=True))
def test_labels_of_any_text_are_read(labels: list[str]) -> None:
    body = example("page-motion")
    scores = {label: number + 0.5 for number, label in enumerate(labels)}
    body["result"][0]["classifications"][0]["result"][0] = scores
    body["result"] = body["result"][:1]
    content = msgspec.json.encode(body)
    for _ in range(2):
        page = PageAnswer.from_json(content)
        window = page.decoded.result[0].classifications[0].result[0]
        if page.shape.labels is not None:
            fields = {label: getattr(window, f"s{n}") for n, label in enumerate(page.shape.labels)}
            window = {label: score for label, score in fields.items() if score == score}
        assert window == scores


def test_a_response_is_judged_as_by_the_operation() -> None:
    request = httpx.Request("GET", "https://studio.test/v1/api/1/classify/all/result/page")
    for status, body in (
        (200, encoded(example("failure-no-results"))),
        (503, b"<html><title>Bad gateway</title></html>"),
        (200, b'{"success": true, "result": ['),
        (200, b'{"success": true, "result": [], "predictions": 1}'),
        (200, b"[]"),
    ):
        response = httpx.Response(
            status, content=body, request=request, headers={"content-type": "application/json"}
        )
        with pytest.raises(ApiError) as theirs:
            get_classify_job_result_page.decode(response)
        with pytest.raises(type(theirs.value)) as ours:
            get_classify_job_result_page.OPERATION.decode(response, decode_page)
        assert str(ours.value) == str(theirs.value)
    assert issubclass(FailureError, ApiError)
