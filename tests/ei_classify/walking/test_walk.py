from __future__ import annotations

import functools
import random
from collections.abc import Callable, Sequence

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from ei_classify.errors import ResultsChangedError
from ei_classify.walking import PageRequest, Walk


@frozen
class Page:
    sample_ids: Sequence[int]
    total: int | None = None


Server = Callable[[PageRequest], Page]


class Reading:
    """A walk whose answers come in a random order: what was handed out and asked for, and how it ended."""

    def __init__(
        self, server: Server, *, limit: int = 10, concurrency: int = 1, offset: int = 0, seed: int = 0
    ):
        chance = random.Random(seed)
        walk: Walk[Page] = Walk(limit=limit, concurrency=concurrency, offset=offset)
        self.pages: list[Page] = []
        self.calls: list[int] = []
        self.read: list[int] = []
        self.most_under_way = 0
        self.most_held = 0
        self.error: Exception | None = None
        under_way: list[PageRequest] = []
        arrived: list[PageRequest] = []
        try:
            while not walk.over:
                stale = [request for request in under_way if not walk.wants(request)]
                new = walk.requests(concurrency - len(under_way) + len(stale))
                self.calls += [request.offset for request in new]
                under_way = [request for request in under_way if walk.wants(request)] + new
                self.most_under_way = max(self.most_under_way, len(under_way))
                self.most_held = max(self.most_held, len(under_way) + len(arrived))
                if (page := walk.take()) is not None:
                    self.pages.append(page)
                    arrived = [request for request in arrived if walk.wants(request)]
                    continue
                if walk.over:
                    break
                assert under_way, "nothing is under way, so the walk would hang"
                assert len(self.calls) < 10_000
                request = under_way.pop(chance.randrange(len(under_way)))
                arrived.append(request)
                try:
                    walk.received(request, functools.partial(self._read, request, server(request)))
                except ConnectionError as error:
                    walk.failed(request, error)
        except (ResultsChangedError, ConnectionError) as error:
            self.error = error
        assert walk.requests(4) == []
        assert walk.take() is None

    def _read(self, request: PageRequest, page: Page) -> Page:
        self.read.append(request.offset)
        return page

    @property
    def ids(self) -> list[int]:
        return [each for page in self.pages for each in page.sample_ids]


def serve(ids: Sequence[int], caps: Sequence[int] = (1000,), *, tells_total: bool = True) -> Server:
    """A server that sends, at each offset, at most one of `caps` samples."""

    def page(request: PageRequest) -> Page:
        most = min(request.limit, caps[request.offset % len(caps)])
        total = len(ids) if tells_total else None
        return Page(ids[request.offset : request.offset + most], total)

    return page


ways = {
    "limit": st.integers(1, 12),
    "concurrency": st.integers(1, 6),
    "seed": st.integers(0, 2**16),
}


@given(
    ids=st.lists(st.integers(-5, 10**12), unique=True, max_size=60),
    caps=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    tells_total=st.booleans(),
    start=st.integers(0, 5),
    **ways,
)
def test_every_sample_comes_once_and_in_order_whatever_the_server_caps(
    ids: list[int], caps: list[int], tells_total: bool, start: int, limit: int, concurrency: int, seed: int
) -> None:
    server = serve(ids, caps, tells_total=tells_total)
    reading = Reading(server, limit=limit, concurrency=concurrency, offset=start, seed=seed)
    assert reading.error is None
    assert reading.ids == ids[start:]
    assert reading.pages == Reading(server, limit=limit, offset=start).pages
    assert all(page.sample_ids for page in reading.pages)
    assert reading.read == sorted(set(reading.read))


@given(
    ids=st.lists(st.integers(0, 10**6), unique=True, max_size=60),
    caps=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    tells_total=st.booleans(),
    **ways,
)
def test_guesses_cost_a_bounded_number_of_calls(
    ids: list[int], caps: list[int], tells_total: bool, limit: int, concurrency: int, seed: int
) -> None:
    reading = Reading(
        serve(ids, caps, tells_total=tells_total), limit=limit, concurrency=concurrency, seed=seed
    )
    assert len(reading.calls) <= 2 * len(reading.pages) + 2 * concurrency
    assert reading.most_under_way <= concurrency
    assert reading.most_held <= 2 * concurrency - 1


@pytest.mark.parametrize("concurrency", [1, 4])
def test_a_told_total_ends_the_walk_without_a_call_too_many(concurrency: int) -> None:
    reading = Reading(serve(range(40)), limit=10, concurrency=concurrency)
    assert sorted(reading.calls) == [0, 10, 20, 30]


def test_without_a_total_only_an_empty_page_ends_the_walk() -> None:
    reading = Reading(serve(range(25), tells_total=False), limit=10)
    assert reading.calls == [0, 10, 20, 25]
    assert reading.ids == list(range(25))


@pytest.mark.parametrize("total", [None, 0])
def test_an_empty_first_page_is_an_empty_walk(total: int | None) -> None:
    reading = Reading(lambda request: Page([], total))
    assert (reading.ids, reading.error, reading.calls) == ([], None, [0])


@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize("total", [None, 1000])
def test_a_server_that_ignores_the_offset_is_found_out_at_the_second_page(
    concurrency: int, total: int | None
) -> None:
    reading = Reading(lambda request: Page(range(10), total), concurrency=concurrency)
    assert isinstance(reading.error, ResultsChangedError)
    assert "ignores the offset 10" in str(reading.error)
    assert reading.ids == list(range(10))
    assert (reading.error.offset, reading.error.samples_read) == (10, 10)
    assert reading.error.page == Page(range(10), total)


broken: dict[str, tuple[Server, str]] = {
    "the total grows": (
        lambda request: Page(range(request.offset, request.offset + 10), 50 if request.offset < 20 else 60),
        "the total was 50 and is now 60",
    ),
    "a sample comes again": (
        lambda request: Page(
            [*range(request.offset, request.offset + 9), max(5, request.offset + 9) % 29], 50
        ),
        "was sent twice",
    ),
    "a sample is twice in a page": (lambda request: Page([1, 2, 1], None), "sample 1 was sent twice"),
    "a page ends before the total": (
        lambda request: Page(range(request.offset, min(request.offset + 10, 25)), 50),
        "the page is empty before the total of 50 samples is reached",
    ),
    "more samples than the total": (
        lambda request: Page(range(request.offset, request.offset + 10), 25),
        "there are at least 30 samples, but the total is 25",
    ),
    "an id that is no id": (lambda request: Page([1, 1 << 63], None), "9223372036854775808 does not fit"),
    "samples, and a total of none": (lambda request: Page([1], 0), "but the total is 0"),
}


@pytest.mark.parametrize(("server", "message"), broken.values(), ids=broken.keys())
def test_results_that_change_while_read_are_an_error_with_all_before_handed_out(
    server: Server, message: str
) -> None:
    alone = Reading(server)
    assert isinstance(alone.error, ResultsChangedError)
    assert message in str(alone.error)
    assert alone.error.samples_read == len(alone.ids)
    assert alone.error.page == server(PageRequest(alone.error.offset, 10))
    for concurrency in (2, 5):
        for seed in range(5):
            several = Reading(server, concurrency=concurrency, seed=seed)
            assert (several.pages, str(several.error)) == (alone.pages, str(alone.error))


def test_a_total_that_only_some_pages_tell_is_no_change() -> None:
    reading = Reading(
        lambda request: Page(range(request.offset, request.offset + 10), 30 if request.offset == 10 else None)
    )
    assert (reading.error, reading.ids, reading.calls) == (None, list(range(30)), [0, 10, 20])


@given(failing=st.sets(st.integers(0, 30), max_size=4), tells_total=st.booleans(), **ways)
def test_a_failure_is_raised_in_its_place_and_no_other(
    failing: set[int], tells_total: bool, limit: int, concurrency: int, seed: int
) -> None:
    def server(request: PageRequest) -> Page:
        if request.offset in failing:
            raise ConnectionError(request.offset)
        return serve(range(31), [5, 3], tells_total=tells_total)(request)

    alone = Reading(server, limit=limit)
    several = Reading(server, limit=limit, concurrency=concurrency, seed=seed)
    assert several.pages == alone.pages
    assert repr(several.error) == repr(alone.error)


def test_after_a_failure_nothing_beyond_it_is_asked_for() -> None:
    walk: Walk[Page] = Walk(limit=10, concurrency=4)
    (first,) = walk.requests(4)
    walk.received(first, lambda: Page(range(10), 1000))
    assert walk.take()
    ahead = walk.requests(4)
    assert [request.offset for request in ahead] == [10, 20, 30, 40]
    walk.failed(ahead[1], ConnectionError())
    walk.received(ahead[0], lambda: Page(range(10, 20), 1000))
    assert walk.take()
    assert walk.requests(4) == []


def test_a_wrong_guess_is_wanted_no_more_and_the_next_guesses_are_careful() -> None:
    walk: Walk[Page] = Walk(limit=10, concurrency=4)
    (first,) = walk.requests(4)
    walk.received(first, lambda: Page(range(10), 1000))
    assert walk.take()
    ahead = walk.requests(4)
    walk.received(ahead[2], pytest.fail)
    walk.received(ahead[0], lambda: Page(range(10, 17), 1000))
    assert walk.take()
    (careful,) = walk.requests(4)
    assert careful.offset == 17
    assert not any(walk.wants(request) for request in ahead)
    walk.received(ahead[1], pytest.fail)
    assert walk.take() is None
    walk.received(careful, lambda: Page(range(17, 24), 1000))
    assert walk.take()
    assert [request.offset for request in walk.requests(4)] == [24, 31]


@given(
    count=st.integers(0, 60),
    start=st.integers(0, 30),
    length=st.integers(0, 40),
    concurrency=st.integers(1, 4),
    cap=st.integers(1, 12),
    sends_total=st.booleans(),
)
def test_a_walk_with_an_end_has_what_lies_before_it_and_asks_for_no_more(
    count: int, start: int, length: int, concurrency: int, cap: int, sends_total: bool
) -> None:
    end = start + length
    asked: list[PageRequest] = []
    taken: list[int] = []
    walk: Walk[Page] = Walk(limit=10, concurrency=concurrency, offset=start, end=end)
    while not walk.over:
        new = walk.requests(concurrency)
        asked += new
        for request in new:
            ids = range(min(count, request.offset), min(count, request.offset + min(request.limit, cap)))
            walk.received(request, functools.partial(Page, ids, max(count, start) if sends_total else None))
        while (page := walk.take()) is not None:
            taken += page.sample_ids
    assert taken == list(range(start, min(count, end)))
    assert all(request.offset + request.limit <= end for request in asked)
