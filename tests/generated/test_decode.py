from __future__ import annotations

import datetime
import gc
import json
import math
from typing import Any

import httpx
import msgspec
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
    ("result[0]", 5, "expected object, got 5"),
    ("result[0].sampleId", True, "expected integer, got true"),
    ("result[0].sampleId", None, "expected integer, got null"),
    ("result[0].sample.id", 2.5, "expected integer, got 2.5"),
    ("result[0].sample.id", DELETED, "missing"),
    (f"{BLOCK}.id", DELETED, "missing"),
    (f"{BLOCK}.id", "x", 'expected integer, got "x"'),
    ("result[0].classifications[0].result", DELETED, "missing"),
    ("result[0].classifications[0].result[0]", None, "expected object, got null"),
    ("predictions", None, "expected array, got null"),
    ("predictions[0].sampleId", "1", 'expected integer, got "1"'),
    ("predictions[0].startMs", "0", 'expected number, got "0"'),
    ("predictions[0].startMs", False, "expected number, got false"),
    ("predictions[0].endMs", DELETED, "missing"),
    ("predictions[0].prediction", None, "expected string, got null"),
]
"""What carries or identifies a result, with a value that it cannot have."""

ODD = [
    ("totalCount", "3", 'expected integer, got "3"'),
    ("error", 5, "expected string, got 5"),
    ("result[0].sample.frequency", True, "expected number, got true"),
    ("result[0].sample.frequency", "62.5", 'expected number, got "62.5"'),
    ("result[0].sample.label", 5, "expected string, got 5"),
    ("result[0].sample.isDisabled", 0, "expected boolean, got 0"),
    ("result[0].sample.created", "yesterday", 'expected date-time, got "yesterday"'),
    ("result[0].sample.created", "", 'expected date-time, got ""'),
    ("result[0].sample.created", "2016-12-31T23:59:60Z", 'expected date-time, got "2016-12-31T23:59:60Z"'),
    ("result[0].sample.created", 1735689600, "expected date-time, got 1735689600"),
    ("result[0].sample.category", 3, "expected string, got 3"),
    ("result[0].sample.sensors[0].units", [], "expected string, got array"),
    ("result[0].sample.sensors[0]", 5, "expected object, got 5"),
    ("result[0].sample.valuesCount", 1.5, "expected integer, got 1.5"),
    ("result[0].sample.metadata", [], "expected object, got array"),
    ("result[0].sample.structuredLabelsList[0]", None, "expected string, got null"),
    (f"{BLOCK}.type", ["keras"], "expected string, got array"),
    (f"{BLOCK}.dsp[0]", 1.5, "expected integer, got 1.5"),
    ("result[0].classifications[0].thresholds[0].value", True, "expected number or string, got true"),
    ("result[0].classifications[0].thresholds[0].key", DELETED, "missing"),
    ("result[0].classifications[0].anomalyResult[0].scores[0]", 1.5, "expected array, got 1.5"),
    ("result[0].classifications[0].anomalyResult[0].scores[0][0]", "1", 'expected number, got "1"'),
    ("predictions[0].anomalyScores[0][0]", None, "expected number, got null"),
]
"""What is optional, or part of something optional, with a value that it cannot have."""


def still(cases: list[tuple[str, Any, str]]) -> list[tuple[str, Any, str]]:
    """The cases without those of places that have come to admit more."""
    return [
        (path, value, problem)
        for path, value, problem in cases
        if value is DELETED
        or problem.startswith(f"expected {contract.kinds('ClassifyJobResultPage', path)}, got ")
    ]


def test_most_places_are_as_they_were() -> None:
    assert len(still(WRONG)) > len(WRONG) * 0.7
    assert len(still(ODD)) > len(ODD) * 0.7


def grow(body: dict[str, Any]) -> dict[str, Any]:
    """The body with an unknown property before what was changed: it must not hide it, nor move it."""
    for entry in body.get("predictions") or ():
        entry["new"] = 1
    return {"new": {"result": []}, **body}


@pytest.mark.parametrize(("path", "value", "problem"), still(WRONG))
@pytest.mark.parametrize("grown", [False, True])
def test_what_does_not_fit_is_named_with_its_place(path: str, value: Any, problem: str, grown: bool) -> None:
    body = changed(path, value)
    if grown:
        body = grow(body)

    with pytest.raises(UnexpectedAnswerError) as raised:
        operation.decode(httpx.Response(200, json=body))

    assert (raised.value.place, raised.value.problem) == (path, problem)
    assert f"{path}: {problem}" in str(raised.value)
    assert repr(raised.value) == f"UnexpectedAnswerError({str(raised.value)!r})"
    with pytest.raises(MismatchError) as mismatch:
        ClassifyJobResultPage.from_dict(body)
    assert str(mismatch.value) == f"{path}: {problem}"


@pytest.mark.parametrize(("path", "value", "problem"), still(ODD))
@pytest.mark.parametrize("grown", [False, True])
def test_an_odd_value_of_an_optional_property_costs_only_itself(
    path: str, value: Any, problem: str, grown: bool
) -> None:
    body = changed(path, value)
    if grown:
        body = grow(body)
    page = operation.decode(httpx.Response(200, json=body))
    assert [(each.place, each.problem) for each in page.set_aside] == [(path, problem)]
    assert [str(each) for each in page.set_aside] == [f"{path}: {problem}"]
    assert contract.without_nulls(page.to_dict()) == contract.without_nulls(body)
    assert ClassifyJobResultPage.from_dict(body).set_aside == page.set_aside

    ours, untouched = page.to_dict(), ClassifyJobResultPage.from_dict(contract.example("page-documented"))
    first, *_ = path.split("[")
    for name in {"result", "predictions", "success"} - {first}:
        if not grown:
            assert ours[name] == untouched.to_dict()[name]


def test_what_was_set_aside_stays_with_its_object() -> None:
    page = ClassifyJobResultPage.from_dict(changed("result[0].sample.created", "yesterday"))
    sample = page.result[0].sample
    assert sample.created is None
    assert sample.additional_properties["created"] == "yesterday"
    assert sample.set_aside == ()
    assert ClassifyJobResultPage.from_dict(page.to_dict()) == page


def test_of_many_odd_values_a_thousand_are_reported() -> None:
    body = contract.example("page-documented")
    body["predictions"] = [{**body["predictions"][0], "label": 7} for _ in range(1500)]
    page = ClassifyJobResultPage.from_dict(body)
    assert len(page.set_aside) == 1000
    assert len(page.predictions) == 1500


NULLABLE = ["error", "totalCount", "result[0].sample.metadata", "result[0].sample.boundingBoxes",
            "result[0].sample.created", f"{BLOCK}.type", "result[0].classifications[0].thresholds[0].value",
            "predictions[0].label", "predictions[0].predictionCorrect"]  # fmt: skip


@pytest.mark.parametrize("path", NULLABLE)
def test_null_is_absence(path: str) -> None:
    body = changed(path, None)
    page = ClassifyJobResultPage.from_json(json.dumps(body))
    absent = ClassifyJobResultPage.from_dict(contract.without_nulls(body))
    assert page == absent
    assert page.set_aside == ()
    assert page.to_dict() == contract.without_nulls(body)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"hum\\ud83d"', "hum\ufffd"),
        ('"\\udc00x\\ud83d\\ude00"', "\ufffdx\U0001f600"),
        (b'"h\xffm"', "h\ufffdm"),
    ],
)
def test_text_that_is_not_unicode_costs_a_character(written: str | bytes, read: str) -> None:
    content = json.dumps(changed("result[0].sample.filename", "NAME")).encode()
    raw = written.encode() if isinstance(written, str) else written
    page = ClassifyJobResultPage.from_json(content.replace(b'"NAME"', raw))
    assert page.result[0].sample.filename == read
    assert page.set_aside == ()


def test_a_byte_order_mark_is_skipped() -> None:
    content = contract.content("page-documented")
    assert ClassifyJobResultPage.from_json(b"\xef\xbb\xbf" + content) == ClassifyJobResultPage.from_json(content)


@pytest.mark.parametrize(("written", "read"), [("NaN", math.nan), ("Infinity", math.inf), ("1e400", math.inf)])
def test_numbers_as_other_programs_write_them_are_read(written: str, read: float) -> None:
    content = json.dumps(changed("result[0].sample.frequency", "N")).replace('"N"', written)
    page = ClassifyJobResultPage.from_json(content)
    assert repr(page.result[0].sample.frequency) == repr(read)


@pytest.mark.parametrize("text", ["2025-01-01T00:00:00", "2025-01-01 00:00:00", "2025-01-01T00:00:00Z"])
def test_a_date_without_a_zone_is_in_utc(text: str) -> None:
    page = ClassifyJobResultPage.from_dict(changed("result[0].sample.created", text))
    assert page.result[0].sample.created == datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    assert page.to_dict()["result"][0]["sample"]["created"] == text


def test_an_integer_may_be_written_with_a_fraction_of_zero() -> None:
    page = ClassifyJobResultPage.from_json(json.dumps(changed("result[0].sampleId", 5001.0)))
    assert (page.result[0].sample_id, type(page.result[0].sample_id)) == (5001, int)


def test_the_name_of_the_unknown_properties_is_a_name_like_any_other() -> None:
    body = {**contract.example("page-documented"), "(unknown properties)": {"a": 1}}
    for read in (ClassifyJobResultPage.from_dict(body), ClassifyJobResultPage.from_json(json.dumps(body))):
        assert read.to_dict() == body


@pytest.mark.parametrize("content", [b"", b"[" * 100_000, b'{"a": ', b"\xff", b'{"a": tru}'])
def test_what_is_not_json_is_called_so(content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        ClassifyJobResultPage.from_json(content)


@pytest.mark.parametrize("depth", range(150, 1000, 50))
def test_what_is_nested_too_deeply_is_called_so(depth: int) -> None:
    deep = "[" * depth + "1" + "]" * depth
    page = changed("result[0].sample.metadata", "DEEP")
    page["result"][0]["sample"]["created"] = 7  # so that it is read value by value
    content = json.dumps(page).replace('"DEEP"', deep)
    try:
        read = ClassifyJobResultPage.from_json(content)
    except msgspec.DecodeError as error:
        assert "nested too deeply" in str(error) or "recursion" in str(error).lower()
    else:
        assert "metadata" in read.result[0].sample.additional_properties


def test_an_integer_of_more_digits_than_python_reads_is_json_and_infinite() -> None:
    with pytest.raises(MismatchError, match="expected object, got Infinity"):
        ClassifyJobResultPage.from_json(b"1" * 5000)
    content = json.dumps(changed("predictions[0].startMs", "DIGITS")).replace('"DIGITS"', "-" + "1" * 5000)
    assert ClassifyJobResultPage.from_json(content).predictions[0].start_ms == -math.inf


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

    page = operation.decode(httpx.Response(200, json=body))

    scores: dict[str, Any] = page.result[0].classifications[0].result[0]
    if score is None:
        assert (scores, page.set_aside) == ({"before": 1}, ())
    else:
        assert scores == {"before": 1, label: score}
        (found,) = page.set_aside
        assert found.place == place
        assert found.problem.startswith("expected number, got ")


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
def test_any_value_put_anywhere_is_read_or_named_where_it_stands(data: st.DataObject) -> None:
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
        assert contract.without_nulls(read.to_dict()) == contract.without_nulls(body)


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
        LearnBlock.from_dict({"id": object()})
    assert raised.value.place == "id"


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
