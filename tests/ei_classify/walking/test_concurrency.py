from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
    NoResultsError,
)
from tests.ei_classify.calling import KEY, Kind, answer, client_of, kinds, our_threads, project
from tests.ei_classify.fault_server import Answer, serving
from tests.ei_classify.project_data import example, page

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked


@kinds
def test_calls_run_at_once_up_to_the_concurrency(kind: Kind) -> None:
    together = threading.Barrier(3)
    now, most, lock = 0, 0, threading.Lock()

    def respond(asked: Asked, number: int) -> Answer:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        if number:
            together.wait(5)  # passes only when three calls are under way
        with lock:
            now -= 1
        return Answer(page(range(70)[asked.offset : asked.offset + 10], 70, slim=True))

    async def read_async() -> list[int]:
        async with AsyncClassifyClient(KEY, base_url=server.url) as client:
            return [each.sample_id async for each in client.results(1, page_size=10, concurrency=3)]

    with serving(respond) as server:
        if kind == "async":
            ids = asyncio.run(read_async())
        else:
            with ClassifyClient(KEY, base_url=server.url) as client:
                ids = [each.sample_id for each in client.results(1, page_size=10, concurrency=3)]
    assert (ids, most) == (list(range(70)), 3)


@pytest.mark.parametrize("concurrency", [1, 3])
def test_what_is_fetched_ahead_is_bounded(concurrency: int) -> None:
    calls: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        calls.append(int(request.url.params["offset"]))
        return project(1000)(request)

    with client_of(handle) as client, client.pages(1, page_size=10, concurrency=concurrency) as pages:
        assert calls == []
        for number in range(1, 5):
            next(pages)
            time.sleep(0.05)
            assert len(calls) <= number + 2 * concurrency - 2


@kinds
def test_a_failure_ends_the_rest_after_all_before_it(kind: Kind) -> None:
    calls: list[int] = []

    def handle(request: httpx.Request) -> httpx.Response:
        if "offset" not in request.url.params:  # the question why there are no results
            return answer(example("failure-no-results"))
        calls.append(int(request.url.params["offset"]))
        if calls[-1] == 30:
            return answer(example("failure-no-results"))
        return project(1000)(request)

    ids: list[int] = []

    async def read_async() -> None:
        http = httpx.AsyncClient(transport=httpx.MockTransport(handle))
        async with http, AsyncClassifyClient(KEY, http_client=http) as client:
            async for outcome in client.results(1, page_size=10, concurrency=4):
                ids.append(outcome.sample_id)  # noqa: PERF401 - what came before the error counts

    def read() -> None:
        with client_of(handle) as client:
            ids.extend(outcome.sample_id for outcome in client.results(1, page_size=10, concurrency=4))

    with pytest.raises(NoResultsError):
        read() if kind == "sync" else asyncio.run(read_async())
    assert ids == list(range(30))
    assert max(calls) <= 90
    assert our_threads() == []
