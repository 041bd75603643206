from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from ei_classify_api.errors import MismatchError
from ei_classify_mocks import example
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify.decoding import PageReader, RawPage

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)


def page(**changes: Any) -> dict[str, Any]:
    return {**example("page-motion"), **changes}


def lines(body: object) -> list[dict[str, Any]]:
    return list(map(json.loads, RawPage.read(0, json.dumps(body).encode()).lines))


def test_a_line_is_the_entry_with_the_predictions_of_its_sample() -> None:
    body = page(totalCount=7)
    raw = RawPage.read(40, content := json.dumps(body).encode())
    tabled = PageReader().read(content)
    assert (raw.offset, raw.content, raw.total, raw.set_aside) == (40, content, 7, ())
    assert (raw.sample_ids, raw.unmatched_ids) == (tabled.sample_ids, [])
    assert list(map(json.loads, raw.lines)) == [
        {**entry, "predictions": [each for each in body["predictions"] if each["sampleId"] == sample_id]}
        for sample_id, entry in zip(raw.sample_ids, body["result"], strict=True)
    ]


@settings(max_examples=60)
@given(st.dictionaries(st.text(), ANYTHING), ANYTHING, st.booleans())
def test_nothing_but_the_ids_has_to_fit(entry: dict[str, Any], prediction: Any, pretty: bool) -> None:
    body = {
        "success": True,
        "result": [{**entry, "sampleId": 5}, {"sampleId": 6}],
        "predictions": [{"sampleId": 6, "startMs": prediction}],
        "totalCount": prediction,
    }
    raw = RawPage.read(0, json.dumps(body, indent=2 if pretty else None).encode())
    assert raw.sample_ids == [5, 6]
    assert all(b"\n" not in line for line in raw.lines)
    first, second = map(json.loads, raw.lines)
    key = max(first, key=lambda name: (name.strip("_") == "predictions", len(name)))
    assert first.pop(key) == []
    assert first == body["result"][0]
    assert second == {"sampleId": 6, "predictions": body["predictions"]}


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({}, "predictions"),
        ({"predictions": []}, "_predictions"),
        ({"predictions": [], "_predictions": 1}, "__predictions"),
        ({"inner": {"predictions": 1}}, "predictions"),
    ],
)
def test_a_property_of_the_entry_keeps_its_name(entry: dict[str, Any], key: str) -> None:
    (line,) = lines({"success": True, "result": [{"sampleId": 1, **entry}]})
    assert line == {"sampleId": 1, **entry, key: []}


def test_a_property_that_is_written_with_an_escape_keeps_its_name() -> None:
    content = rb'{"success": true, "result": [{"sampleId": 1, "\u0070redictions": 3}]}'
    (line,) = RawPage.read(0, content).lines
    assert json.loads(line) == {"sampleId": 1, "predictions": 3, "_predictions": []}


@pytest.mark.parametrize("content", [
    b'\xef\xbb\xbf{"success": true, "result": [{"sampleId": 1, "a": [NaN, {"b": -Infinity}]}]}',
    b'{"success": true, "result": [{"sampleId": 1.0, "a": [NaN, {"b": -Infinity}]}]}',
])  # fmt: skip
def test_what_json_does_not_have_is_null_and_reported(content: bytes) -> None:
    raw = RawPage.read(0, content)
    assert (raw.sample_ids, raw.content) == ([1], content)
    assert json.loads(raw.lines[0]) == {"sampleId": 1, "a": [None, {"b": None}], "predictions": []}
    assert [each.place for each in raw.set_aside] == ["result[0].a[0]", "result[0].a[1].b"]


def test_bytes_that_are_no_utf_8_become_replacement_characters() -> None:
    (line,) = RawPage.read(0, b'{"success": true, "result": [{"sampleId": 1, "a": "\xff"}]}').lines
    assert json.loads(line.decode()) == {"sampleId": 1, "a": "\ufffd", "predictions": []}


def test_predictions_of_other_samples_are_told() -> None:
    body = page()
    body["predictions"] = [*body["predictions"], {"sampleId": 999}, {"sampleId": 999}]
    assert RawPage.read(0, json.dumps(body).encode()).unmatched_ids == [999, 999]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ([], ""),
        ({}, "success"),
        ({"success": False, "error": "no"}, "success"),
        ({"success": 1, "result": []}, "success"),
        ({"success": True}, "result"),
        ({"success": True, "result": {}}, "result"),
        ({"success": True, "result": [], "predictions": 3}, "predictions"),
        ({"success": True, "result": [{"sampleId": 1}, 3]}, "result[1]"),
        ({"success": True, "result": [{"id": 1}]}, "result[0].sampleId"),
        ({"success": True, "result": [{"sampleId": True}]}, "result[0].sampleId"),
        ({"success": True, "result": [{"sampleId": 1.5}]}, "result[0].sampleId"),
        ({"success": True, "result": [{"sampleId": 2**63}]}, "result[0].sampleId"),
        ({"success": True, "result": [], "predictions": [{"sampleId": "1"}]}, "predictions[0].sampleId"),
    ],
)
def test_without_its_ids_a_page_is_none(body: object, place: str) -> None:
    with pytest.raises(MismatchError) as caught:
        RawPage.read(0, json.dumps(body).encode())
    assert caught.value.place == place


@pytest.mark.parametrize("content", [b"", b"<p>", b'{"success": true, "result": [', b"[" * 100_000])
def test_what_is_not_json_is_none(content: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        RawPage.read(0, content)


@pytest.mark.parametrize("total", [2**70, 1e300, -(2**63) - 1, "7", None])
def test_a_total_that_is_none_is_none(total: object) -> None:
    assert RawPage.read(0, json.dumps(page(totalCount=total)).encode()).total is None
