from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest
from ei_classify_mocks import JobTimes, Studio
from ei_classify_mocks.studio import api_key

from ei_classify import AsyncClassifyClient, ClassifyClient, PollPolicy, ResultsChangedError, RetryPolicy

from .asking import get_page

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = {"x-api-key": api_key(1)}
PAGE = "/api/1/classify/all/result/page"


def no_socket(*_: object, **__: object) -> None:
    raise AssertionError("a socket was opened")


def test_a_synchronous_client_needs_no_socket_no_thread_and_no_event_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    threads = threading.active_count()
    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setattr(asyncio, "new_event_loop", no_socket)
    with Studio() as studio, studio.client(headers=KEY) as client:
        assert client.get(PAGE, params={"limit": 3}).json()["totalCount"] == 118
        assert threading.active_count() == threads


def test_a_synchronous_client_works_where_an_event_loop_is_running() -> None:
    async def inside() -> int:
        with Studio() as studio, studio.client(headers=KEY) as client:
            return client.get(PAGE).status_code

    assert asyncio.run(inside()) == 200


def test_an_asynchronous_client_gets_the_same_answer() -> None:
    async def ask(studio: Studio) -> httpx.Response:
        async with studio.async_client(headers=KEY) as client:
            return await client.get(PAGE)

    with Studio() as studio:
        answer = asyncio.run(ask(studio))
        assert answer.json() == get_page(studio.client())
        assert answer.headers["content-type"] == "application/json"


def test_asynchronous_requests_wait_side_by_side() -> None:
    async def ask(studio: Studio) -> float:
        async with studio.async_client(headers=KEY) as client:
            began = time.monotonic()
            await asyncio.gather(*(client.get(PAGE) for _ in range(20)))
            return time.monotonic() - began

    with Studio(faults=["latency=0.2"]) as studio:
        assert asyncio.run(ask(studio)) < 2, "one after the other they would take four seconds"


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("fault", ["reset=before", "reset=inside"])
def test_a_reset_is_a_read_error(kind: str, fault: str) -> None:
    with Studio(faults=[fault]) as studio, pytest.raises(httpx.ReadError, match="reset"):
        ask(studio, kind)


@pytest.mark.parametrize("kind", ["sync", "async"])
@pytest.mark.parametrize("fault", ["latency=60", "stall=60"])
def test_a_wait_longer_than_the_client_s_patience_is_a_timeout(kind: str, fault: str) -> None:
    with Studio(faults=[fault]) as studio, pytest.raises(httpx.ReadTimeout):
        ask(studio, kind, timeout=0.05)


def ask(studio: Studio, kind: str, timeout: float = 5) -> None:
    async def ask_async() -> None:
        async with studio.async_client(headers=KEY, timeout=timeout) as client:
            await client.get(PAGE)

    if kind == "async":
        asyncio.run(ask_async())
    else:
        studio.client(headers=KEY, timeout=timeout).get(PAGE)


def test_the_clients_that_a_studio_gave_are_closed_with_it() -> None:
    with Studio() as studio:
        client = studio.client()
    assert client.is_closed


def test_studios_live_side_by_side() -> None:
    with Studio() as one, Studio(faults=["status=503"]) as other:
        assert one.client(headers=KEY).get(PAGE).status_code == 200
        assert other.client(headers=KEY).get(PAGE).status_code == 503
        assert (len(one.requests), len(other.requests)) == (1, 1)


def test_a_studio_on_a_port_leaves_no_thread_behind(ei_studio: Studio) -> None:
    before = threading.active_count()
    with ei_studio.serving() as url:
        assert url.startswith("http://127.0.0.1:")
        assert url.endswith("/v1")
        assert httpx.get(url + PAGE, headers=KEY).status_code == 200
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(url + PAGE)


def test_a_studio_does_not_wait_long_for_a_stalled_answer(ei_studio: Studio) -> None:
    stalled = KEY | {"x-studio-fault": "stall=60"}
    with contextlib.ExitStack() as stack:
        with ei_studio.serving() as url:
            client = stack.enter_context(httpx.Client())
            stack.enter_context(client.stream("GET", url + PAGE, headers=stalled))
            began = time.monotonic()
        assert time.monotonic() - began < 6


def test_two_projects_of_one_id_are_refused() -> None:
    with Studio() as studio, pytest.raises(ValueError, match="same id"):
        Studio(studio.projects[0])


def test_an_age_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="one of today, seeds, oldest, not 'old'"):
        Studio(age="old")  # type: ignore[arg-type]


@pytest.fixture
def quick() -> Iterator[Studio]:
    with Studio(job_times=JobTimes(0.01, 0.02, 0.01), faults=["status=503,times=1,on=page"]) as studio:
        yield studio


POLLING = PollPolicy(first_wait_s=0.02, max_wait_s=0.05)
RETRIES = RetryPolicy(backoff_s=0.01)


def test_classify_client_pages_retries_and_follows_a_job_in_process(quick: Studio) -> None:
    with ClassifyClient(
        api_key(1), base_url=quick.url, http_client=quick.client(), polling=POLLING, retries=RETRIES
    ) as client:
        outcomes = list(client.results(1, variant="int8", page_size=50))
        answer = client.classify_sample(1117, project_id=1, variants=["int8", "float32"])
    assert len(outcomes) == 118
    assert sum(len(outcome.predictions) for outcome in outcomes) == 564
    assert [result.variant for result in answer.results] == ["int8", "float32"]
    assert {request.operation for request in quick.requests} == {
        "getClassifyJobResultPage",
        "classifySampleForVariants",
        "getJobStatus",
    }
    assert [request.status for request in quick.requests].count(503) == 1


def test_async_classify_client_does_the_same(quick: Studio) -> None:
    async def run() -> tuple[int, int]:
        async with (
            quick.async_client() as http,
            AsyncClassifyClient(
                api_key(1), base_url=quick.url, http_client=http, polling=POLLING, retries=RETRIES
            ) as client,
        ):
            outcomes = [outcome async for outcome in client.results(1, page_size=50)]
            answer = await client.classify_sample(1117, project_id=1, variants=["int8"])
        return len(outcomes), len(answer.results)

    assert asyncio.run(run()) == (118, 1)


def test_changes_between_pages_do_not_pass_unnoticed() -> None:
    with Studio(faults=["vanish=3"]) as studio:
        client = ClassifyClient(api_key(1), base_url=studio.url, http_client=studio.client())
        with client, pytest.raises(ResultsChangedError):
            list(client.results(1, page_size=20, concurrency=1))
