from __future__ import annotations

from typing import Any

import pytest
from ei_classify_api.models import ModelPrediction
from ei_classify_mocks import example

from ei_classify.models import ClassifyJobResultPage
from ei_classify.outcomes import Outcome
from ei_classify.scoring import best_label, f1_scores, is_wrong


def outcome(*judged: dict[str, Any]) -> Outcome:
    result = ClassifyJobResultPage.from_dict(example("page-motion")).result[0]
    predictions = [
        ModelPrediction(sample_id=result.sample_id, start_ms=0, end_ms=1, prediction="idle", **each)
        for each in judged
    ]
    return Outcome(result, predictions)


@pytest.mark.parametrize(
    ("judged", "wrong"),
    [
        ([], False),
        ([{}], False),
        ([{"prediction_correct": True}], False),
        ([{"prediction_correct": True}, {"prediction_correct": False}], True),
        ([{"f1_score": 1.0}], False),
        ([{"f1_score": 1.0}, {"f1_score": 0.99}], True),
        ([{"f1_score": 0}], True),
        ([{"prediction_correct": True, "f1_score": 0.5}], False),
        ([{"prediction_correct": False, "f1_score": 1}], True),
    ],
)
def test_a_verdict_decides_or_else_the_f1_score(judged: list[dict[str, Any]], wrong: bool) -> None:
    assert is_wrong(outcome(*judged)) is wrong


def test_f1_scores_are_those_that_there_are() -> None:
    assert f1_scores(outcome({"f1_score": 0.5}, {}, {"f1_score": 1}).predictions) == [0.5, 1]


@pytest.mark.parametrize(
    ("scores", "label"),
    [
        ({"idle": 0.1, "wave": 0.7, "snake": 0.2}, "wave"),
        ({"idle": 0.5, "wave": 0.5}, "idle"),
        ({"value": 3.5}, None),
        ({"anomaly": 0.2}, None),
        ({}, None),
    ],
)
def test_the_best_label_has_the_highest_score(scores: dict[str, float], label: str | None) -> None:
    assert best_label(scores) == label
