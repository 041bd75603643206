"""What keeps a key from others: the address that it is sent to, the way there, and what shows a client."""

from __future__ import annotations

import asyncio
import copy
import json
import logging
import pickle
import re
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import h2
import hpack
import httpcore
import httpx
import httpx_retries
import hyperframe
import pytest
from ei_classify_api import Client
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.credentials import Credentials
from ei_classify_api.keys import REDACTED, Secret, redact, redact_error, without_frames
from ei_classify_api.logs import LOGGERS
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.ei_classify.fault_server import Answer, serving
from tests.searching import findings, shown_by_traceback

from . import contract

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "ei_0123456789abcdef"
keys = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=8)


@pytest.mark.parametrize("argument", ["api_key", "jwt_token"])
@pytest.mark.parametrize("url", ["http://studio.example.com/v1", "http://x.localhost/v1", "HTTP://10.0.0.1/v1"])
def test_a_key_is_not_sent_over_plain_http_to_another_machine(argument: str, url: str) -> None:
    with pytest.raises(ValueError, match=r"over plain http, others .* could read the key.*allow_insecure") as caught:
        Client(url, **{argument: KEY})  # type: ignore[arg-type]
    assert KEY not in shown_by_traceback(caught.value, but=__file__)
    Client(url, **{argument: KEY}, allow_insecure=True)  # type: ignore[arg-type]
    Client(url)  # without a key, there is none to read
    Client(url.lower().replace("http:", "https:"), **{argument: KEY})  # type: ignore[arg-type]


def read(way: str, url: str) -> Any:
    async def read_async() -> Any:
        async with Client(url, api_key=KEY, allow_insecure=True) as client:
            return await get_job_status.asyncio(1, 2, client=client)

    if way == "async":
        return asyncio.run(read_async())
    with Client(url, api_key=KEY, allow_insecure=True) as client:
        return get_job_status.sync(1, 2, client=client)


@pytest.mark.parametrize("way", ["sync", "async"])
def test_a_key_for_this_machine_passes_through_no_proxy(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    answer = Answer(contract.content("job-running"))
    with serving(lambda _asked, _number: answer) as proxy, serving(lambda _asked, _number: answer) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url)
        read(way, server.url)
        assert (len(server.asked), len(proxy.asked)) == (1, 0)
        read(way, "http://elsewhere.invalid/v1")
        assert (len(server.asked), len(proxy.asked)) == (1, 1), "other servers are called as the environment says"


def test_a_client_shows_no_key_and_cannot_be_pickled_or_copied() -> None:
    client = Client("http://127.0.0.1/v1", api_key=KEY, transport=httpx.MockTransport(lambda _request: job()))
    get_job_status.sync(1, 2, client=client)
    assert KEY not in f"{client} {client!r} {vars(client)}"
    assert findings(KEY, client) == []
    for spread in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match=r"holds a secret and cannot be pickled or copied: create a new one"):
            spread(client)


def job() -> httpx.Response:
    return httpx.Response(200, content=contract.content("job-running"))


def test_a_client_that_was_not_made_has_a_repr() -> None:
    assert repr(Client.__new__(Client)) == "<Client: not made>"


@pytest.mark.parametrize("name", ["x-api-key", "X-API-Key", "x-jwt-token"])
def test_a_key_among_the_headers_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"pass the header {name.lower()} as") as caught:
        Client("https://host/v1", headers={name: KEY})
    assert KEY not in str(caught.value)


def fail(request: httpx.Request) -> httpx.Response:
    error = httpx.ConnectError(f"cannot send {request.headers['x-api-key']}", request=request)
    error.add_note(f"with {request.headers['x-api-key']}")
    raise error from OSError(5, KEY, KEY)


@pytest.mark.parametrize("way", ["sync", "async"])
def test_an_error_of_httpx_is_rid_of_the_key(way: str) -> None:
    transport = httpx.MockTransport(fail)
    client = Client("https://host/v1", api_key=KEY, transport=transport, async_transport=transport)
    with pytest.raises(httpx.ConnectError) as caught:
        if way == "sync":
            get_job_status.sync(1, 2, client=client)
        else:
            asyncio.run(get_job_status.asyncio(1, 2, client=client))
    error = caught.value
    assert str(error) == f"cannot send {REDACTED}"
    assert "x-api-key" not in error.request.headers
    assert findings(KEY, error) == []
    assert KEY not in shown_by_traceback(error, but=__file__)
    modules = {frame.f_globals["__name__"] for frame, _ in traceback.walk_tb(error.__traceback__)}
    assert "ei_classify_api.client" in modules
    assert {module.partition(".")[0] for module in modules} == {"tests", "asyncio", "ei_classify_api"} - (
        {"asyncio"} if way == "sync" else set()
    ), "the frames of HTTP libraries hold what was sent"


@pytest.mark.parametrize(
    "content",
    [b'{"success": false, "error": "%b"}', b'{"success": true, "job": "%b"}', b'{"success": "%b"}', b"%b"],
)
def test_a_traceback_with_local_variables_shows_no_key_that_the_server_repeats(content: bytes) -> None:
    content = content.replace(b"%b", KEY.encode())
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, content=content))
    client = Client("https://host/v1", api_key=KEY, transport=transport)
    with pytest.raises(Exception, match="get_job_status") as caught:
        get_job_status.sync(1, 2, client=client)
    assert findings(KEY, caught.value) == []
    assert KEY not in shown_by_traceback(caught.value, but=__file__)


@given(key=keys, before=st.text(), after=st.text())
def test_a_text_is_rid_of_every_spelling_of_a_key(key: str, before: str, after: str) -> None:
    assume(key.lower() not in (before + after + REDACTED).lower())
    spellings: list[Callable[[str], str]] = [str, str.lower, str.upper, json.dumps, quote]
    spellings += [repr, lambda text: repr(text.encode()), lambda text: repr(repr(text + "'\""))]
    spellings += [lambda text: quote(text, safe=""), lambda text: "".join(f"\\u{ord(each):04X}" for each in text)]
    for spell in spellings:
        rest = redact(f"{before}|{spell(key)}|{after}", key)
        assert len(rest) <= len(f"{before}|b'{REDACTED}'||{after}") + 12, "what is left are quotation marks"
        assert REDACTED in rest


@given(text=st.text(), key=keys)
def test_a_text_without_the_key_stays_as_it_is(text: str, key: str) -> None:
    assume(key.lower() not in text.lower() and "…" not in text)
    assume(not {"%", "\\"} & set(text))
    assert redact(text, key) == text


def test_a_group_of_errors_and_all_that_led_to_them_are_rid_of_the_key_and_their_frames() -> None:
    try:
        try:
            raise OSError(5, "io", f"/{KEY}")
        except OSError:
            raise ValueError([KEY], 7) from TypeError(KEY.encode())
    except ValueError as error:
        group = ExceptionGroup("several", [error])
    group.__cause__ = group.exceptions[0]  # a circle
    redact_error(group, KEY)
    assert without_frames(group) is group
    assert findings(KEY, group) == []
    assert group.exceptions[0].args[1] == 7
    assert group.exceptions[0].__traceback__ is None


@pytest.mark.parametrize("name", LOGGERS)
def test_a_logger_of_an_http_library_shows_no_key_while_a_client_has_it(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = f"only-in-this-test-of-{name}"  # clients of other tests may not be collected yet
    credentials = Credentials("x-api-key", Secret(key))
    other = Credentials("x-jwt-token", Secret("another.token"))

    def log() -> None:
        logging.getLogger(name).debug("%s and %r, %d", key, (b"x", b"another.token"), 5)

    log()
    thread = threading.Thread(target=log)
    thread.start()
    thread.join()
    del other
    log()
    assert [record.getMessage() for record in caplog.records] == [
        f"{REDACTED} and (b'x', b'{REDACTED}'), 5",
        f"{REDACTED} and (b'x', b'{REDACTED}'), 5",
        f"{REDACTED} and (b'x', b'another.token'), 5",
    ]
    del credentials
    log()
    assert caplog.records[-1].args == (key, (b"x", b"another.token"), 5), "nothing is changed any more"
    assert len(logging.getLogger(name).filters) == 1


def test_every_logger_of_the_http_libraries_is_known() -> None:
    made = set()
    for library in (h2, hpack, httpcore, httpx, httpx_retries, hyperframe):
        folder = Path(library.__path__[0])
        for path in folder.rglob("*.py"):
            module = ".".join((library.__name__, *path.relative_to(folder).with_suffix("").parts))
            for name in re.findall(r"getLogger\((.*?)\)", path.read_text("utf-8")):
                made.add(module if name == "__name__" else name.strip("\"'"))
    assert made == set(LOGGERS)
