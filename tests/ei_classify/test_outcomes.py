from __future__ import annotations

import json
from typing import Any

from ei_classify_mocks import example

from ei_classify import RawPage
from ei_classify.models import ClassifyJobResultPage
from ei_classify.outcomes import ResultPage


def page(**changes: Any) -> ResultPage:
    body = {**example("page-motion"), **changes}
    return ResultPage(offset=20, answer=ClassifyJobResultPage.from_dict(body), content=b"")


def test_each_sample_is_joined_with_its_own_predictions_in_their_order() -> None:
    motion = page()
    assert [each.sample_id for each in motion.outcomes] == motion.sample_ids
    for outcome, result in zip(motion.outcomes, motion.answer.result, strict=True):
        own = [each for each in motion.answer.predictions if each.sample_id == result.sample_id]
        assert outcome.predictions == own
        assert outcome.result is result
        assert outcome.sample is result.sample
        assert outcome.classifications is result.classifications
    assert any(outcome.predictions for outcome in motion.outcomes)
    assert motion.unmatched == []


def test_a_sample_without_predictions_has_an_empty_list() -> None:
    assert [outcome.predictions for outcome in page(predictions=[]).outcomes] == [
        [] for _ in page().sample_ids
    ]


def test_predictions_without_their_sample_are_kept_apart() -> None:
    body = example("page-motion")
    stray = {**body["predictions"][0], "sampleId": 999}
    strayed = page(predictions=[*body["predictions"], stray])
    assert [each.sample_id for each in strayed.unmatched] == [999]
    assert [outcome.predictions for outcome in strayed.outcomes] == [
        outcome.predictions for outcome in page().outcomes
    ]


def test_the_total_is_what_the_server_says() -> None:
    body = example("page-motion")
    assert page(totalCount=7).total == 7
    body.pop("totalCount", None)
    assert ResultPage(0, ClassifyJobResultPage.from_dict(body), b"").total is None


def test_what_is_shown_of_results_is_one_line() -> None:
    motion = page(totalCount=118)
    assert repr(motion) == "<ResultPage: samples 20 to 22 of 118, predictions: 8>"
    assert repr(page()) == "<ResultPage: samples 20 to 22 of unknown, predictions: 8>"
    assert repr(motion.outcomes[0]) == "<Outcome: sample 101 'wave.4k2a', predictions: 5, 4 of 5 correct>"
    assert repr(page(predictions=[]).outcomes[0]) == "<Outcome: sample 101 'wave.4k2a', predictions: 0>"
    content = json.dumps(example("page-motion")).encode()
    assert repr(RawPage.read(20, content)) == f"<RawPage: samples 20 to 22 of unknown, {len(content)} bytes>"
