"""What a Studio on a port takes from its clients, over real sockets."""

from __future__ import annotations

import contextlib
import json
import socket
import time
import tracemalloc
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
import pytest
from ei_classify_mocks import Studio
from ei_classify_mocks.studio import BASE, HEADER, api_key
from ei_classify_mocks.studio.limits import Limits
from ei_classify_mocks.studio.server import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = {"x-api-key": api_key(1)}
PAGE = f"{BASE}/api/1/classify/all/result/page"
LIMITS = Limits(head_bytes=4096, body_bytes=100_000, request_s=0.5, connections=20)


@pytest.fixture
def address(ei_studio: Studio) -> Iterator[str]:
    with serving(ei_studio.app, LIMITS) as address:
        yield address


def connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    return socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=10)


def rest(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(65536):
            received += part
    return received


HEAD = b"POST /v1/api/1/classify/v2/1001/variants HTTP/1.1\r\nHost: localhost\r\n"
HALVES = {
    "nothing": b"",
    "half a line": b"GET /v1",
    "half a head": HEAD,
    "half a body": HEAD + b"Content-Length: 100\r\n\r\n{",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
}


@pytest.mark.parametrize("sent", HALVES.values(), ids=HALVES.keys())
def test_a_request_that_stays_half_is_given_up(
    ei_studio: Studio, address: str, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    with connect(address) as connection:
        connection.sendall(sent)
        assert rest(connection).startswith(b"HTTP/1.1 408 ")
    assert httpx.get(address + PAGE, headers=KEY).status_code == 200
    assert [each.status for each in ei_studio.requests] == [200]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("begun", [b"", HEAD + b"Content-Length: 90000\r\n\r\n"], ids=["head", "body"])
def test_a_request_that_drips_is_given_up(address: str, begun: bytes) -> None:
    began = time.monotonic()
    with connect(address) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(begun)
        while time.monotonic() - began < 20:
            connection.sendall(b"G")
            time.sleep(0.05)
    assert time.monotonic() - began < 20


def test_the_second_request_of_a_connection_has_its_own_time(address: str) -> None:
    head = f"GET {PAGE}?limit=1 HTTP/1.1\r\nHost: localhost\r\n"
    with connect(address) as connection:
        for _ in range(3):
            time.sleep(0.3)
            connection.sendall(f"{head}\r\n".encode())
            received = b""
            while b"Invalid API key" not in received:
                received += connection.recv(65536)
            assert received.startswith(b"HTTP/1.1 401 ")
        connection.sendall(head.encode())
        assert b"HTTP/1.1 408 " in rest(connection)


def test_an_answer_may_take_longer_than_its_request(address: str) -> None:
    slow = {**KEY, HEADER: "latency=1"}
    with httpx.Client() as client:
        for _ in range(2):
            assert client.get(f"{address}{PAGE}?limit=1", headers=slow).status_code == 200


@pytest.mark.parametrize("size", [4096, 20_000, 60_000])
@pytest.mark.parametrize("place", ["query", "header", "path"])
def test_a_head_that_is_too_large_is_refused(ei_studio: Studio, address: str, place: str, size: int) -> None:
    query = f"?label={'x' * size}" if place == "query" else ""
    headers = {**KEY, "x-more": "x" * size} if place == "header" else KEY
    path = f"{BASE}/{'x' * size}" if place == "path" else PAGE
    answer = httpx.get(address + path + query, headers=headers)
    assert answer.status_code in (400, 431)
    assert answer.headers["connection"] == "close"
    assert ei_studio.requests == []


def large_body() -> Iterator[bytes]:
    for _ in range(30):
        yield b"x" * 10_000


@pytest.mark.parametrize("body", ["announced", "chunked"])
def test_a_body_that_is_too_large_is_refused(ei_studio: Studio, address: str, body: str) -> None:
    url = f"{address}{BASE}/api/1/classify/v2/1001/variants"
    chunked = (
        b"Content-Length: 100001\r\n\r\n" if body == "announced" else b"Transfer-Encoding: chunked\r\n\r\n"
    )
    with connect(address) as connection:
        connection.sendall(HEAD + chunked)
        with contextlib.suppress(ConnectionError):
            for part in large_body() if body == "chunked" else ():
                connection.sendall(b"%x\r\n%b\r\n" % (len(part), part))
        assert rest(connection).startswith(b"HTTP/1.1 413 ")
    assert ei_studio.requests == []
    fitting = httpx.post(url, params={"variants": '["int8"]'}, content=b"x" * 100_000, headers=KEY)
    assert fitting.json()["success"] is True


def test_only_so_many_connections_are_kept(address: str) -> None:
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connect(address)) for _ in range(LIMITS.connections + 10)]
        ends = [rest(each) for each in connections]
    assert sum(end.startswith(b"HTTP/1.1 503 ") for end in ends) == 10
    assert sum(end.startswith(b"HTTP/1.1 408 ") for end in ends) == LIMITS.connections
    assert httpx.get(address + PAGE, headers=KEY).status_code == 200


def test_long_requests_are_kept_only_as_far_as_there_is_room() -> None:
    with Studio() as studio, studio.client() as client:
        tracemalloc.start()
        for number in range(1000):
            client.get(f"/nothing/{number}?{'x' * 15_000}")
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert kept < 10_000_000, "and not the 15 MB that came"
        numbers = [each.number for each in studio.requests]
        assert numbers == list(range(1000 - len(numbers), 1000))
        assert 200 < len(numbers) < 300
        studio.clear_requests()
        client.get("/nothing")
        assert len(studio.requests) == 1


def test_faults_in_a_header_are_counted_only_so_long(ei_studio: Studio) -> None:
    client = ei_studio.client(headers=KEY)

    def status(fault: str) -> int:
        return client.get("/api/1/jobs/1/status", headers={HEADER: fault}).status_code

    assert [status("status=503,times=1") for _ in range(2)] == [503, 200]
    for number in range(1, 1001):
        status(f"latency=0,skip={number}")
    assert status("status=503,times=1") == 503, "it was forgotten"
    refused = client.get("/api/1/jobs/1/status", headers={HEADER: ";".join(["latency=0"] * 200)})
    assert refused.status_code == 400
    assert json.loads(refused.content)["error"].startswith("x-studio-fault: it has 1999 characters")
