"""The decoder for tables reads what the generated one reads, and refuses with its words what that refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import httpx
import msgspec
import pytest
from ei_classify_api.api.classify import get_classify_job_result_page
from ei_classify_api.errors import ApiError, FailureError, MismatchError
from ei_classify_api.models import ClassifyJobResultPage
from ei_classify_mocks import example, example_names
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify.decoding import PLAIN, PageReader, pages
from ei_classify.decoding.shapes import page_decoder
from tests.ei_classify.full_answers import answer, places

PAGES = [name for name in example_names() if name.startswith("page-")]
PLACES = places("ClassifyJobResultPage")
CARRYING = {
    "success", "result.[].sampleId", "result.[].sample.id", "result.[].classifications.[].learnBlock.id",
    "predictions.[].sampleId", "predictions.[].startMs", "predictions.[].endMs", "predictions.[].prediction",
}  # fmt: skip
"""The values that carry or identify a result. No other costs a page."""


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
    """Decoded objects as dicts, without the properties that are skipped, so that two can be compared."""
    if isinstance(value, list):
        return [shown(each) for each in value]
    if not isinstance(value, msgspec.Struct):
        return value
    names = [name for name in value.__struct_fields__ if not name.startswith("_")]
    return {name: shown(getattr(value, name)) for name in names}


Knowing = Callable[[bytes], PageReader]


@pytest.fixture(params=["first", "expected"])
def knowing(request: pytest.FixtureRequest) -> Knowing:
    """Makes a reader that has not seen such a page yet, or one that expects another like it."""

    def prepare(content: bytes) -> PageReader:
        reader = PageReader()
        if request.param == "expected":
            reader.read(content)
        return reader

    return prepare


@pytest.mark.parametrize("name", PAGES)
def test_every_example_is_read(name: str, knowing: Knowing) -> None:
    content = encoded(example(name))
    page = knowing(content).read(content)
    typed = ClassifyJobResultPage.from_json(content)
    assert page.sample_ids == [result.sample_id for result in typed.result]
    assert page.total == (example(name).get("totalCount"))
    assert [each.start_ms for each in page.decoded.predictions] == [
        each.start_ms for each in typed.predictions
    ]


@pytest.mark.parametrize("wrong", [None, "text", {}], ids=repr)
def test_what_does_not_fit_is_refused_with_the_words_of_the_typed_answer(wrong: object) -> None:
    sound = encoded(answer("ClassifyJobResultPage"))
    reader = PageReader()
    refused = set()
    for place in PLACES:
        body = answer("ClassifyJobResultPage")
        container, key = body, place[0]
        for step in place[1:]:
            container = container[0 if key == "[]" else "key" if key == "{}" else key]
            key = step
        container[0 if key == "[]" else "key" if key == "{}" else key] = wrong
        reader.read(sound)
        refusal = refusal_of(ClassifyJobResultPage.from_json, body)
        assert refusal_of(reader.read, body) == refusal, place
        if refusal is not None:
            refused.add(".".join(place))
    assert refused == CARRYING - ({"predictions.[].prediction"} if wrong == "text" else set())


def test_what_is_missing_is_named_as_by_the_typed_answer(knowing: Knowing) -> None:
    sound = encoded(answer("ClassifyJobResultPage"))
    refused = set()
    for place in PLACES:
        if place[-1] in ("[]", "{}"):
            continue
        body = answer("ClassifyJobResultPage")
        container = body
        for step in place[:-1]:
            container = container[0 if step == "[]" else "key" if step == "{}" else step]
        del container[place[-1]]
        reader = knowing(sound)
        refusal = refusal_of(ClassifyJobResultPage.from_json, body)
        assert refusal_of(reader.read, body) == refusal, place
        if refusal is not None:
            refused.add(".".join(place))
    assert refused == CARRYING


@pytest.mark.parametrize("text", ["2025-06-04 08:00:00+00:00", "20250604T080000Z", "2025-06-04T08:00Z"])
def test_every_form_of_a_date_is_read_that_the_typed_answer_reads(text: str, knowing: Knowing) -> None:
    content = encoded(answer("ClassifyJobResultPage", ("result", "[]", "sample", "created"), text))
    typed = ClassifyJobResultPage.from_json(content).result[0].sample.created
    sample: Any = knowing(content).read(content).decoded.result[0].sample
    assert sample.created == typed


def test_properties_that_the_contract_does_not_know_are_skipped(knowing: Knowing) -> None:
    body = example("page-today")
    for entry in body["result"]:
        entry["new"] = entry["sample"]["new"] = entry["classifications"][0]["new"] = {"of": 1}
    for prediction in body["predictions"]:
        prediction["new"] = [None]
    reader = knowing(encoded(body))
    grown = reader.read(encoded(body))
    if grown.shape == PLAIN:
        reader = PageReader()
    assert grown.sample_ids == [501, 301]
    assert shown(grown.decoded.predictions) == shown(
        reader.read(encoded(example("page-today"))).decoded.predictions
    )


def test_a_page_with_other_labels_than_expected_is_read_whole() -> None:
    def page(*labels: str) -> bytes:
        body = example("page-motion")
        for entry in body["result"]:
            for block in entry["classifications"]:
                block["result"] = [dict.fromkeys(labels, 0.5) for _ in block["result"]]
        return encoded(body)

    reader = PageReader()
    reader.read(page("a", "b"))
    assert reader.read(page("a", "b")).shape.labels == ("a", "b")
    other = reader.read(page("b", "c"))
    assert other.shape.labels is None
    windows: list[Any] = [result.classifications[0].result[0] for result in other.decoded.result]
    assert {label for window in windows for label in window} == {"b", "c"}
    again = reader.read(page("b", "c"))
    assert again.shape.labels == ("b", "c")
    fewer = reader.read(page("b"))
    scores: Any = fewer.decoded.result[0].classifications[0].result[0]
    assert (scores.s0, scores.s1 == scores.s1) == (0.5, False)


@settings(max_examples=25)
@given(st.lists(st.text(max_size=4), min_size=1, max_size=3, unique=True))
def test_labels_of_any_text_are_read(labels: list[str]) -> None:
    body = example("page-motion")
    scores = {label: number + 0.5 for number, label in enumerate(labels)}
    body["result"][0]["classifications"][0]["result"][0] = scores
    body["result"] = body["result"][:1]
    content = msgspec.json.encode(body)
    reader = PageReader()
    for _ in range(2):
        page = reader.read(content)
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
            get_classify_job_result_page.OPERATION.decode(response, PageReader().read)
        assert str(ours.value) == str(theirs.value)
    assert issubclass(FailureError, ApiError)


def test_each_reader_knows_the_pages_of_its_own_project(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two projects that are read in turn cost one pass per page."""
    passes = 0

    class Counting:
        def __init__(self, decoder: msgspec.json.Decoder[Any]) -> None:
            self._decoder = decoder

        def decode(self, content: bytes) -> Any:
            nonlocal passes
            passes += 1
            return self._decoder.decode(content)

    monkeypatch.setattr(pages, "page_decoder", lambda shape: Counting(page_decoder(shape)))
    motion, vision = encoded(example("page-motion")), encoded(example("page-anomaly"))
    readers = [(PageReader(), motion), (PageReader(), vision)]
    read = [reader.read(content) for _ in range(4) for reader, content in readers]
    assert passes == len(read) == 8
    assert [page.shape == PLAIN for page in read] == [True, True] + [False] * 6


def nested(name: str, depth: int, mark: bytes = b"wave") -> bytes:
    """A page with a value of that name, which is as deep as that."""
    odd = b'{"a":' * depth + b"1" + b"}" * depth
    content = json.dumps(example("page-motion")).encode()
    content = content.replace(b'"created": "', f'"{name}": '.encode() + odd + b', "created": "', 1)
    return content.replace(b"wave", mark)


def judged(content: bytes) -> list[str]:
    """What becomes of a page as objects and as tables."""
    found = []
    for read in (ClassifyJobResultPage.from_json, PageReader().read):
        try:
            read(content)
            found.append("read")
        except msgspec.DecodeError as error:
            found.append(str(error))
    return found


@pytest.mark.parametrize("frames", [0, 300])
@pytest.mark.parametrize("name", ["lengthMs", "addedLater"])
@pytest.mark.parametrize("mark", [b"wave", b"\\ud83d"])
def test_a_page_is_as_deep_for_tables_as_for_objects(name: str, mark: bytes, frames: int) -> None:
    def below(content: bytes, left: int) -> list[str]:
        return below(content, left - 1) if left else judged(content)

    # Objects and tables need a few frames more or less at the limit of the interpreter itself.
    limit = sys.getrecursionlimit() - frames
    depths = [*range(1, limit - 150, 9), *range(limit + 50, limit + 150, 9)]
    outcomes = [below(nested(name, depth, mark), frames) for depth in depths]
    assert outcomes[0] == ["read", "read"]
    assert all(objects == tables for objects, tables in outcomes)
    assert "read" not in outcomes[-1]


@pytest.mark.parametrize("name", ["lengthMs", "addedLater"])
def test_a_page_that_is_too_deep_is_refused_whatever_its_depth(name: str) -> None:
    limit = sys.getrecursionlimit()
    outcomes = {
        outcome for depth in range(limit - 150, limit + 50) for outcome in judged(nested(name, depth))
    }
    assert "read" in outcomes
    assert len(outcomes) > 1  # and nothing but a msgspec.DecodeError was raised
