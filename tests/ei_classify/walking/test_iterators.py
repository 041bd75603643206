from __future__ import annotations

import asyncio
import gc
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx

from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
)
from tests.ei_classify.calling import KEY, Kind, client_of, kinds, our_threads, project
from tests.ei_classify.fault_server import Answer, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked


def test_an_iterator_knows_the_total_and_shows_its_place() -> None:
    with client_of(project(25)) as client:
        results = client.results(1, page_size=10, concurrency=1)
        assert (results.total, repr(results)) == (None, "<ResultIterator: sample 0 of unknown>")
        next(results)
        assert (results.total, repr(results)) == (25, "<ResultIterator: sample 10 of 25>")
    with client_of(project(5, total=False)) as client:
        results = client.results(1)
        assert (len(list(results)), results.total) == (5, None)


def responses() -> int:
    """How many responses are in memory, among them those that only the garbage collector would find."""
    return sum(isinstance(each, httpx.Response) for each in gc.get_objects())


def new_responses() -> int:
    """How many were made since the last collection, while the collector is off: much faster to find."""
    return sum(isinstance(each, httpx.Response) for each in gc.get_objects(generation=0))


def test_an_iterator_that_is_closed_lets_go_of_what_has_come() -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page(range(1000)[asked.offset : asked.offset + 10], 1000, slim=True))

    with serving(respond) as server, ClassifyClient(KEY, base_url=server.url) as client:
        gc.collect()
        gc.disable()
        try:
            before = responses()
            pages = client.pages(1, page_size=10, concurrency=4)
            next(pages), next(pages)
            time.sleep(0.3)  # so that what is under way comes
            assert responses() > before
            pages.close()
            assert responses() == before
        finally:
            gc.enable()


def test_an_iterator_that_the_collector_closes_in_a_call_of_its_own_leaves_no_thread() -> None:
    kept: list[Any] = []

    def handle(request: httpx.Request) -> httpx.Response:
        if request.url.params["offset"] == "20":
            dropped.wait(5)
            gc.collect()
        return project(1000)(request)

    dropped = threading.Event()
    with client_of(handle) as client:
        kept += [client.pages(1, page_size=10, concurrency=2), kept]  # a cycle
        next(kept[0]), next(kept[0])
        kept = []
        dropped.set()
        assert our_threads() == []


@kinds
def test_a_page_is_gone_as_soon_as_nobody_has_it(kind: Kind) -> None:
    counts: list[int] = []

    def read() -> None:
        with ClassifyClient(KEY, base_url=server.url) as client:
            counts.extend(new_responses() for _ in client.results(1, page_size=10, concurrency=2))

    async def read_async() -> None:
        async with AsyncClassifyClient(KEY, base_url=server.url) as client:
            results = client.results(1, page_size=10, concurrency=2)
            counts.extend([new_responses() async for _ in results])

    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page(range(200)[asked.offset : asked.offset + 10], 200, slim=True))

    with serving(respond) as server:
        gc.collect()
        gc.disable()  # what only the collector finds stays too long, for a page may be large
        try:
            before = new_responses()
            read() if kind == "sync" else asyncio.run(read_async())
        finally:
            gc.enable()
    assert len(counts) == 200
    # A page that is handed out, those ahead, and for a moment the one that is just being received.
    assert max(counts) - before <= 3
