from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import ei_classify
from ei_classify import (
    UnmatchedPredictionsError,
)
from tests.ei_classify.calling import Kind, answer, call, kinds, project
from tests.ei_classify.project_data import example, page

if TYPE_CHECKING:
    import httpx


@kinds
def test_each_outcome_has_its_own_predictions_and_no_others(kind: Kind) -> None:
    body = json.loads(example("page-motion"))
    first, second = (result["sampleId"] for result in body["result"])
    body["predictions"] = [each for each in body["predictions"] if each["sampleId"] == second][::-1]
    outcomes = call(
        kind, lambda request: answer(json.dumps({**body, "totalCount": 2}).encode()), "results", 1
    )
    assert [outcome.sample_id for outcome in outcomes] == [first, second]
    assert outcomes[0].predictions == []
    assert [each.sample_id for each in outcomes[1].predictions] == [second] * 3
    starts = [each.start_ms for each in outcomes[1].predictions]
    assert starts == sorted(starts, reverse=True), "the page's own order is kept"
    assert outcomes[0].sample.filename == body["result"][0]["sample"]["filename"]
    assert outcomes[0].classifications is outcomes[0].result.classifications


@kinds
def test_pages_tell_where_they_are_and_keep_their_bytes(kind: Kind) -> None:
    pages = call(kind, project(25), "pages", 1, page_size=10)
    assert [(each.offset, each.total, len(each.outcomes)) for each in pages] == [
        (0, 25, 10),
        (10, 25, 10),
        (20, 25, 5),
    ]
    assert pages[2].content == page(range(20, 25), 25, slim=True)
    assert pages[2].answer.result[0].sample_id == 20


@kinds
def test_predictions_without_a_sample_are_reported(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return answer(page([offset], 2, orphans=[77, 78] if offset else []))

    with pytest.raises(UnmatchedPredictionsError, match=r"has 2 predictions .*77, 78.*pages\(\)") as caught:
        call(kind, handle, "results", 1)
    assert [each.sample_id for each in caught.value.predictions] == [77, 78]
    assert [each.sample_id for each in caught.value.page.outcomes] == [1]
    pages = call(kind, handle, "pages", 1)
    assert [[each.sample_id for each in one.unmatched] for one in pages] == [[], [77, 78]]
    assert [len(one.outcomes) for one in pages] == [1, 1]


@kinds
def test_a_page_is_as_the_wire_has_it(kind: Kind) -> None:
    answered = call(kind, lambda request: answer(example("page-today")), "page", 1)
    assert isinstance(answered, ei_classify.ClassifyJobResultPage)
    assert answered.to_dict() == json.loads(example("page-today"))
