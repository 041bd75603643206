from __future__ import annotations

import asyncio
import datetime
import logging
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ei_classify_api import Client
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.errors import StatusError
from ei_classify_api.models import ClassifyJobResultPage, KerasModelVariant, StartedJob

from . import contract

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "ei_0123456789abcdef"


class Server:
    """A server on the loopback that answers with what is set, and remembers what was asked."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 200, {"Content-Type": "application/json"}, b"{}"
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            disable_nagle_algorithm = True  # else a body waits for 40 ms

            def answer(self) -> None:
                sent = {name.lower(): value for name, value in self.headers.items()}
                double.asked.append((self.command, self.path, sent))
                self.send_response(double.status)
                for name, value in double.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(double.body)))
                self.end_headers()
                self.wfile.write(double.body)

            do_GET = do_POST = answer  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._http.server_port}/v1"

    def close(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.mark.parametrize(
    ("secret", "header"), [({"api_key": KEY}, "x-api-key"), ({"jwt_token": KEY}, "x-jwt-token")]
)
def test_each_kind_of_key_is_sent_in_its_header_sync_and_async(
    server: Server, secret: dict[str, str], header: str
) -> None:
    server.body = contract.content("page-motion")

    with Client(server.url, **secret, headers={"user-agent": "tests"}) as client:  # type: ignore[arg-type]
        page = get_classify_job_result_page.sync(3, client=client, limit=2)

    async def call() -> ClassifyJobResultPage:
        async with Client(server.url, **secret, headers={"user-agent": "tests"}) as client:  # type: ignore[arg-type]
            return await get_classify_job_result_page.asyncio(3, client=client, limit=2)

    assert asyncio.run(call()) == page
    assert len(server.asked) == 2
    for method, path, headers in server.asked:
        assert (method, path) == ("GET", "/v1/api/3/classify/all/result/page?limit=2")
        assert headers[header] == KEY
        assert headers["user-agent"] == "tests"
        assert len({"x-api-key", "x-jwt-token", "authorization"} & headers.keys()) == 1


def test_the_detailed_calls_give_status_headers_and_body_too(server: Server) -> None:
    server.body = contract.content("job-started")
    server.headers["X-Request-Id"] = "r-1"

    async def call() -> Any:
        async with Client(server.url, api_key=KEY) as client:
            return await classify_sample_for_variants.asyncio_detailed(3, 4, client=client, variants="[]")

    with Client(server.url, api_key=KEY) as client:
        answers = [
            classify_sample_for_variants.sync_detailed(3, 4, client=client, variants='["int8"]'),
            asyncio.run(call()),
        ]

    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["x-request-id"] == "r-1"
        assert answer.content == server.body
        assert isinstance(answer.parsed, StartedJob)
    assert server.asked[0][:2] == ("POST", "/v1/api/3/classify/v2/4/variants?variants=%5B%22int8%22%5D")


def test_no_redirect_is_followed_so_the_key_goes_nowhere_else(server: Server) -> None:
    elsewhere = Server()
    try:
        server.status, server.headers["Location"] = 307, f"{elsewhere.url}/api/1/jobs/2/status"
        with Client(server.url, api_key=KEY) as client, pytest.raises(StatusError) as raised:
            get_job_status.sync(1, 2, client=client)
        assert raised.value.status == 307
        assert elsewhere.asked == []
    finally:
        elsewhere.close()


def test_the_key_is_in_no_repr_and_no_log(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.body = contract.content("job-running")

    with Client(server.url, api_key=KEY) as client:
        get_job_status.sync(1, 2, client=client)
        assert repr(client) == f"Client('{server.url}')"
        assert KEY not in str(client)
    assert caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize("key", ["", f"{KEY}\n", f" {KEY}", f"{KEY}\u00e9", "a b"])
@pytest.mark.parametrize("name", ["api_key", "jwt_token"])
def test_a_key_that_no_header_can_hold_is_refused_at_once_and_not_shown(name: str, key: str) -> None:
    with pytest.raises(ValueError, match=f"^{name} must be printable ASCII") as raised:
        Client("http://127.0.0.1/v1", **{name: key})  # type: ignore[arg-type]
    assert KEY not in str(raised.value)


def test_two_keys_are_one_too_many() -> None:
    with pytest.raises(ValueError, match="not both"):
        Client("http://127.0.0.1/v1", api_key=KEY, jwt_token=KEY)


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1/v1", "ftp://127.0.0.1", "http://u:p@127.0.0.1", "http://127.0.0.1?k=v", "/v1"]
)
def test_a_base_url_that_cannot_be_right_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="base_url must look like"):
        Client(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1/v1", "http://127.0.0.1/v1/"])
def test_a_base_url_may_end_with_a_slash(url: str) -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=contract.content("job-running"))

    with Client(url, transport=httpx.MockTransport(answer)) as client:
        get_job_status.sync(1, 2, client=client)
    assert asked == ["http://127.0.0.1/v1/api/1/jobs/2/status"]


@pytest.mark.parametrize("variant", [KerasModelVariant.FLOAT32, "float32"])
def test_an_enum_may_be_given_as_member_or_string(variant: Any) -> None:
    assert get_classify_job_result_page.request(1, variant=variant)["params"] == {"variant": "float32"}


def test_a_value_that_no_enum_knows_is_sent_as_it_is() -> None:
    assert get_classify_job_result_page.request(1, variant="int4")["params"] == {"variant": "int4"}


def test_parameters_are_sent_as_the_contract_spells_them() -> None:
    request = get_classify_job_result_page.request(
        1,
        limit=0,
        truncate_structured_labels=False,
        min_frequency=62.5,
        search="",
        min_date=datetime.datetime(2025, 1, 2, 3, 4, 5, tzinfo=datetime.UTC),
        max_date=datetime.datetime(2025, 1, 2, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
    )

    assert request == {
        "method": "GET",
        "url": "/api/1/classify/all/result/page",
        "params": {
            "limit": "0",
            "truncateStructuredLabels": "false",
            "minFrequency": "62.5",
            "search": "",
            "minDate": "2025-01-02T03:04:05Z",
            "maxDate": "2025-01-02T00:00:00+02:00",
        },
    }
    sent = httpx.Request(request["method"], "http://127.0.0.1", params=request["params"]).url.params
    assert dict(sent) == request["params"]


def test_what_is_unset_or_none_is_not_sent() -> None:
    assert get_classify_job_result_page.request(1, limit=None)["params"] == {}  # type: ignore[arg-type]


def test_a_datetime_from_an_answer_is_sent_as_it_came() -> None:
    page = ClassifyJobResultPage.from_json(contract.content("page-documented"))
    added = page.result[0].sample.added
    assert added is not None
    request = get_classify_job_result_page.request(1, min_date=added)
    assert request["params"]["minDate"] == contract.example("page-documented")["result"][0]["sample"]["added"]


def test_a_datetime_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="^minDate: a datetime needs a time zone"):
        get_classify_job_result_page.request(1, min_date=datetime.datetime(2025, 1, 2))  # noqa: DTZ001


@pytest.mark.parametrize("project", ["", ".", ".."])
def test_a_path_parameter_cannot_lead_elsewhere(project: Any) -> None:
    with pytest.raises(ValueError, match="^project_id: "):
        get_job_status.request(project, 2)
    assert get_job_status.request("1/../2?x#y", 3)["url"] == "/api/1%2F..%2F2%3Fx%23y/jobs/3/status"  # type: ignore[arg-type]


def test_no_response_stays_an_error_of_httpx() -> None:
    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectTimeout("too slow", request=request)

    client = Client("http://127.0.0.1/v1", api_key=KEY, transport=httpx.MockTransport(fail))
    with client, pytest.raises(httpx.ConnectTimeout) as raised:
        get_job_status.sync(1, 2, client=client)
    assert KEY not in repr(raised.value)


class Transport(httpx.MockTransport):
    """Answers with a job, and notes when it is closed."""

    def __init__(self) -> None:
        answer = contract.content("job-running")
        super().__init__(lambda _request: httpx.Response(200, content=answer))
        self.closed: list[str] = []

    def close(self) -> None:
        self.closed.append("sync")

    async def aclose(self) -> None:
        self.closed.append("async")


@pytest.mark.parametrize(("calls", "closed"), [([], []), (["sync"], ["sync"]), (["async"], ["async"])])
def test_closing_a_client_closes_what_its_calls_have_opened(calls: list[str], closed: list[str]) -> None:
    transport = Transport()

    async def use() -> None:
        client = Client("http://127.0.0.1/v1", transport=transport, async_transport=transport)
        async with client:
            with client:
                if "sync" in calls:
                    assert get_job_status.sync(1, 2, client=client).success
                if "async" in calls:
                    assert (await get_job_status.asyncio(1, 2, client=client)).success
                assert transport.closed == []

    asyncio.run(use())
    assert transport.closed == closed
