from __future__ import annotations

from typing import Any

import pytest
from ei_classify_mocks import example

from ei_classify.cli.columns import COLUMNS
from ei_classify.models import ClassifyJobResultPage, ModelPrediction
from ei_classify.outcomes import Outcome


def cells(*predictions: dict[str, Any]) -> dict[str, str]:
    result = ClassifyJobResultPage.from_dict(example("page-motion")).result[0]
    own = [
        ModelPrediction(**{"sample_id": result.sample_id, "start_ms": 0, "end_ms": 1, **each})
        for each in predictions
    ]
    return {column.title: column.fill(Outcome(result, own)) for column in COLUMNS}


@pytest.mark.parametrize(
    ("predictions", "predicted", "correct"),
    [
        ([], "", ""),
        ([{"prediction": "idle"}], "idle", ""),
        ([{"prediction": "idle", "prediction_correct": True}], "idle", "1/1"),
        (
            [
                {"prediction": "wave", "prediction_correct": False},
                {"prediction": "idle", "prediction_correct": True},
                {"prediction": "idle", "prediction_correct": True},
                {"prediction": "idle"},
            ],
            "idle ×3, wave ×1",
            "2/3",
        ),
        ([{"prediction": "a, b", "f1_score": 0.666}], "a, b", "F1 0.67"),
        ([{"prediction": "a", "f1_score": 0.5, "prediction_correct": True}], "a", "1/1"),
    ],
)
def test_what_was_predicted_and_how_much_of_it_is_right(
    predictions: list[dict[str, Any]], predicted: str, correct: str
) -> None:
    shown = cells(*predictions)
    assert (shown["predicted"], shown["correct"]) == (predicted, correct)


def test_a_sample_is_told_by_its_id_file_and_label() -> None:
    entry = example("page-motion")["result"][0]
    shown = cells()
    assert shown["sample"] == str(entry["sampleId"])
    assert shown["file"] == entry["sample"]["filename"]
    assert shown["expected"] == entry["sample"]["label"]
