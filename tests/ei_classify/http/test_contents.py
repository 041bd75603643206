"""No answer is larger than `max_answer_bytes`, nor takes more memory, however it is compressed."""

from __future__ import annotations

import asyncio
import functools
import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify import (
    AnswerTooLargeError,
    AsyncClassifyClient,
    ClassifyClient,
    ConfigurationError,
    DecodeError,
    RetryPolicy,
)
from tests.ei_classify.calling import KEY, Kind, answer, call, kinds
from tests.ei_classify.fault_server import JSON, Answer, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SLIM = page([1], 1, slim=True)
MB = 1_000_000
FAST = RetryPolicy(retries=2, backoff_s=0.0001)


def deflated(body: bytes) -> bytes:
    """As some servers send it: without the two bytes in front."""
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(body) + deflater.flush()


CODINGS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "deflate without a head": ("deflate", deflated),
    "gzip twice": ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
    "none": ("identity", lambda body: body),
}
codings = pytest.mark.parametrize(("coding", "compress"), CODINGS.values(), ids=CODINGS.keys())


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in pieces of this size."""

    def __init__(self, body: bytes, size: int) -> None:
        self._pieces = [body[start : start + size] for start in range(0, len(body), size)]

    def __iter__(self) -> Iterator[bytes]:
        yield from self._pieces

    async def __aiter__(self) -> Any:
        for each in self._pieces:
            yield each


def streamed(body: bytes, coding: str, size: int = 65_536) -> httpx.Response:
    return httpx.Response(200, headers={**JSON, "Content-Encoding": coding}, stream=Pieces(body, size))


def read(kind: Kind, url: str, *, own_http: bool = False, **options: Any) -> Any:
    options = {"retries": FAST, "base_url": url, **options}

    async def read_async() -> Any:
        async with (
            httpx.AsyncClient() as http,
            AsyncClassifyClient(KEY, http_client=http if own_http else None, **options) as client,
        ):
            return await client.page(1)

    if kind == "async":
        return asyncio.run(read_async())
    with (
        httpx.Client() as http,
        ClassifyClient(KEY, http_client=http if own_http else None, **options) as client,
    ):
        return client.page(1)


@functools.cache
def two_hundred_megabytes(compress: Callable[[bytes], bytes]) -> bytes:
    """A small body that becomes large."""
    return compress(b'{"success": ' + b" " * (200 * MB))


@kinds
@codings
@pytest.mark.parametrize("own_http", [False, True])
def test_an_answer_is_given_up_where_it_becomes_too_large(
    kind: Kind, coding: str, compress: Callable[[bytes], bytes], own_http: bool
) -> None:
    answered = Answer(two_hundred_megabytes(compress), headers={**JSON, "Content-Encoding": coding})
    with serving(lambda asked, number: answered) as server:
        tracemalloc.start()
        try:
            with pytest.raises(
                AnswerTooLargeError, match=r"more than 1000000 bytes.*smaller pages"
            ) as caught:
                read(kind, server.url, max_answer_bytes=MB, own_http=own_http)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert caught.value.tries == 1
    assert peak < 12 * MB


@kinds
@codings
def test_an_answer_may_be_as_large_as_the_limit(
    kind: Kind, coding: str, compress: Callable[[bytes], bytes]
) -> None:
    body = SLIM + b" " * (3 * MB)

    def handle(request: httpx.Request) -> httpx.Response:
        return streamed(compress(body), coding)

    options = {"max_answer_bytes": len(body), "retries": FAST}
    assert len(call(kind, handle, "page", 1, options=options).result) == 1
    with pytest.raises(AnswerTooLargeError):
        call(kind, handle, "page", 1, options={**options, "max_answer_bytes": len(body) - 1})
    assert len(call(kind, handle, "page", 1, options={**options, "max_answer_bytes": None}).result) == 1


@kinds
def test_an_answer_in_memory_has_the_same_limit(kind: Kind) -> None:
    with pytest.raises(AnswerTooLargeError):
        call(kind, lambda request: answer(SLIM), "page", 1, options={"max_answer_bytes": len(SLIM) - 1})


@kinds
def test_what_follows_a_compressed_body_counts_and_is_not_kept(kind: Kind) -> None:
    body = gzip.compress(SLIM)
    assert len(call(kind, lambda request: streamed(body + b"\0" * 99, "gzip"), "page", 1).result) == 1
    with pytest.raises(AnswerTooLargeError):
        call(
            kind,
            lambda request: streamed(body + b"\0" * MB, "gzip"),
            "page",
            1,
            options={"max_answer_bytes": MB},
        )


@kinds
@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_only_codings_that_are_read_in_pieces_are_asked_for(kind: Kind, coding: str) -> None:
    accepted = []

    def handle(request: httpx.Request) -> httpx.Response:
        accepted.append(request.headers["accept-encoding"])
        return streamed(SLIM, coding)

    with pytest.raises(DecodeError, match=f"'{coding}' was not asked for"):
        call(kind, handle, "page", 1, options={"retries": FAST})
    assert set(accepted) == {"gzip, deflate"}


def test_an_http_client_may_accept_less() -> None:
    accepted = []

    def handle(request: httpx.Request) -> httpx.Response:
        accepted.append(request.headers["accept-encoding"])
        return answer(SLIM)

    for header in ("identity", "br;q=1.0, gzip;q=0.8", "zstd"):
        http = httpx.Client(transport=httpx.MockTransport(handle), headers={"Accept-Encoding": header})
        with http, ClassifyClient(KEY, http_client=http) as client:
            client.page(1)
    assert accepted == ["identity", "gzip;q=0.8", "identity"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=4000), st.integers(1, 999), st.sampled_from(list(CODINGS.values())))
def test_what_was_compressed_comes_out(
    text: bytes, size: int, how: tuple[str, Callable[[bytes], bytes]]
) -> None:
    coding, compress = how
    body = b'{"success": true, "result": [], "predictions": [], "x": "' + text.hex().encode() + b'"}'
    read_back = call("sync", lambda request: streamed(compress(body), coding, size), "page", 1)
    assert read_back.additional_properties == {"x": text.hex()}


@pytest.mark.parametrize("size", [0, -1, True, 1.5, "1"])
def test_a_limit_is_a_number_of_bytes(size: Any) -> None:
    with pytest.raises(ConfigurationError, match="max_answer_bytes must be a number of bytes"):
        ClassifyClient(KEY, max_answer_bytes=size)
