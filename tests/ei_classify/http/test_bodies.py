"""Bodies that end early, wherever the cut falls, and those that only look like it."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import zlib
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    AuthenticationError,
    ClassifyClient,
    ConnectionFailedError,
    DecodeError,
    NotFoundError,
    RetryPolicy,
)
from tests.ei_classify.calling import KEY, Handler, Kind, answer, call, kinds
from tests.ei_classify.fault_server import JSON, Answer, Fault, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from ei_classify_api.models import ClassifyJobResultPage

SLIM = page([1], 1, slim=True)
WHOLE = json.loads(SLIM)
FAST: dict[str, Any] = {"retries": RetryPolicy(retries=2, backoff_s=0.0001)}
CODINGS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}


def first(broken: httpx.Response) -> tuple[Handler, list[httpx.Request]]:
    """A server whose first answer is this one, and what it is sent."""
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return answer(SLIM) if len(sent) > 1 else broken

    return handle, sent


@kinds
@pytest.mark.parametrize("kind_of_content", ["application/json", "text/plain"])
def test_a_body_cut_anywhere_is_asked_for_again(kind: Kind, kind_of_content: str) -> None:
    for end in range(len(SLIM)):
        handle, sent = first(
            httpx.Response(200, content=SLIM[:end], headers={"Content-Type": kind_of_content})
        )
        assert call(kind, handle, "page", 1, options=FAST).to_dict() == WHOLE
        assert len(sent) == 2, SLIM[:end]


@kinds
@pytest.mark.parametrize("coding", CODINGS)
def test_a_compressed_body_cut_anywhere_is_read_whole(kind: Kind, coding: str) -> None:
    compressed = CODINGS[coding](SLIM)
    for end in range(len(compressed)):
        stream = httpx.ByteStream(compressed[:end])
        handle, sent = first(httpx.Response(200, stream=stream, headers={**JSON, "Content-Encoding": coding}))
        assert call(kind, handle, "page", 1, options=FAST).to_dict() == WHOLE
        text_is_whole = zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(compressed[:end]) == SLIM
        assert len(sent) == (1 if text_is_whole else 2), end


@pytest.mark.parametrize(
    "spelled", [b'"\\ud83d', b'"\\"', b'"\\\\"', b'[NaN, {"b": -Infinity', b'[{"b": 1e999', b'"\xff', b'"\n']
)
def test_a_cut_is_seen_behind_what_is_not_quite_json(spelled: bytes) -> None:
    handle, sent = first(answer(b'{"success": true, "totalCount": {"a": ' + spelled + b"}"))
    assert call("sync", handle, "page", 1, options=FAST).to_dict() == WHOLE
    assert len(sent) == 2


CUTS = {"nothing": 0, "after a brace": SLIM.index(b"}") + 1, "half": len(SLIM) // 2, "all but one": -1}
FAULTS: list[Fault] = ["end", "short", "unchunked", "cut"]


def read(kind: Kind, url: str) -> ClassifyJobResultPage:
    """A page, read over a socket."""

    async def read_async() -> ClassifyJobResultPage:
        async with AsyncClassifyClient(KEY, base_url=url, **FAST) as client:
            return await client.page(1)

    if kind == "async":
        return asyncio.run(read_async())
    with ClassifyClient(KEY, base_url=url, **FAST) as client:
        return client.page(1)


@kinds
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS.keys())
def test_a_connection_that_closes_early_is_asked_for_again(kind: Kind, fault: Fault, cut: int) -> None:
    broken = Answer(SLIM, fault=fault, cut_at=cut % len(SLIM))
    with serving(lambda asked, number: Answer(SLIM) if number else broken) as server:
        assert read(kind, server.url).to_dict() == WHOLE
    assert len(server.asked) == 2


@kinds
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("cut", [0, 10, 200])
def test_a_compressed_body_that_closes_early_is_asked_for_again(kind: Kind, fault: Fault, cut: int) -> None:
    headers = {**JSON, "Content-Encoding": "gzip"}
    broken = Answer(gzip.compress(SLIM), headers=headers, fault=fault, cut_at=cut)
    with serving(lambda asked, number: Answer(SLIM) if number else broken) as server:
        assert read(kind, server.url).to_dict() == WHOLE
    assert len(server.asked) == 2


@kinds
@pytest.mark.parametrize("fault", ["end", "short", "unchunked"])
def test_a_body_that_always_ends_early_is_a_lost_connection(kind: Kind, fault: Fault) -> None:
    with (
        serving(lambda asked, number: Answer(SLIM, fault=fault, cut_at=0)) as server,
        pytest.raises(ConnectionFailedError, match="lost its connection") as caught,
    ):
        read(kind, server.url)
    assert (len(server.asked), caught.value.tries) == (3, 3)
    assert isinstance(caught.value.__cause__, httpx.RemoteProtocolError)


BAD = {
    "a brace too many": answer(SLIM + b"}"),
    "a comment after it": answer(SLIM + b"<!-- x -->"),
    "NUL after it": answer(SLIM + b"\0"),
    "not JSON inside": answer(b'{"success": nope}'),
    "a quote too many": answer(b'{"success": "x"y"}'),
    "half a surrogate pair": answer(b'{"success": true, "result": "\\ud83d"}'),
    "an endless number": answer(b'{"success": true, "result": ' + b"9" * 5000 + b"}"),
    "a byte-order mark": answer(b"\xef\xbb\xbf" + b'{"success": true}'),
    "deep": answer(b'{"a":' * 5000 + b"1" + b"}" * 5000),
    "no object": answer(b"[1, 2"),
    "a web page": httpx.Response(200, html="<p>Log in"),
    "204": httpx.Response(204),
}


@kinds
@pytest.mark.parametrize("body", BAD.values(), ids=BAD.keys())
def test_a_bad_answer_that_is_whole_is_asked_for_once(kind: Kind, body: httpx.Response) -> None:
    handle, sent = first(body)
    with pytest.raises(DecodeError):
        call(kind, handle, "page", 1, options=FAST)
    assert len(sent) == 1


def test_a_body_with_a_byte_order_mark_is_asked_for_again_if_cut() -> None:
    handle, sent = first(answer(b"\xef\xbb\xbf" + SLIM[:-20]))
    assert call("sync", handle, "page", 1, options=FAST).to_dict() == WHOLE
    assert len(sent) == 2


def test_braces_in_texts_are_no_ends() -> None:
    body = json.loads(SLIM)
    body["result"][0]["sample"]["filename"] = '}"{[}'
    whole = json.dumps(body).encode()
    handle, sent = first(answer(whole))
    assert call("sync", handle, "page", 1, options=FAST).to_dict() == body
    assert len(sent) == 1


class Untouched(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that is sent as it is."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield self._body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._body


def coded(coding: str, body: bytes) -> httpx.Response:
    headers = [(b"content-type", b"application/json"), (b"content-encoding", coding.encode())]
    return httpx.Response(200, stream=Untouched(body), headers=headers)


@kinds
@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("x-studio", b"\x84\xdd"),
        ("X-Studio", b"{\x00"),
        ("br", b"\xff"),
        ("x\x80", b"\x01"),
        (f"x-{KEY}", b"-"),
    ],
)
def test_a_coding_that_nobody_can_undo_is_named(kind: Kind, coding: str, body: bytes) -> None:
    handle, sent = first(coded(coding, body))
    named = re.escape(repr(coding.replace(KEY, "[redacted]")))
    why = "was not asked for" if coding == "br" else "is not known"
    with pytest.raises(DecodeError, match=f"the content-encoding {named} {why}") as caught:
        call(kind, handle, "page", 1, options=FAST)
    assert len(sent) == caught.value.tries == 1
    assert KEY not in str(caught.value)


@kinds
@pytest.mark.parametrize("coding", ["utf-8", "identity", "", "aws-chunked", "none"])
def test_a_coding_that_is_none_does_no_harm(kind: Kind, coding: str) -> None:
    handle, sent = first(coded(coding, SLIM))
    assert call(kind, handle, "page", 1, options=FAST).to_dict() == WHOLE
    assert len(sent) == 1


@kinds
def test_an_empty_body_in_an_unknown_coding_is_asked_for_again(kind: Kind) -> None:
    handle, sent = first(coded("x-studio", b""))
    assert call(kind, handle, "page", 1, options=FAST).to_dict() == WHOLE
    assert len(sent) == 2


@kinds
def test_a_coding_that_is_known_is_not_blamed(kind: Kind) -> None:
    handle, _ = first(coded("gzip", gzip.compress(b"[}")))
    with pytest.raises(DecodeError, match="not JSON") as caught:
        call(kind, handle, "page", 1, options=FAST)
    assert "content-encoding" not in str(caught.value)


@kinds
@pytest.mark.parametrize("ends", [[len(SLIM)], [1, 2, 50], [0, 0, 7, len(SLIM) - 1], [*range(1, len(SLIM))]])
def test_a_body_of_several_gzip_members_is_read_to_its_end(kind: Kind, ends: list[int]) -> None:
    starts = [0, *ends]
    members = [gzip.compress(SLIM[a:b]) for a, b in zip(starts, [*ends, len(SLIM)], strict=True)]
    handle, sent = first(coded("gzip", b"".join(members)))
    assert call(kind, handle, "page", 1, options=FAST).to_dict() == WHOLE
    assert len(sent) == 1


@kinds
def test_what_follows_a_gzip_member_and_is_none_is_ignored(kind: Kind) -> None:
    handle, _ = first(coded("gzip", gzip.compress(SLIM) + b"\0\0padding"))
    assert call(kind, handle, "page", 1, options=FAST).to_dict() == WHOLE


@kinds
@pytest.mark.parametrize(
    ("coding", "body", "said"),
    [
        ("br", b"\x1b\x07\x00\xf8", ""),
        ("zstd", b"(\xb5/\xfd", ""),
        ("x-studio", b"\x84\xdd", "a body whose content-encoding 'x-studio' is not known"),
    ],
)
def test_a_refusal_in_a_coding_that_nobody_asked_for_keeps_its_status(
    kind: Kind, coding: str, body: bytes, said: str
) -> None:
    refusal = coded(coding, body)
    refusal.status_code = 401
    handle, _ = first(refusal)
    with pytest.raises(AuthenticationError) as caught:
        call(kind, handle, "page", 1, options=FAST)
    assert (caught.value.status, caught.value.answer or "") == (401, said)


@kinds
@pytest.mark.parametrize("body", [{"success": False, "error": None}, {"success": False, "error": ""}, {}])
def test_a_refusal_without_a_reason_is_told_without_json(kind: Kind, body: dict[str, Any]) -> None:
    handle, _ = first(httpx.Response(404, json=body))
    with pytest.raises(NotFoundError, match="was refused with status 404") as caught:
        call(kind, handle, "page", 1, options=FAST)
    assert caught.value.answer is None
    assert "{" not in str(caught.value)
