from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import httpx
import pytest
from httpx_retries import Retry, RetryTransport

from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
    ClientClosedError,
    RetryPolicy,
    ServerError,
)
from tests.ei_classify.calling import KEY, Kind, call, kinds, project
from tests.ei_classify.fault_server import Answer, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked


@kinds
def test_an_http_client_that_retries_by_itself_makes_only_our_tries(
    kind: Kind,
) -> None:
    tries = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal tries
        tries += 1
        return httpx.Response(503)

    transport = RetryTransport(httpx.MockTransport(handle), Retry(total=5))
    policy = RetryPolicy(retries=2, backoff_s=0.001)
    with pytest.raises(ServerError) as caught:
        call(kind, transport, "page", 1, options={"retries": policy})
    assert (tries, caught.value.tries) == (3, 3)


def test_an_http_client_that_was_handed_in_stays_open() -> None:
    with httpx.Client(transport=httpx.MockTransport(project(1))) as http:
        with ClassifyClient(KEY, http_client=http) as client:
            assert len(list(client.results(1))) == 1
        assert not http.is_closed
        assert len(list(client.results(1))) == 1
        assert "x-api-key" not in http.headers


def test_a_closed_client_says_so() -> None:
    with ClassifyClient(KEY) as client:
        pass
    assert repr(client) == "<ClassifyClient: https://studio.edgeimpulse.com/v1, closed>"
    with pytest.raises(ClientClosedError, match="ClassifyClient is closed"):
        client.page(1)
    with pytest.raises(ClientClosedError):
        list(client.results(1))

    async def use_closed() -> None:
        async with AsyncClassifyClient(KEY) as client:
            pass
        await client.page(1)

    with pytest.raises(ClientClosedError, match="AsyncClassifyClient is closed"):
        asyncio.run(use_closed())


def test_a_client_may_be_shared_by_threads() -> None:
    found: list[list[int]] = []

    def read() -> None:
        found.append([each.sample_id for each in client.results(1, page_size=7, concurrency=3)])

    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page(range(60)[asked.offset : asked.offset + asked.limit], 60, slim=True))

    with serving(respond) as server, ClassifyClient(KEY, base_url=server.url) as client:
        threads = [threading.Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [list(range(60))] * 4
