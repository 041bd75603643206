"""`getClassifyJobResultPage`: a page of a classify job's results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify_mocks.studio.error_answers import DeclinedError
from ei_classify_mocks.studio.plans import PageSlice
from ei_classify_mocks.studio.projects import VARIANTS
from ei_classify_mocks.studio.requests.filters import read_filters

if TYPE_CHECKING:
    from .call import Call

NO_RESULTS = "No model testing results found, run 'startClassifyJob' first"

DEFAULT_LIMIT = 100
"""The most samples that a page holds when the request does not say."""


def page(call: Call) -> bytes:
    """A `ClassifyJobResultPage`, encoded."""
    project = call.project
    data = call.data()
    view = call.view(call.given("variant", VARIANTS[0]))
    filters = read_filters(call.query)
    wanted = PageSlice(call.given("offset", 0), call.given("limit", DEFAULT_LIMIT))
    if wanted.limit < 0 or wanted.offset < 0:
        raise DeclinedError("limit and offset must not be negative")
    results = call.state.testing.results(data, view.variant)
    if results == "missing":
        raise DeclinedError(NO_RESULTS)
    wanted = call.spoil(wanted)
    positions = project.select(data.category, filters) if results == "there" else ()
    hidden = min(len(positions), wanted.hidden)
    first = hidden + wanted.offset
    pieces = [project.piece(data.category, one, view) for one in positions[first : first + wanted.limit]]
    total = b',"totalCount":%d' % (len(positions) - hidden) if view.today else b""
    # Pages can be large: one join, so that nothing is copied twice.
    return b"".join(
        [
            b'{"success":true,"result":[',
            *separated([result for result, _ in pieces]),
            b'],"predictions":[',
            *separated([predictions for _, predictions in pieces]),
            b"]",
            total,
            b"}",
        ]
    )


def separated(parts: list[bytes]) -> list[bytes]:
    """The parts with commas between them."""
    if not parts:
        return []
    separated = [b","] * (2 * len(parts) - 1)
    separated[::2] = parts
    return separated
