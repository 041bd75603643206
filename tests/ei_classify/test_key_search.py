"""An attack: the key is searched for wherever a call, a client or an error might show it.

The server repeats the key in each place that an answer has.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest
from ei_classify_api import Client
from ei_classify_api.api.classify import get_classify_job_result_page
from ei_classify_api.errors import ApiError
from hpack.huffman import HuffmanEncoder
from hpack.huffman_constants import REQUEST_CODES, REQUEST_CODES_LENGTH

from ei_classify import AsyncClassifyClient, ClassifyClient, EiClassifyError, RetryPolicy
from tests.ei_classify.fault_server import JSON, Answer, serving
from tests.ei_classify.http2_server import serving_http2
from tests.ei_classify.project_data import page
from tests.searching import findings, shown_by_traceback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY = "ei_5ecre7C0ffee+5ecre7/"  # upper case, and characters that URLs and JSON spell otherwise

ECHOES = {
    **JSON,
    "X-Request-Id": KEY,
    "Retry-After": KEY,
    "X-Echo": f"you sent {KEY}",
    "Set-Cookie": f"echo={KEY}",
    "Location": f"http://127.0.0.2:9/{KEY}?key=ei_5ecre7C0ffee%2B5ecre7%2F",
}
REFUSAL = b'{"success": false, "error": "I do not know ' + KEY.encode() + b'"}'
ANSWERS = {
    "success": Answer(page([1, 2], 2, slim=True), headers=ECHOES),
    "200 with a refusal": Answer(REFUSAL, headers=ECHOES),
    "200 with JSON of another form": Answer(
        b'{"success": true, "result": "' + KEY.encode() + b'", "predictions": []}', headers=ECHOES
    ),
    "200 without JSON": Answer(b"{" + KEY.encode() + b"}", headers=ECHOES),
    "200 in an encoding that it is not": Answer(KEY.encode(), headers={**ECHOES, "Content-Encoding": "gzip"}),
    "401": Answer(REFUSAL, 401, ECHOES),
    "404": Answer(REFUSAL, 404, ECHOES),
    "429": Answer(REFUSAL, 429, ECHOES),
    "500": Answer(b"<title>" + KEY.encode() + b"</title>", 500, {**ECHOES, "Content-Type": "text/html"}),
    "503": Answer(KEY.encode(), 503, ECHOES),
    "302": Answer(b"", 302, ECHOES),
    "reset": Answer(page([1]), fault="reset"),
    "stall": Answer(page([1]), fault="stall"),
}
POLICY = RetryPolicy(retries=1, backoff_s=0.001, total_s=5)

Way = Literal["sync", "async", "generated sync", "generated async"]


@contextlib.contextmanager
def serving_over(http: str, answer: Answer) -> Iterator[tuple[str, list[dict[str, str]]]]:
    if http == "HTTP/2":
        with serving_http2(answer) as (url, asked):
            yield url, asked
    else:
        headers: list[dict[str, str]] = []

        with serving(lambda asked, _number: headers.append(asked.headers) or answer) as server:  # type: ignore[func-returns-value]
            yield server.url, headers


def options(http: str) -> dict[str, Any]:
    return {"http1": False, "http2": True} if http == "HTTP/2" else {}


def call(way: Way, http: str, url: str) -> tuple[object, BaseException | None]:
    """Call once. Return the client, and the error."""
    if way.endswith("async"):
        return asyncio.run(call_async(way, http, url))
    client: Any
    with contextlib.ExitStack() as stack:
        if way == "sync":
            given = None if http == "own" else stack.enter_context(httpx.Client(**options(http)))
            client = ClassifyClient(KEY, base_url=url, http_client=given, retries=POLICY, timeout=0.2)
            stack.enter_context(client)
            return client, error_of(lambda: client.page(1))
        transport = None if http == "own" else httpx.HTTPTransport(**options(http))
        client = stack.enter_context(Client(url, api_key=KEY, transport=transport, timeout=0.2))
        return client, error_of(lambda: get_classify_job_result_page.sync(1, client=client))


async def call_async(way: Way, http: str, url: str) -> tuple[object, BaseException | None]:
    client: Any
    async with contextlib.AsyncExitStack() as stack:
        try:
            if way == "async":
                given = (
                    None
                    if http == "own"
                    else await stack.enter_async_context(httpx.AsyncClient(**options(http)))
                )
                client = AsyncClassifyClient(
                    KEY, base_url=url, http_client=given, retries=POLICY, timeout=0.2
                )
                await stack.enter_async_context(client)
                await client.page(1)
            else:
                transport = None if http == "own" else httpx.AsyncHTTPTransport(**options(http))
                client = Client(url, api_key=KEY, async_transport=transport, timeout=0.2)
                await stack.enter_async_context(client)
                await get_classify_job_result_page.asyncio(1, client=client)
        except (EiClassifyError, ApiError, httpx.HTTPError) as error:
            return client, error
        return client, None


def error_of(do: Any) -> BaseException | None:
    try:
        do()
    except (EiClassifyError, ApiError, httpx.HTTPError) as error:
        return error
    return None


@pytest.mark.parametrize("way", ["sync", "async", "generated sync", "generated async"])
@pytest.mark.parametrize("http", ["own", "given", "HTTP/2"])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS.keys())
def test_nothing_shows_the_key(
    way: Way, http: str, answer: Answer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with serving_over(http, answer) as (url, asked):
        client, error = call(way, http, url)
    assert asked
    assert {request["x-api-key"] for request in asked} == {KEY}
    # Cookies of an HTTP client that was passed in are its own.
    of_the_caller = {"cookie"} if http != "own" and not way.startswith("generated") else set()
    assert {name for name, value in asked[-1].items() if KEY in value} - of_the_caller == {"x-api-key"}
    assert (error is None) == (answer is ANSWERS["success"])

    loggers = {record.name for record in caplog.records}
    assert loggers > ({"hpack.hpack", "httpcore.http2"} if http == "HTTP/2" else {"httpcore.http11"})
    shown = [f"{each.name}: {each.getMessage()} {vars(each)}" for each in caplog.records]
    assert [line for line in shown if KEY.lower() in line.lower()] == []
    found = [place for place in findings(KEY, client, error) if not (of_the_caller and "._cookies" in place)]
    assert found == []
    if error is not None:
        assert KEY not in shown_by_traceback(error, but=__file__)
    assert KEY not in "".join(capfd.readouterr())


@pytest.mark.parametrize("http", ["given", "HTTP/2"])
def test_the_callers_own_use_of_a_given_http_client_is_logged_as_before(
    http: str, caplog: pytest.LogCaptureFixture
) -> None:
    gc.collect()  # of other tests, clients
    caplog.set_level(logging.DEBUG)

    def log() -> list[str]:
        caplog.clear()
        given.get(url, headers={"x-other": "in sight"})
        messages = [f"{each.name}: {each.msg}" for each in caplog.records if each.name != "hpack.hpack"]
        return [re.sub(r"stream_id=\d+|Date.*", "", message) for message in messages]

    with (
        serving_over(http, Answer(page([]), headers=JSON)) as (url, _asked),
        httpx.Client(**options(http)) as given,
    ):
        given.get(url)
        before = log()
        with ClassifyClient(KEY, base_url=url, http_client=given) as client:
            client.page(1)
            assert log() == before


def test_the_compressed_form_of_a_key_is_not_logged_either(caplog: pytest.LogCaptureFixture) -> None:
    compressed = HuffmanEncoder(REQUEST_CODES, REQUEST_CODES_LENGTH).encode(KEY.encode())
    caplog.set_level(logging.DEBUG)
    with (
        serving_http2(Answer(page([]), headers={"X-Echo": KEY})) as (url, _asked),
        httpx.Client(**options("HTTP/2")) as given,
        ClassifyClient(KEY, base_url=url, http_client=given) as client,
    ):
        client.page(1)
    assert re.search(r"Encoded header block to <\d+ bytes>", caplog.text)
    assert repr(compressed)[2:-1] not in caplog.text


def test_a_key_stays_out_of_the_log_when_http2_forgets_it(caplog: pytest.LogCaptureFixture) -> None:
    """A header leaves the table of a connection in a later request, which may be the caller's own."""
    caplog.set_level(logging.DEBUG)
    with serving_http2(Answer(page([]))) as (url, _asked), httpx.Client(**options("HTTP/2")) as given:
        client = ClassifyClient(KEY, base_url=url, http_client=given)
        client.page(1)
        client.close()
        given.get(url, headers={f"x-{number}": "-" * 900 for number in range(6)})
    assert any("Evicting" in record.getMessage() for record in caplog.records)
    assert KEY not in caplog.text


def test_a_key_with_white_space_around_it_stays_out_of_the_logs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("EI_API_KEY", f" '{KEY}'\n")
    caplog.set_level(logging.DEBUG)
    with (
        serving(lambda _asked, _number: ANSWERS["success"]) as server,
        ClassifyClient(base_url=server.url) as client,
    ):
        client.page(1)
    assert "receive_response_headers.complete" in caplog.text
    assert KEY not in caplog.text


def test_a_redirection_to_a_host_named_as_the_key_does_not_show_it() -> None:
    key = "Secret-Key-0123"
    answer = Answer(b"", 302, {"Location": f"http://{key}.example.com/"})
    with (
        serving(lambda _asked, _number: answer) as server,
        ClassifyClient(key, base_url=server.url) as client,
    ):
        error = error_of(lambda: client.page(1))
    assert "was redirected to [redacted].example.com" in str(error)
    assert findings(key, error) == []


PROGRAM = """
import logging, sys
logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
from ei_classify.cli import main
main()
"""


@pytest.mark.parametrize("name", ["success", "200 with a refusal", "401", "302"])
@pytest.mark.parametrize("command", ["results", "export"])
def test_neither_the_command_line_nor_an_export_shows_the_key(
    name: str, command: str, tmp_path: Path
) -> None:
    out = ["--out", str(tmp_path / "out"), "--format", "jsonl"] if command == "export" else []
    arguments = [command, "--project", "1", "--debug", *out]
    with serving(lambda _asked, _number: ANSWERS[name]) as server:
        environment = {**os.environ, "EI_API_KEY": KEY, "EI_API_ENDPOINT": server.url}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *arguments], env=environment, capture_output=True, timeout=60
        )
    assert (done.returncode == 0) == (name == "success")
    assert b"DEBUG:httpcore" in done.stderr
    assert KEY.encode().lower() not in (done.stdout + done.stderr).lower()
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert bool(files) == (command == "export" and name == "success")
    assert [path for path in files if KEY.encode() in path.read_bytes() or KEY in path.name] == []
