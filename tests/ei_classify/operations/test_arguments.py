from __future__ import annotations

from typing import Any

import pytest

from ei_classify import (
    InvalidArgumentError,
)
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
        call(kind, refuse_all, method, 1, **arguments)
    with pytest.raises(InvalidArgumentError, match="project_id"):
        call(
            kind,
            refuse_all,
            method,
            None,
            **{**arguments, "sample_id": 1} if "sample_id" in arguments else arguments,
        )


@kinds
def test_an_unknown_argument_is_a_type_error(kind: Kind) -> None:
    with pytest.raises(TypeError, match="unknown keyword arguments: colour"):
        call(kind, refuse_all, "results", 1, colour="red")
