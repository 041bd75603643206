"""What is read with the knowledge of earlier answers is what is read without it, in one pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
from attrs import asdict
import pytest
from ei_classify_api import familiar as module
from ei_classify_api.errors import MismatchError
from ei_classify_api.familiar import MOST_KNOWN, Familiar
from ei_classify_api.models import ClassifyJobResultPage
from hypothesis import given, settings
from hypothesis import strategies as st

from . import contract
from .mutations import CHANGES, mutated

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = sorted(path.stem for path in contract.EXAMPLES.glob("page-*.json"))
"""Examples of pages."""


def encoded(body: Any) -> bytes:
    return json.dumps(body).encode()


def outcome(read: Callable[[], ClassifyJobResultPage]) -> object:
    """All that there is to see of what was read, or of the error."""
    try:
        page = read()
    except (MismatchError, msgspec.DecodeError) as error:
        return type(error), str(error)
    return repr(asdict(page)), json.dumps(page.to_dict(), sort_keys=True), page.set_aside


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_pages_are_read_as_without_knowledge(data: st.DataObject) -> None:
    familiar = Familiar()
    body = contract.example(data.draw(st.sampled_from(PAGES)))
    odd = data.draw(mutated(body))
    for page in (odd, odd, data.draw(mutated(odd)), body, data.draw(mutated(body)), odd):
        content = encoded(page)
        assert outcome(lambda: ClassifyJobResultPage.from_json(content, familiar)) == outcome(  # noqa: B023
            lambda: ClassifyJobResultPage.from_json(content)  # noqa: B023
        )


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["page-motion", "page-object-detection"])
def test_pages_that_are_odd_in_the_same_way_are_read_in_one_pass(
    name: str, change: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = contract.example(name)
    change(body)
    content, familiar = encoded(body), Familiar()
    first = outcome(lambda: ClassifyJobResultPage.from_json(content, familiar))

    def again(*_: object) -> Any:
        raise AssertionError("the page is read again")

    monkeypatch.setattr(module, "read_odd_wire", again)
    assert outcome(lambda: ClassifyJobResultPage.from_json(content, familiar)) == first


def test_no_more_is_remembered_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    body = {**contract.example("page-motion"), **{f"new{number}": 1 for number in range(MOST_KNOWN + 1)}}
    familiar = Familiar()
    ClassifyJobResultPage.from_json(encoded(body), familiar)
    monkeypatch.setattr(module, "read_wire", lambda *_: pytest.fail("it is read as an answer of no known kind"))
    with pytest.raises(pytest.fail.Exception):
        ClassifyJobResultPage.from_json(encoded(body), familiar)
