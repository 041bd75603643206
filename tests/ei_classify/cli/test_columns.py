from __future__ import annotations

from typing import Any

import pytest
from ei_classify_mocks import example

from ei_classify.cli.columns import COLUMNS
from ei_classify.cli.picking import ALL_RESULTS, RESULTS
from ei_classify.models import ClassifyJobResultPage, ModelPrediction
from ei_classify.outcomes import Outcome
from tests.command_line import invoke


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


def test_each_column_can_be_picked() -> None:
    assert {column.title for column in COLUMNS} | {"variant"} == set(ALL_RESULTS)


def test_the_columns_that_are_picked_are_printed_in_that_order() -> None:
    picked = [*ALL_RESULTS[::-1], "sample"]  # each once
    done = invoke(["results", "--demo", "--limit", "1", "--variant", "int8", "--columns", ",".join(picked)])
    head, row = done.stdout.splitlines()
    assert head.split() == picked[:-1]
    assert "int8" in row.split()
    assert row.split()[-1] == "1001"
    usual = invoke(["results", "--demo", "--limit", "1"]).stdout.splitlines()[0]
    assert tuple(usual.split()) == RESULTS


@pytest.mark.parametrize(
    ("command", "picked", "head"),
    [
        (["score", "--demo"], "value, figure", ["value", "figure"]),
        (["compare", "--demo"], "figure,interval", ["figure", "95", "%", "interval"]),
    ],
)
def test_figures_have_the_columns_that_are_picked(command: list[str], picked: str, head: list[str]) -> None:
    done = invoke([*command, "--columns", picked, "--max-id", "1005", "--replicates", "0"])
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines()[1].split() == head


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ["results", "--columns", "samples"],
            "no column 'samples' (did you mean sample?). There are ",
        ),
        (["results", "--columns", "qqq"], "there is no column 'qqq'. There are sample, file,"),
        (["results", "--columns", " ,"], "it takes names, such as sample,file"),
        (["results", "--columns", "file", "--jsonl"], "chooses columns of the table; JSON has everything"),
        (["score", "--columns", "value", "--json"], "chooses columns of the table; JSON has everything"),
        (["compare", "--columns", "value"], "There are figure, first, second, difference, interval"),
    ],
)
def test_columns_that_cannot_be_printed_are_wrong_usage(command: list[str], said: str) -> None:
    done = invoke([*command, "--demo"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
