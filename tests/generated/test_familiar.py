"""What is read with the knowledge of earlier answers is what is read without it, in one pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from ei_classify_api import familiar as module
from ei_classify_api.errors import MismatchError
from ei_classify_api.familiar import MOST_KNOWN, Familiar
from ei_classify_api.models import ClassifyJobResultPage
from hypothesis import given, settings
from hypothesis import strategies as st

from . import contract
from .mutations import mutated

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
    return repr(page), json.dumps(page.to_dict(), sort_keys=True), page.set_aside


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
