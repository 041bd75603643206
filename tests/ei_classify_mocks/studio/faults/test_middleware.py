"""Each fault, seen with nothing between the test and the wire but a plain socket or plain httpx."""

from __future__ import annotations

import email.utils
import itertools
import json
import socket
import struct
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from ei_classify_mocks import Fault, JobTimes, Studio
from ei_classify_mocks.studio import HEADER, api_key
from ei_classify_mocks.studio.transport import InProcessTransport

from tests.ei_classify_mocks.studio.asking import STEERING, get_page, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = {"x-api-key": api_key(1)}
PAGE = "/api/1/classify/all/result/page?limit=20"
VARIANTS = "/api/1/classify/v2/1117/variants?variants=%5B%22int8%22%5D"


@pytest.fixture
def http(url: str) -> Iterator[httpx.Client]:
    """A plain httpx client over a real socket."""
    with httpx.Client(base_url=url, headers=KEY, timeout=10) as client:
        yield client


def ask_by_socket(
    url: str, fault: str, patience: float = 5, path: str = PAGE, key: str = KEY["x-api-key"]
) -> tuple[bytes, type[Exception] | None]:
    """All bytes that come back over a plain socket, and what ended them, None being an orderly end."""
    address = urlsplit(url)
    assert address.hostname
    assert address.port
    request = f"GET {address.path}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    request += f"x-api-key: {key}\r\n{HEADER}: {fault}\r\n\r\n"
    received: list[bytes] = []
    with socket.create_connection((address.hostname, address.port), timeout=patience) as connection:
        connection.sendall(request.encode())
        try:
            while part := connection.recv(65536):
                received.append(part)
        except OSError as error:
            return b"".join(received), type(error)
    return b"".join(received), None


def content_length(head: bytes) -> int:
    [line] = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    return int(line.split(b":")[1])


def test_latency(http: httpx.Client) -> None:
    assert http.get(PAGE).elapsed.total_seconds() < 0.25
    assert 0.3 <= http.get(PAGE, headers={HEADER: "latency=0.3"}).elapsed.total_seconds() < 2


def test_a_wait_ends_when_the_client_has_gone_and_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    with Studio(faults=["latency=30"]) as studio, studio.serving() as url, pytest.raises(httpx.ReadTimeout):
        httpx.get(url + PAGE, headers=KEY, timeout=0.2)
    assert time.monotonic() - began < 5
    assert capfd.readouterr() == ("", "")


def test_what_is_sent_during_a_wait_is_read_after_it(http: httpx.Client) -> None:
    late = http.post(VARIANTS, headers={HEADER: "latency=0.05"}, content=b"x" * 100_000)
    assert late.json()["success"] is True


def test_jitter_differs_from_request_to_request_and_not_from_run_to_run() -> None:
    def waits(seed: int) -> list[float]:
        waited: list[float] = []

        async def sleep(seconds: float) -> None:
            waited.append(seconds)

        with Studio(faults=["latency=1,jitter=2"], seed=seed) as studio:
            client = httpx.Client(
                transport=SleepingTransport(studio, sleep), base_url=studio.url, headers=KEY
            )
            for _ in range(20):
                client.get(PAGE)
        return waited

    assert waits(1) == waits(1) != waits(2)
    assert all(1 <= wait <= 3 for wait in waits(1))
    assert len(set(waits(1))) == 20


class SleepingTransport(httpx.BaseTransport):
    """Notes how long the application sleeps, and does not wait."""

    def __init__(self, studio: Studio, sleep: Any) -> None:
        self._studio, self._sleep = studio, sleep

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            await self._studio.app(scope | {"extensions": {"studio.sleep": self._sleep}}, receive, send)

        return InProcessTransport(app).handle_request(request)


def test_jitter_on_the_wire(http: httpx.Client) -> None:
    waits = [
        http.get(PAGE, headers={HEADER: "latency=0.05,jitter=0.1"}).elapsed.total_seconds() for _ in range(6)
    ]
    assert min(waits) >= 0.05
    assert max(waits) - min(waits) > 0.03


def test_too_many_requests_with_seconds(http: httpx.Client) -> None:
    response = http.get(PAGE, headers={HEADER: "status=429,retry-after=7"})
    assert (response.status_code, response.headers["retry-after"]) == (429, "7")
    assert response.json() == {"success": False, "error": "Too Many Requests"}
    assert "retry-after" not in http.get(PAGE, headers={HEADER: "status=429"}).headers


def test_too_many_requests_with_a_date(http: httpx.Client) -> None:
    response = http.get(PAGE, headers={HEADER: "status=429,retry-date=30"})
    until = email.utils.parsedate_to_datetime(response.headers["retry-after"])
    assert response.headers["retry-after"].endswith(" GMT"), "the form that HTTP has for dates"
    assert 25 < (until - datetime.now(UTC)).total_seconds() <= 30


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_errors_with_json_and_with_html(http: httpx.Client, status: int) -> None:
    response = http.get(PAGE, headers={HEADER: f"status={status}"})
    assert (response.status_code, response.headers["content-type"]) == (status, "application/json")
    assert response.json()["success"] is False
    response = http.get(PAGE, headers={HEADER: f"status={status},html"})
    assert (response.status_code, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert response.text.startswith("<html>")


def test_a_connection_reset_before_the_answer(url: str) -> None:
    assert ask_by_socket(url, "reset=before") == (b"", ConnectionResetError)


def test_a_connection_reset_inside_the_body(url: str) -> None:
    received, end = ask_by_socket(url, "reset=inside")
    head, _, body = received.partition(b"\r\n\r\n")
    assert end is ConnectionResetError
    assert head.startswith(b"HTTP/1.1 200")
    assert len(body) == content_length(head) // 2


@pytest.mark.ei_studio("scale:1000,windows=50")
def test_a_reset_inside_a_large_body_comes_after_what_was_sent_of_it(url: str) -> None:
    # What the kernel still holds when the connection is reset is lost, as in life.
    path = "/api/100/classify/all/result/page?limit=800"
    received, end = ask_by_socket(url, "reset=inside", path=path, key=api_key(100))
    head, _, body = received.partition(b"\r\n\r\n")
    assert end is ConnectionResetError
    assert 0.2 < len(body) / content_length(head) <= 0.5


def test_truncated_json_comes_as_a_whole_body(url: str, http: httpx.Client) -> None:
    received, end = ask_by_socket(url, "truncate=0.25")
    head, _, body = received.partition(b"\r\n\r\n")
    whole = http.get(PAGE).content
    assert end is None
    assert content_length(head) == len(body) == len(whole) // 4
    assert body == whole[: len(body)]
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)


def test_a_stalled_body(url: str) -> None:
    began = time.monotonic()
    received, end = ask_by_socket(url, "stall=30", patience=0.5)
    head, _, body = received.partition(b"\r\n\r\n")
    assert end is TimeoutError
    assert time.monotonic() - began < 5
    assert len(body) == content_length(head) // 2


def test_a_stalled_body_goes_on_in_the_end(http: httpx.Client) -> None:
    with http.stream("GET", PAGE, headers={HEADER: "stall=0.4"}) as response:
        arrivals = [time.monotonic() for _ in response.iter_raw(1)]
    assert max(two - one for one, two in itertools.pairwise(arrivals)) > 0.3
    assert len(arrivals) == int(response.headers["content-length"])


def test_an_ignored_offset(http: httpx.Client) -> None:
    first = ids(get_page(http, limit=5))
    http.headers[HEADER] = "offset-ignored"
    assert ids(get_page(http, limit=5, offset=50)) == first


def test_a_capped_limit(http: httpx.Client) -> None:
    http.headers[HEADER] = "limit-cap=7"
    page = get_page(http, limit=50)
    assert (len(page["result"]), page["totalCount"]) == (7, 118)
    assert len(get_page(http, limit=3)["result"]) == 3


def test_samples_that_appear_between_pages_come_twice(ei_studio: Studio, http: httpx.Client) -> None:
    every = ids(get_page(http, limit=1000))
    ei_studio.add_fault("appear=2")
    pages = [get_page(http, limit=5, offset=offset) for offset in (0, 5, 10, 15)]
    assert [page["totalCount"] for page in pages] == [116, 117, 118, 118]
    assert [ids(page) for page in pages] == [every[2:7], every[6:11], every[10:15], every[15:20]]


def test_samples_that_vanish_between_pages_are_skipped(ei_studio: Studio, http: httpx.Client) -> None:
    every = ids(get_page(http, limit=1000))
    ei_studio.add_fault("vanish=3")
    pages = [get_page(http, limit=5, offset=offset) for offset in (0, 5, 10)]
    assert [page["totalCount"] for page in pages] == [118, 115, 112]
    assert [ids(page) for page in pages] == [every[:5], every[8:13], every[16:21]]


def test_unknown_fields(http: httpx.Client) -> None:
    plain = get_page(http, limit=2)
    http.headers[HEADER] = "unknown-fields"
    grown = get_page(http, limit=2)
    places = [
        grown,
        grown["result"][0],
        grown["result"][0]["sample"],
        grown["result"][0]["classifications"][0],
        grown["result"][0]["classifications"][0]["learnBlock"],
        grown["predictions"][0],
    ]
    assert all("addedLater" in place for place in places)
    assert "addedLater" not in grown["result"][0]["sample"]["metadata"]
    assert "addedLater" not in grown["result"][0]["classifications"][0]["result"][0]
    assert without(grown, "addedLater") == plain


def without(value: Any, name: str) -> Any:
    if isinstance(value, dict):
        return {key: without(item, name) for key, item in value.items() if key != name}
    return [without(item, name) for item in value] if isinstance(value, list) else value


def test_unknown_enum_values(http: httpx.Client) -> None:
    http.headers[HEADER] = "unknown-enums"
    result = get_page(http, limit=1)["result"][0]
    assert result["sample"]["chartType"] == "chart-of-later-days"
    assert result["sample"]["category"] == "testing-of-later-days"
    assert result["sample"]["lastUpdatedBy"]["type"] == "user-of-later-days"
    assert result["classifications"][0]["learnBlock"]["type"] == "keras-of-later-days"
    assert result["sample"]["label"] == "standing"


@pytest.mark.parametrize("fault", ["job=fail", "job=vanish"])
def test_jobs_that_fail_or_vanish(fault: str) -> None:
    with (
        Studio(faults=[f"{fault},times=1"], job_times=JobTimes(0.02, 0.02, 0)) as studio,
        studio.serving() as url,
        httpx.Client(base_url=url, headers=KEY) as http,
    ):
        job_id = http.post(VARIANTS).json()["id"]
        time.sleep(0.1)
        status = http.get(f"/api/1/jobs/{job_id}/status").json()
        if fault == "job=fail":
            assert status["job"]["finishedSuccessful"] is False
        else:
            assert status == {"success": False, "error": "No such job in this project"}
        again = http.post(VARIANTS).json()["id"]
        assert again != job_id
        time.sleep(0.1)
        assert http.get(f"/api/1/jobs/{again}/status").json()["job"]["finishedSuccessful"] is True


def statuses(http: httpx.Client, count: int, **headers: str) -> list[int]:
    return [http.get(PAGE, headers=headers).status_code for _ in range(count)]


def test_a_fault_may_spare_the_first_requests_and_end_after_some(
    ei_studio: Studio, http: httpx.Client
) -> None:
    ei_studio.add_fault("status=503,skip=2,times=3")
    assert statuses(http, 7) == [200, 200, 503, 503, 503, 200, 200]
    ei_studio.add_fault("status=503,skip=2,times=3")
    assert statuses(http, 3) == [200, 200, 503], "a fault counts from when it was added"


def test_a_fault_in_a_header_counts_too(http: httpx.Client) -> None:
    assert statuses(http, 3, **{HEADER: "status=502,times=2"}) == [502, 502, 200]


def test_a_fault_may_be_kept_to_one_operation(ei_studio: Studio, http: httpx.Client) -> None:
    ei_studio.add_fault("status=500,on=job")
    assert http.get(PAGE).status_code == 200
    assert http.post(VARIANTS).status_code == 200
    assert http.get("/api/1/jobs/1001/status").status_code == 500


def test_chance_is_seeded() -> None:
    def run(seed: int) -> list[int]:
        with Studio(faults=["status=503,p=0.3"], seed=seed) as studio:
            return statuses(studio.client(headers=KEY), 100)

    assert run(1) == run(1) != run(2)
    assert 15 <= run(1).count(503) <= 45


def test_faults_come_together(http: httpx.Client) -> None:
    response = http.get(PAGE, headers={HEADER: "limit-cap=3; latency=0.1 ; unknown-fields"})
    assert response.elapsed.total_seconds() >= 0.1
    assert len(response.json()["result"]) == 3
    assert "addedLater" in response.json()


def test_each_request_and_its_faults_are_recorded_and_can_be_asked_for(
    ei_studio: Studio, http: httpx.Client, url: str
) -> None:
    http.get(PAGE)
    http.post(VARIANTS, headers={HEADER: "status=429,retry-after=1; latency=0.01"})
    ask_by_socket(url, "reset=before")
    control = url.removesuffix("/v1") + "/control/requests"
    asked = httpx.get(control, headers=STEERING).json()
    assert [(one["method"], one["operation"], one["status"], one["faults"]) for one in asked] == [
        ("GET", "getClassifyJobResultPage", 200, []),
        ("POST", "classifySampleForVariants", 429, ["status=429,retry-after=1", "latency=0.01"]),
        ("GET", "getClassifyJobResultPage", None, ["reset=before"]),
    ]
    assert asked[0]["query"] == "limit=20"
    assert [one["number"] for one in asked] == [one.number for one in ei_studio.requests] == [0, 1, 2]
    assert all(one["server_s"] > 0 for one in asked)
    assert httpx.delete(control, headers=STEERING).json() == {"success": True}
    assert ei_studio.requests == httpx.get(control, headers=STEERING).json() == []


def test_faults_are_set_over_http(ei_studio: Studio, http: httpx.Client, url: str) -> None:
    control = url.removesuffix("/v1") + "/control/faults"
    assert httpx.post(control, headers=STEERING, params={"fault": "status=503,times=1"}).status_code == 200
    assert httpx.get(control, headers=STEERING).json() == ["status=503,times=1"]
    assert ei_studio.faults == [Fault("status=503,times=1")]
    assert statuses(http, 2) == [503, 200]
    assert httpx.delete(control, headers=STEERING).status_code == 200
    assert ei_studio.faults == []
    refused = httpx.post(control, headers=STEERING, params={"fault": "explode"})
    assert (refused.status_code, refused.json()["success"]) == (400, False)


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("explode", "there is no fault 'explode'; there are latency, status"),
        ("", "there is no fault ''"),
        ("latency", "latency needs a value"),
        ("latency=soon", "latency=soon: could not convert"),
        ("latency=-1", "not between 0 and 3600"),
        ("status=200", "200 is not between 400 and 599"),
        ("reset=after", "'after' is none of before, inside"),
        ("unknown-fields=3", "takes no value"),
        ("latency=1,html", "no option 'html'; it has jitter, on, p, skip, times"),
        ("status=500,html=1", "html takes no value"),
        ("status=500,times", "times needs a value"),
        ("status=500,on=everything", "none of page, variants, job"),
        ("status=500,p=2", "2 is not between 0 and 1"),
    ],
)
def test_a_fault_that_is_not_written_so_is_refused_by_name(
    http: httpx.Client, spec: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Fault(spec)
    if spec:
        response = http.get(PAGE, headers={HEADER: spec})
        assert response.status_code == 400
        assert message in response.json()["error"] or "could not convert" in message


def test_a_client_that_resets_first_does_no_harm(url: str) -> None:
    address = urlsplit(url)
    connection = socket.create_connection((str(address.hostname), int(address.port or 0)))
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.sendall(f"GET {address.path}{PAGE} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    connection.close()
    assert httpx.get(url + PAGE, headers=KEY).status_code == 200
