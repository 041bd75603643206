from __future__ import annotations

import datetime
import gc
import json
from typing import Any

import httpx
import pytest
from ei_classify_api.api.classify import get_classify_job_result_page as operation
from ei_classify_api.errors import ApiError, MismatchError, UnexpectedAnswerError
from ei_classify_api.models import (
    ClassifyJobResultPage,
    KerasModelVariant,
    LearnBlock,
    LearnBlockType,
    StructuredLabel,
    Threshold,
    VariantResult,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from . import contract

DELETED = object()
BLOCK = "result[0].classifications[0].learnBlock"


def changed(path: str, value: Any, name: str = "page-documented") -> dict[str, Any]:
    """An example with one value replaced, or taken out; the path is one as errors write it."""
    page: dict[str, Any] = contract.example(name)
    *steps, last = path.replace("[", ".[").split(".")
    place: Any = page
    for step in steps:
        place = place[int(step[1:-1]) if step.startswith("[") else step]
    key = int(last[1:-1]) if last.startswith("[") else last
    if value is DELETED:
        del place[key]
    else:
        place[key] = value
    return page


WRONG = [
    ("result", DELETED, "missing"),
    ("result", {}, "expected array, got object"),
    ("success", DELETED, "missing"),
    ("success", "true", 'expected boolean, got "true"'),
    ("success", None, "expected boolean, got null"),
    ("totalCount", "3", 'expected integer, got "3"'),
    ("totalCount", None, "expected integer, got null"),
    ("result[0]", 5, "expected object, got 5"),
    ("result[0].sampleId", True, "expected integer, got true"),
    ("result[0].sampleId", 1.0, "expected integer, got 1.0"),
    ("result[0].sample.id", 2.5, "expected integer, got 2.5"),
    ("result[0].sample.frequency", True, "expected number, got true"),
    ("result[0].sample.frequency", "62.5", 'expected number, got "62.5"'),
    ("result[0].sample.label", 5, "expected string, got 5"),
    ("result[0].sample.isDisabled", 0, "expected boolean, got 0"),
    ("result[0].sample.created", "yesterday", 'expected date-time with a time zone, got "yesterday"'),
    (
        "result[0].sample.created",
        "2025-01-01T00:00:00",
        'expected date-time with a time zone, got "2025-01-01T00:00:00"',
    ),
    ("result[0].sample.created", 1735689600, "expected date-time with a time zone, got 1735689600"),
    ("result[0].sample.category", 3, "expected string, got 3"),
    ("result[0].sample.sensors[0].units", DELETED, "missing"),
    ("result[0].sample.metadata", [], "expected object, got array"),
    ("result[0].sample.structuredLabelsList[0]", None, "expected string, got null"),
    (f"{BLOCK}.id", DELETED, "missing"),
    (f"{BLOCK}.id", "x", 'expected integer, got "x"'),
    (f"{BLOCK}.type", ["keras"], "expected string, got array"),
    (f"{BLOCK}.dsp[0]", 1.5, "expected integer, got 1.5"),
    ("result[0].classifications[0].thresholds[0].value", None, "expected number or string, got null"),
    ("result[0].classifications[0].thresholds[0].value", True, "expected number or string, got true"),
    ("result[0].classifications[0].result[0]", None, "expected object, got null"),
    ("result[0].classifications[0].anomalyResult[0].scores[0]", 1.5, "expected array, got 1.5"),
    ("result[0].classifications[0].anomalyResult[0].scores[0][0]", "1", 'expected number, got "1"'),
    ("predictions[0].anomalyScores[0][0]", None, "expected number, got null"),
    ("predictions[0].startMs", "0", 'expected number, got "0"'),
    ("predictions[0].startMs", False, "expected number, got false"),
]


STILL_WRONG = [
    (path, value, problem)
    for path, value, problem in WRONG
    if value is DELETED or problem.startswith(f"expected {contract.kinds('ClassifyJobResultPage', path)}, got ")
]
"""Without those of places that have come to admit more."""


def test_most_places_are_as_they_were() -> None:
    assert len(STILL_WRONG) > len(WRONG) * 0.7


@pytest.mark.parametrize(("path", "value", "problem"), STILL_WRONG)
@pytest.mark.parametrize("grown", [False, True])
def test_what_does_not_fit_is_named_with_its_place(path: str, value: Any, problem: str, grown: bool) -> None:
    body = changed(path, value)
    if grown:  # an unknown property before it must not hide it, nor move it
        body = {"new": {"result": []}, **body}
        for entry in body["predictions"]:
            entry["new"] = 1

    with pytest.raises(UnexpectedAnswerError) as raised:
        operation.decode(httpx.Response(200, json=body))

    assert (raised.value.place, raised.value.problem) == (path, problem)
    assert f"{path}: {problem}" in str(raised.value)
    assert f"{path!r}, {problem!r})" in repr(raised.value)
    with pytest.raises(MismatchError) as mismatch:
        ClassifyJobResultPage.from_dict(body)
    assert str(mismatch.value) == f"{path}: {problem}"


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("yes", "result[0].classifications[0].result[0].yes"),
        ("two words", 'result[0].classifications[0].result[0]["two words"]'),
        ("", 'result[0].classifications[0].result[0][""]'),
    ],
)
@pytest.mark.parametrize("score", ["0.5", None, True, [0.5]])
def test_a_score_that_is_no_number_is_named_by_its_label(label: str, place: str, score: Any) -> None:
    body = changed("result[0].classifications[0].result[0]", {"before": 1, label: score})

    with pytest.raises(UnexpectedAnswerError) as raised:
        operation.decode(httpx.Response(200, json=body))

    assert raised.value.place == place
    assert raised.value.problem.startswith("expected number, got ")


def test_the_first_of_several_is_named() -> None:
    body = changed("predictions[0].sampleId", "x")
    body["result"][0]["sampleId"] = "y"

    with pytest.raises(MismatchError) as raised:
        ClassifyJobResultPage.from_json(json.dumps(body))

    assert raised.value.place == "result[0].sampleId"


leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=3)
    | st.floats(allow_nan=False, allow_infinity=False)
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_value_put_anywhere_either_fits_or_is_named_where_it_stands(data: st.DataObject) -> None:
    body = contract.example("page-object-detection")
    place, name = body, "result"
    path = ""
    while True:
        path += f"[{name}]" if isinstance(name, int) else f".{name}" if path else name
        inner = place[name]
        if not inner or not isinstance(inner, (dict, list)) or data.draw(st.integers(0, 9)) == 0:
            break
        place = inner
        name = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
    place[name] = data.draw(leaves | st.just([]) | st.just({}))

    try:
        read = ClassifyJobResultPage.from_json(json.dumps(body))
    except MismatchError as error:
        # At the value, or below it where the value is an object that lacks something.
        assert error.place == path or (place[name] == {} and error.problem == "missing")
    else:
        assert json.dumps(read.to_dict(), sort_keys=True) == json.dumps(body, sort_keys=True)


def test_scores_are_plain_dicts_and_numbers_plain_lists() -> None:
    page = ClassifyJobResultPage.from_json(contract.content("page-visual-anomaly"))
    block = page.result[0].classifications[0]

    assert type(block.result[0]) is dict
    assert all(type(score) in (int, float) for score in block.result[0].values())
    assert block.anomaly_result is not None
    grid = block.anomaly_result[0].scores
    assert grid is not None
    assert type(grid) is list
    assert type(grid[0]) is list
    assert type(grid[0][0]) in (int, float)


def test_a_number_stays_an_int_or_a_float() -> None:
    body = contract.example("page-motion")
    body["predictions"][0].update(startMs=1, endMs=1.0)
    body["result"][0]["classifications"][0]["result"][0] = {"a": 1, "b": 1.0}

    page = ClassifyJobResultPage.from_dict(body)

    prediction = page.predictions[0]
    assert [type(each) for each in (prediction.start_ms, prediction.end_ms)] == [int, float]
    assert [type(each) for each in page.result[0].classifications[0].result[0].values()] == [int, float]


def test_a_known_value_of_an_enum_is_its_member_and_an_unknown_one_the_string() -> None:
    block = {"id": 2, "type": "keras", "name": "", "dsp": [], "title": ""}

    assert LearnBlock.from_dict(block).type_ is LearnBlockType.KERAS
    assert LearnBlock.from_dict({**block, "type": "llm"}).type_ == "llm"
    assert LearnBlock.from_dict(block).training_processor is None
    assert VariantResult.from_dict({"variant": "int8", "classifications": []}).variant is KerasModelVariant.INT8


@pytest.mark.parametrize("value", [0.5, 1, "auto"])
def test_a_threshold_is_a_number_or_a_string(value: Any) -> None:
    read = Threshold.from_dict({"key": "", "description": "", "helpText": "", "value": value})
    assert read.value == value
    assert type(read.value) is type(value)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-11-07T05:31:56Z", datetime.datetime(2023, 11, 7, 5, 31, 56, tzinfo=datetime.UTC)),
        ("2023-11-07T05:31:56.000Z", datetime.datetime(2023, 11, 7, 5, 31, 56, tzinfo=datetime.UTC)),
        ("2023-11-07T05:31:48.554Z", datetime.datetime(2023, 11, 7, 5, 31, 48, 554000, datetime.UTC)),
        ("2023-11-07T06:31:56+01:00", datetime.datetime(2023, 11, 7, 5, 31, 56, tzinfo=datetime.UTC)),
    ],
)
def test_a_datetime_is_aware_and_keeps_its_spelling(text: str, moment: datetime.datetime) -> None:
    block = {"id": 2, "type": "keras", "name": "", "dsp": [], "title": "", "createdAt": text}

    read = LearnBlock.from_dict(block)

    assert isinstance(read.created_at, datetime.datetime)
    assert read.created_at == moment
    assert read.created_at.utcoffset() is not None
    assert read.to_dict() == block


def test_what_json_cannot_hold_is_no_answer() -> None:
    with pytest.raises(MismatchError) as raised:
        StructuredLabel.from_dict({"startIndex": 0, "endIndex": object(), "label": ""})
    assert raised.value.place == "endIndex"


@pytest.mark.parametrize("body", [b'{"success": false}', b"not JSON", None])
def test_the_garbage_collector_is_left_alone(body: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    page: dict[str, Any] = contract.example("page-documented")
    page["result"] *= 500
    response = httpx.Response(200, content=json.dumps(page).encode() if body is None else body)
    touched: list[str] = []
    for name in ("collect", "disable", "enable", "freeze", "set_threshold", "unfreeze"):
        monkeypatch.setattr(gc, name, lambda *_, name=name: touched.append(name))

    if body is None:
        operation.decode(response)
    else:
        with pytest.raises(ApiError):
            operation.decode(response)

    assert touched == []
