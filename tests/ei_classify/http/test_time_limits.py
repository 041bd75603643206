"""The time limit of a call holds in each phase, whatever the server keeps sending."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    CallTimeoutError,
    ClassifyClient,
    DecodeError,
    RetryPolicy,
)
from ei_classify.export import export
from tests.ei_classify.calling import KEY, Kind, kinds, our_threads
from tests.ei_classify.fault_server import (
    DRIPS,
    LONGEST_DRIP_S,
    Answer,
    Asked,
    Fault,
    answering_unasked,
    never_connecting,
    serving,
)
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SLIM = page([1], 1, slim=True)
LIMIT: dict[str, Any] = {"retries": RetryPolicy(backoff_s=0.01, total_s=0.5), "timeout": 0.4}
UNLIMITED: dict[str, Any] = {"retries": RetryPolicy(backoff_s=0.01, total_s=0.5), "timeout": None}
drips = pytest.mark.parametrize("drip", DRIPS)


@contextlib.contextmanager
def in_time(phase: str = "") -> Iterator[None]:
    """A call that ends in this phase because its time is over, not because the server gave up."""
    start = time.monotonic()
    with pytest.raises(CallTimeoutError, match=f"in time.*{phase}") as caught:
        yield
    assert time.monotonic() - start < LONGEST_DRIP_S / 2
    assert caught.value.elapsed_s < LONGEST_DRIP_S / 2


def read(kind: Kind, url: str, *, http: Any = None, **options: Any) -> Any:
    """A page."""
    options = {**LIMIT, **options, "base_url": url}

    async def read_async() -> Any:
        async with AsyncClassifyClient(KEY, http_client=http and http(), **options) as client:
            return await client.page(1)

    if kind == "async":
        return asyncio.run(read_async())
    with ClassifyClient(KEY, http_client=http and http(), **options) as client:
        return client.page(1)


@kinds
@drips
def test_a_server_that_drips_has_no_more_time_than_others(kind: Kind, drip: Fault) -> None:
    with serving(lambda asked, number: Answer(fault=drip)) as server, in_time():
        read(kind, server.url)


@drips
def test_a_connection_that_is_used_again_has_a_limit_too(drip: Fault) -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(SLIM, fault=drip if number == 1 else None)

    with serving(respond) as server, ClassifyClient(KEY, base_url=server.url, **LIMIT) as client:
        client.page(1)
        with in_time():
            client.page(1)
        assert len(client.page(1).result) == 1  # and can be used after that


@drips
def test_an_http_client_of_the_caller_has_a_limit_too(drip: Fault) -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(SLIM, fault=drip if number else None)

    with serving(respond) as server, httpx.Client() as http:
        client = ClassifyClient(KEY, base_url=server.url, http_client=http, **LIMIT)
        client.page(1)
        with in_time():
            client.page(1)


@pytest.mark.parametrize("drip", ["drip extension", "drip trailer", "drip compressed"])
def test_a_body_on_a_connection_of_the_caller_has_a_limit_too(drip: Fault) -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(SLIM, fault=drip if number else None)

    with serving(respond) as server, httpx.Client() as http:
        http.get(server.url)
        with in_time():
            ClassifyClient(KEY, base_url=server.url, http_client=http, **LIMIT).page(1)


@kinds
def test_connecting_has_a_limit(kind: Kind) -> None:
    with never_connecting() as address, in_time("connect_tcp"):
        read(kind, f"http://{address}/v1", **UNLIMITED)


@kinds
@pytest.mark.parametrize("first", [b"", b"\x16\x03\x03\x40\x00"], ids=["silent", "dripping"])
def test_the_tls_handshake_has_a_limit(kind: Kind, first: bytes) -> None:
    with answering_unasked(first, b"\x02" if first else b"") as address:
        with in_time("start_tls"):
            read(kind, f"https://{address}/v1", **UNLIMITED)
        gc.collect()  # which warns of a socket that is still open


@kinds
@pytest.mark.parametrize("drained", [False, True], ids=["stalled", "slowly"])
def test_sending_has_a_limit(kind: Kind, drained: bool) -> None:
    options = [(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)]
    variants = ["x" * 60_000]  # more than such a buffer holds

    async def send(url: str) -> None:
        transport = httpx.AsyncHTTPTransport(socket_options=options)
        async with httpx.AsyncClient(transport=transport) as http:
            client = AsyncClassifyClient(KEY, base_url=url, http_client=http, **UNLIMITED)
            await client.classify_sample(2, project_id=1, variants=variants)

    with answering_unasked(read_at_a_time=200 if drained else 0) as address, in_time("send_request_headers"):
        url = f"http://{address}/v1"
        if kind == "async":
            asyncio.run(send(url))
        else:
            with httpx.Client(transport=httpx.HTTPTransport(socket_options=options)) as http:
                client = ClassifyClient(KEY, base_url=url, http_client=http, **UNLIMITED)
                client.classify_sample(2, project_id=1, variants=variants)


@kinds
def test_waiting_for_a_free_connection_has_a_limit(kind: Kind) -> None:
    limits = httpx.Limits(max_connections=1)

    async def read_two(url: str) -> None:
        async with httpx.AsyncClient(limits=limits) as http:
            client = AsyncClassifyClient(KEY, base_url=url, http_client=http, **UNLIMITED)
            async with http.stream("GET", url):
                await client.page(1)

    with serving(lambda asked, number: Answer(SLIM, fault="stall")) as server, in_time():
        if kind == "async":
            asyncio.run(read_two(server.url))
        else:
            with httpx.Client(limits=limits) as http, http.stream("GET", server.url):
                client = ClassifyClient(KEY, base_url=server.url, http_client=http, **UNLIMITED)
                client.page(1)


def test_a_tunnel_through_a_proxy_has_a_limit() -> None:
    with (
        answering_unasked(b"HTTP/1.1 200 OK\r\nX-Long: ", b"a") as proxy,
        httpx.Client(proxy=f"http://{proxy}") as http,
        in_time(),
    ):
        read("sync", "https://studio.example/v1", http=lambda: http)


@kinds
@drips
def test_all_pages_have_a_limit(kind: Kind, drip: Fault) -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page([asked.offset], 30, slim=True), fault=drip if asked.offset == 1 else None)

    found: list[int] = []

    async def read_async(url: str) -> None:
        async with AsyncClassifyClient(KEY, base_url=url, **LIMIT) as client:
            found.extend([each.sample_id async for each in client.results(1, page_size=1)])

    with serving(respond) as server, in_time():
        if kind == "async":
            asyncio.run(read_async(server.url))
        else:
            with ClassifyClient(KEY, base_url=server.url, **LIMIT) as client:
                found.extend(each.sample_id for each in client.results(1, page_size=1))
    assert found in ([], [0])
    assert our_threads() == []


@drips
@pytest.mark.parametrize(
    "use",
    [
        lambda client, folder: client.tables(1),
        lambda client, folder: export(client, folder / "export", 1, format="jsonl"),
        lambda client, folder: client.classify_sample(2, project_id=1, variants=["int8"], job_id=3),
    ],
    ids=["tables", "export", "job"],
)
def test_whatever_makes_calls_has_a_limit(
    drip: Fault, use: Callable[[ClassifyClient, Path], object], tmp_path: Path
) -> None:
    with (
        serving(lambda asked, number: Answer(fault=drip)) as server,
        ClassifyClient(KEY, base_url=server.url, **LIMIT) as client,
        in_time(),
    ):
        use(client, tmp_path)
    assert our_threads() == []


def test_a_walk_that_is_left_does_not_wait_for_what_drips() -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(page([asked.offset], 30, slim=True), fault="drip head" if asked.offset else None)

    options: dict[str, Any] = {"retries": RetryPolicy(total_s=60), "timeout": 30}
    with (
        serving(respond) as server,
        ClassifyClient(KEY, base_url=server.url, **options) as client,
        client.results(1, page_size=1) as results,
    ):
        start = time.monotonic()
        next(results)
        results.close()
        assert time.monotonic() - start < LONGEST_DRIP_S / 2
    assert our_threads() == []


@kinds
@pytest.mark.parametrize(
    ("fault", "phase"), [("drip head", "receive_response_headers"), ("drip", "receive_response_body")]
)
def test_the_error_says_in_which_phase_the_time_was_over(kind: Kind, fault: Fault, phase: str) -> None:
    answer = Answer(SLIM * 9, fault=fault)
    with serving(lambda asked, number: answer) as server, in_time(f"had not arrived.*\\(during {phase}\\)"):
        read(kind, server.url)


@kinds
def test_a_custom_transport_has_a_limit_between_the_pieces_of_a_body(kind: Kind) -> None:
    class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            for _ in range(400):
                time.sleep(0.02)
                yield b" "

        async def __aiter__(self) -> Any:
            for _ in range(400):
                await asyncio.sleep(0.02)
                yield b" "

    transport = httpx.MockTransport(lambda request: httpx.Response(200, stream=Pieces()))
    with in_time():
        kinds_of_http = {"sync": httpx.Client, "async": httpx.AsyncClient}
        read(kind, "https://studio.example/v1", http=lambda: kinds_of_http[kind](transport=transport))


def test_no_connection_stays_open_after_its_time() -> None:
    with (
        serving(lambda asked, number: Answer(fault="drip head")) as server,
        ClassifyClient(KEY, base_url=server.url, **LIMIT) as client,
    ):
        for _ in range(3):
            with in_time():
                client.page(1)
        assert server.open_connections(within_s=3) == 0


def test_what_the_caller_reads_with_the_same_http_client_has_no_limit_of_ours() -> None:
    def respond(asked: Asked, number: int) -> Answer:
        return Answer(SLIM * 40, fault="drip" if number else None)

    options: dict[str, Any] = {"retries": RetryPolicy(total_s=0.2)}
    with serving(respond) as server, httpx.Client() as http:
        with pytest.raises(DecodeError):  # several pages in one body; the connection can be used again
            ClassifyClient(KEY, base_url=server.url, http_client=http, **options).page(1)
        time.sleep(0.2)
        with http.stream("GET", server.url) as response:
            arrived = response.iter_raw()
            assert [len(next(arrived)) for _ in range(20)] == [1] * 20
