"""Where a page differs from the contract, and nothing of what the user may want to keep."""

from __future__ import annotations

import copy
import json
from typing import Any

import msgspec
import pytest
from ei_classify_mocks import example
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify.decoding import differences_of_page
from tests.generated.mutations import mutated

PAGES = [
    "page-motion",
    "page-today",
    "page-anomaly",
    "page-regression",
    "page-object-detection",
    "page-visual-anomaly",
    "page-documented",
]


def found(body: Any) -> dict[tuple[str, str], int]:
    return dict(differences_of_page(json.dumps(body).encode()))


@pytest.mark.parametrize("name", PAGES)
def test_an_example_fits(name: str) -> None:
    assert found(example(name)) == {}


def test_each_kind_of_difference_is_named_by_place_and_type() -> None:
    body = copy.deepcopy(example("page-motion"))
    for each in body["result"]:
        each["sample"]["added later"] = {"a": 1}
        each["sample"]["addedLater"] = 1.5
        each["sample"]["created"] = 17
        each["sample"]["label"] = None
        each["sample"]["metadata"] = {"site": "lab", "of": {"owner": "me"}}
    del body["result"][0]["sampleId"]
    body["predictions"][0]["startMs"] = "soon"
    body["result"][1]["classifications"] = {"a": 1}
    assert found(body) == {
        ("result[].sample.(an odd name)", "not in the contract: object"): 2,
        ("result[].sample.addedLater", "not in the contract: number"): 2,
        ("result[].sample.created", "expected date-time, got integer"): 2,
        ("result[].sample.label", "null"): 2,
        ("result[].sample.metadata{}", "expected string"): 2,
        ("result[].sampleId", "missing"): 1,
        ("predictions[].startMs", "expected number, got string"): 1,
        ("result[].classifications", "expected array, got object"): 1,
    }


def test_what_is_no_page_is_one_difference() -> None:
    assert found([1]) == {("the answer", "expected object, got array"): 1}
    with pytest.raises(msgspec.DecodeError):
        differences_of_page(b"<html>")


PRIVATE = "zqxj"


def private(value: Any) -> Any:
    """The same with a mark in each text, and in each name that the contract leaves to the user."""
    if isinstance(value, str):
        return f"{value}{PRIVATE}"
    if isinstance(value, list):
        return [private(item) for item in value]
    if isinstance(value, dict):
        return {name: private(item) for name, item in value.items()}
    return value


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PAGES), st.data())
def test_nothing_of_the_user_is_in_it(name: str, data: st.DataObject) -> None:
    body = copy.deepcopy(example(name))
    for each in body["result"]:
        each["sample"]["metadata"] = {PRIVATE: "x", f"{PRIVATE} 2": 5}
        for block in each["classifications"]:
            block["result"] = [{PRIVATE: 0.5, f"{PRIVATE}2": None}, {PRIVATE: "x"}]
    text = str(sorted(found(data.draw(mutated(private(body))))))
    assert PRIVATE not in text
