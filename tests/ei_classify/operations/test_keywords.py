"""Every keyword is listed where people look for it, and a misspelt one is told."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import pytest

from ei_classify import AsyncClassifyClient, ClassifyClient
from ei_classify.export import export
from ei_classify.operations import PageFilters, VariantOptions

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS = (ClassifyClient, AsyncClassifyClient)
READING = [
    getattr(kind, name) for kind in CLIENTS for name in ("page", "pages", "raw_pages", "results", "tables")
]


@pytest.mark.parametrize("method", [*READING, export], ids=lambda each: each.__qualname__)
def test_each_filter_is_listed(method: Callable[..., Any]) -> None:
    listed = inspect.signature(method).parameters
    for name, hint in PageFilters.__annotations__.items():
        assert listed[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert listed[name].default is None
        assert listed[name].annotation in (hint.__forward_arg__, "Variants")
    assert list(listed)[-1] == "filters"  # the contract may have more


@pytest.mark.parametrize("kind", CLIENTS)
def test_each_option_of_a_sample_is_listed(kind: type) -> None:
    assert VariantOptions.__annotations__.keys() <= inspect.signature(kind.classify_sample).parameters.keys()  # type: ignore[attr-defined]


def test_each_function_with_such_keywords_lists_them() -> None:
    for kind in CLIENTS:
        for name, method in inspect.getmembers(kind, inspect.isfunction):
            listed = inspect.signature(method).parameters.values()
            if any("Unpack" in str(each.annotation) for each in listed):
                assert len(listed) > 8, name


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"variants": ["int8"]}, "unknown keyword arguments: variants (did you mean variant?)"),
        ({"lables": ["a"], "colour": 1}, "unknown keyword arguments: colour, lables (did you mean labels?)"),
    ],
)
def test_a_misspelt_keyword_is_told_with_what_was_meant(given: dict[str, Any], said: str) -> None:
    with (
        ClassifyClient("key", base_url="http://127.0.0.1:9/v1") as client,
        pytest.raises(TypeError) as raised,
    ):
        client.pages(1, **given)
    assert str(raised.value) == said
