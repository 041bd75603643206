from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from ei_classify import (
    AsyncClassifyClient,
    ClassifyClient,
    ConfigurationError,
    RetryPolicy,
)
from tests.ei_classify.calling import KEY, TOKEN, Kind, answer, call, kinds
from tests.ei_classify.fault_server import Answer, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked


def test_key_and_address_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Asked] = []

    def respond(one: Asked, number: int) -> Answer:
        asked.append(one)
        return Answer(page([]))

    with serving(respond) as server:
        monkeypatch.setenv("EI_API_KEY", f" {KEY}\n")
        monkeypatch.setenv("EI_API_ENDPOINT", f"{server.url}/")
        with ClassifyClient() as client:
            assert client.base_url == server.url
            client.page(1)
        with ClassifyClient("another") as client:
            client.page(1)
        with ClassifyClient(jwt_token=TOKEN) as client:
            client.page(1)
    keys = [(one.headers.get("x-api-key"), one.headers.get("x-jwt-token")) for one in asked]
    assert keys == [(KEY, None), ("another", None), (None, TOKEN)]
    assert {one.path for one in asked} == {"/v1/api/1/classify/all/result/page"}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"api_key": None}, "no API key: pass api_key= .* or set EI_API_KEY"),
    ({"api_key": ""}, "no API key"),
    ({"jwt_token": TOKEN}, "give only one of api_key, jwt_token and bearer_token"),
    ({"api_key": "ei a"}, "api_key contains spaces"),
    ({"api_key": "ei_\x00"}, "api_key contains spaces"),
    ({"api_key": None, "jwt_token": "ü"}, "jwt_token contains spaces"),
    ({"api_key": '""'}, "no API key"),
    ({"api_key": "' '"}, "no API key"),
    ({"api_key": "'ei a'"}, "api_key contains spaces"),
    ({"base_url": ""}, "base_url is empty"),
    ({"base_url": " "}, "base_url is empty"),
    ({"base_url": "studio.edgeimpulse.com"}, "base_url must be a URL like https://"),
    ({"base_url": "https://"}, "base_url must be a URL like https://"),
    ({"base_url": "https://a:b@host/v1"}, "base_url must be a URL like https://"),
    ({"base_url": "https://host/v1?key=1"}, "base_url must be a URL like https://"),
    ({"base_url": "https://[host/v1"}, "base_url must be a URL like https://"),
    ({"base_url": "ftp://host/v1"}, "base_url must be a URL like https://"),
    ({"base_url": "https://host:99999999/v1"}, "base_url must be a URL like https://"),
    ({"base_url": "http://studio.edgeimpulse.com/v1"}, "over plain http, .*allow_insecure"),
    ({"base_url": "http://127.0.0.1.example.com/v1"}, "over plain http"),
    ({"base_url": "http://x.localhost/v1"}, "over plain http"),
    ({"base_url": "http://127.1/v1"}, "over plain http"),
    ({"retries": 101}, "retries must be from 0 to 100"),
    ({"retries": -1}, "retries must be from 0 to 100"),
    ({"http_client": object()}, "http_client must be an httpx"),
    ({"api_key": 5}, "api_key must be text"),
    ({"retries": "3"}, "retries must be a number or a RetryPolicy, not str"),
    ({"retries": True}, "retries must be a number or a RetryPolicy, not bool"),
    ({"polling": 5}, "polling must be a PollPolicy, not int"),
]


@kinds
@pytest.mark.parametrize(("options", "message"), REFUSED)
def test_a_client_that_could_not_work_is_refused(
    kind: Kind, options: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EI_API_KEY", raising=False)
    monkeypatch.delenv("EI_API_ENDPOINT", raising=False)
    client = ClassifyClient if kind == "sync" else AsyncClassifyClient
    with pytest.raises(ConfigurationError, match=message):
        client(**{"api_key": KEY, **options})


@kinds
@pytest.mark.parametrize("endpoint", ["", " "])
def test_an_empty_address_in_the_environment_is_not_studio(
    kind: Kind, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EI_API_ENDPOINT", endpoint)
    client = ClassifyClient if kind == "sync" else AsyncClassifyClient
    with pytest.raises(ConfigurationError, match=r"EI_API_ENDPOINT is empty: .*for Edge Impulse Studio"):
        client(KEY)
    assert client(KEY, base_url="https://host/v1").base_url == "https://host/v1"


@kinds
@pytest.mark.parametrize("name", ["api_key", "jwt_token", "EI_API_KEY"])
@pytest.mark.parametrize("quote", ["'", '"'])
def test_quotation_marks_around_a_key_are_left_out_with_a_word(
    kind: Kind, name: str, quote: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        sent.extend(request.headers.get(header) for header in ("x-api-key", "x-jwt-token"))
        return answer(page([]))

    async def read_async() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(handle)) as http:
            await AsyncClassifyClient(http_client=http, **options).page(1)

    sent: list[str | None] = []
    quoted = f" {quote}{KEY}{quote}\n"
    options: dict[str, Any] = {} if name == "EI_API_KEY" else {name: quoted}
    monkeypatch.setenv("EI_API_KEY", quoted)
    if kind == "async":
        asyncio.run(read_async())
    else:
        with httpx.Client(transport=httpx.MockTransport(handle)) as http:
            ClassifyClient(http_client=http, **options).page(1)
    assert sent == ([None, KEY] if name == "jwt_token" else [KEY, None])
    (record,) = [each for each in caplog.records if each.name == "ei_classify"]
    assert record.levelname == "WARNING"
    assert record.getMessage().startswith(f"{name} is in quotation marks")
    assert KEY not in repr(vars(record))


@pytest.mark.parametrize(
    "url", ["http://localhost:1/v1", "http://127.9.9.9/v1", "http://[::1]/v1", "https://host"]
)
def test_loopback_and_https_are_fine(url: str) -> None:
    with ClassifyClient(KEY, base_url=url) as client:
        assert client.base_url == url
    with ClassifyClient(KEY, base_url="http://host/v1", allow_insecure=True) as client:
        assert client.base_url == "http://host/v1"


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("HTTPS://Host:443/V1/", "https://host/V1"),
        ("https://host:443", "https://host"),
        ("HTTP://LOCALHOST:80/v1", "http://localhost/v1"),
        ("http://[::FFFF:127.0.0.1]:8080/v1", "http://[::ffff:127.0.0.1]:8080/v1"),
    ],
)
def test_a_server_has_one_base_url_however_it_is_written(text: str, url: str) -> None:
    with ClassifyClient(KEY, base_url=text) as client:
        assert client.base_url == url


@kinds
def test_a_timeout_holds_for_its_call(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        timeouts.append(request.extensions["timeout"]["read"])
        return answer(page([]))

    timeouts: list[float | None] = []
    call(kind, handle, "page", 1)
    call(kind, handle, "page", 1, timeout=1.5)
    call(kind, handle, "page", 1, timeout=httpx.Timeout(4, read=3))
    call(kind, handle, "page", 1, timeout=None)
    last = None if kind == "async" else pytest.approx(RetryPolicy().total_s, abs=10)
    assert timeouts == [5.0, 1.5, 3, last], "the first is httpx's own, as the HTTP client was handed in"
