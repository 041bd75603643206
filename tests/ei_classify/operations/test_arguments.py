from __future__ import annotations

import typing
from typing import Any

import pytest
from ei_classify_api.api.classify import get_classify_job_result_page
from hypothesis import given
from hypothesis import strategies as st

from ei_classify import InvalidArgumentError
from ei_classify.operations import encode_filters
from tests.ei_classify.calling import NOON, Kind, call, kinds, refuse_all

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("page", {"timeout": 0}, "timeout must be a number of seconds above 0"),
    ("results", {"timeout": "5"}, "timeout must be"),
    ("classify_sample", {"sample_id": 2, "variants": ["int8"], "timeout": float("nan")}, "timeout must be"),
    ("page", {"limit": 0}, "limit must be a whole number of at least 1, not 0"),
    ("page", {"offset": -1}, "offset must be"),
    ("page", {"labels": "idle"}, r"labels must be a list of texts, such as \['idle'\], not a single text"),
    ("page", {"labels": 5}, "labels must be a list of texts, not 5"),
    ("page", {"variant": 5}, "variant must be text, not 5"),
    ("page", {"search": b"x"}, "search must be text"),
    ("results", {"min_length": "x"}, "min_length must be a .* number, not 'x'"),
    ("results", {"impulse_id": True}, "impulse_id must be a .* number"),
    ("results", {"min_frequency": float("nan")}, "min_frequency must be a finite number"),
    ("results", {"truncate_structured_labels": 1}, "truncate_structured_labels must be True or False"),
    ("classify_sample", {"sample_id": 2, "variants": ["int8"], "impulse_id": "a"}, "impulse_id must be"),
    ("page", {"labels": []}, "labels must be a list of at least one"),
    ("page", {"labels": [1]}, "labels must be a list"),
    ("page", {"metadata": {"key": "site"}}, "metadata must be a list"),
    ("page", {"metadata": ["site"]}, "each a mapping with the keys"),
    ("page", {"metadata": [{"key": {1}}]}, "cannot be written as JSON"),
    ("page", {"min_date": NOON.replace(tzinfo=None)}, "min_date must be a datetime with a time zone"),
    ("results", {"max_date": "2025-06-04"}, "max_date must be a datetime with a time zone"),
    ("results", {"page_size": 0}, "page_size must be"),
    ("results", {"page_size": True}, "page_size must be"),
    ("pages", {"offset": 1.5}, "offset must be"),
    ("pages", {"concurrency": 0}, "concurrency must be"),
    ("classify_sample", {"sample_id": 2, "variants": "int8"}, "variants must be a list"),
    ("classify_sample", {"sample_id": 2, "variants": []}, "variants must be a list of at least one"),
    ("classify_sample", {"sample_id": "2", "variants": ["int8"]}, "sample_id must be"),
    (
        "classify_sample",
        {"sample_id": 2, "variants": ["int8"], "job_id": 1, "job_timeout_s": -1},
        "timeout_s must be a number of seconds, at least 0",
    ),
]


@kinds
@pytest.mark.parametrize(("method", "arguments", "message"), WRONG)
def test_a_wrong_argument_is_refused_before_anything_is_sent(
    kind: Kind, method: str, arguments: dict[str, Any], message: str
) -> None:
    with pytest.raises(InvalidArgumentError, match=message):
        call(kind, refuse_all, method, project_id=1, **arguments)
    with pytest.raises(InvalidArgumentError, match="project_id"):
        call(
            kind,
            refuse_all,
            method,
            project_id=-1,
            **{**arguments, "sample_id": 1} if "sample_id" in arguments else arguments,
        )


TEXTS: dict[str, list[Any]] = {
    "variant": ["{}"],
    "labels": [["idle", "{}"]],
    "filename": ["{}"],
    "search": ["{}"],
    "signature_validity": ["{}"],
    "data_type": ["{}"],
    "category": ["{}"],
    "metadata": [[{"{}": 1}], [{"key": "{}"}], [{"values": ["a", ("{}",)]}], [{"a": {"b": {"{}": None}}}]],
}
"""Values of each argument that is text, with `{}` for a text."""


def filled(value: Any, text: str) -> Any:
    """A value with a text in the place of `{}`."""
    if isinstance(value, str):
        return value.replace("{}", text)
    if isinstance(value, dict):
        return {filled(key, text): filled(each, text) for key, each in value.items()}
    return type(value)(filled(each, text) for each in value) if isinstance(value, (list, tuple)) else value


def test_each_argument_that_is_text_is_among_these() -> None:
    hints = typing.get_type_hints(get_classify_job_result_page.request)
    del hints["return"]
    assert {name for name, hint in hints.items() if str in typing.get_args(hint)} == set(TEXTS)


@kinds
@pytest.mark.parametrize("method", ["page", "pages", "results", "tables"])
@pytest.mark.parametrize(
    ("text", "problem"), [("a\0b", "contains a NUL: 'a\\\\x00b'"), ("a\ud800", "is not valid Unicode")]
)
def test_text_that_cannot_be_sent_is_refused(kind: Kind, method: str, text: str, problem: str) -> None:
    for name, values in TEXTS.items():
        for value in values:
            with pytest.raises(InvalidArgumentError, match=f"^{name} {problem}"):
                call(kind, refuse_all, method, 1, **{name: filled(value, text)})


@kinds
@pytest.mark.parametrize("text", ["\0", "\udcff"])
def test_a_variant_that_cannot_be_sent_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^variants "):
        call(kind, refuse_all, "classify_sample", 2, project_id=1, variants=["int8", text])


def test_metadata_that_never_end_are_refused() -> None:
    endless: dict[str, Any] = {}
    endless["values"] = endless
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for value in (endless, {"values": deep}):
        with pytest.raises(InvalidArgumentError, match="metadata cannot be written as JSON"):
            encode_filters({"metadata": [value]})


@given(st.text(st.characters(), max_size=20))
def test_all_other_text_is_sent(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        sendable = False
    else:
        sendable = "\0" not in text
    for name, values in TEXTS.items():
        arguments = {name: filled(values[0], text)}
        if sendable:
            assert encode_filters(arguments).keys() == {name}
        else:
            with pytest.raises(InvalidArgumentError):
                encode_filters(arguments)


@kinds
def test_an_unknown_argument_is_a_type_error(kind: Kind) -> None:
    with pytest.raises(TypeError, match="unknown keyword arguments: colour"):
        call(kind, refuse_all, "results", 1, colour="red")
