"""Tables of odd pages are the same whether or not the reader knows such pages, and it reads them once."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from ei_classify_api.errors import MismatchError
from ei_classify_mocks import example, example_names
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify.decoding import PageReader, pages
from ei_classify.errors import UnfitValueError
from ei_classify.tables import Collector, Run
from tests.generated.mutations import CHANGES, mutated

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = [name for name in example_names() if name.startswith("page-")]
RUN = Run(project_id=1, variant="int8", read_at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))


def outcome(content: bytes, reader: PageReader) -> object:
    """All that there is to see of a page, or of the error."""
    try:
        collector = Collector(RUN, reader)
        page = collector.read(0, content)
        collector.add(page)
        tables = collector.tables()
    except (MismatchError, msgspec.DecodeError, UnfitValueError) as error:
        return type(error), str(error)
    rows = {name: repr(tables[name].to_pylist()) for name in tables}
    return page.sample_ids, page.total, page.set_aside, rows


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_tables_are_those_of_a_reader_that_knows_nothing(data: st.DataObject) -> None:
    reader = PageReader()
    body = example(data.draw(st.sampled_from(PAGES)))
    odd = data.draw(mutated(body))
    for page in (odd, data.draw(mutated(odd)), body, odd):
        content = json.dumps(page).encode()
        assert outcome(content, reader) == outcome(content, PageReader())


def test_what_is_required_is_required_of_a_reader_that_has_seen_it_misfit() -> None:
    odd, broken = example("page-motion"), example("page-motion")
    odd["result"][0]["classifications"][0]["result"][0] = {"idle": "much", "wave": 0.5}
    broken["result"][0]["classifications"][0]["result"] = None
    reader = PageReader()
    for _ in range(3):
        assert reader.read(json.dumps(odd).encode()).set_aside
    with pytest.raises(MismatchError, match="expected array, got null"):
        reader.read(json.dumps(broken).encode())


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["page-motion", "page-object-detection"])
def test_pages_that_are_odd_in_the_same_way_are_read_in_one_pass(
    name: str, change: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    body = example(name)
    change(body)
    content = json.dumps(body).encode()
    reader = PageReader()
    first = outcome(content, reader)

    def again(*_: object, **__: object) -> Any:
        raise AssertionError("the page is read again")

    monkeypatch.setattr(pages, "read_odd_wire", again)
    assert outcome(content, reader) == outcome(content, reader) == first
    monkeypatch.setattr(pages, "page_decoder", again)
    page = reader.read(content)
    assert page.shape.labels is not None or name == "page-object-detection"
    assert page.shape.absent
    assert outcome(content, reader) == first
