from __future__ import annotations

import asyncio
import logging

import httpx
import pytest
from ei_classify_api.api import Operation
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.models import JobStatus

from ei_classify import CallError, ConfigurationError, ConnectionFailedError, RateLimitError, RetryPolicy
from ei_classify.http import (
    DEFAULT_TIMEOUT,
    AsyncSender,
    Call,
    Secret,
    Sender,
    Settings,
    find_credentials,
)
from tests.ei_classify.calling import KEY, Handler, Kind, answer, call, client_of, kinds
from tests.ei_classify.project_data import example, page


@pytest.mark.parametrize(
    "policy", [{"backoff_s": -1}, {"max_wait_s": 0}, {"total_s": 0}, {"total_s": float("nan")}]
)
def test_a_retry_policy_that_makes_no_sense_is_refused(policy: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        RetryPolicy(**policy)  # type: ignore[arg-type]


@kinds
def test_retries_are_logged_in_detail(kind: Kind, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "ei_classify")
    answers = iter([httpx.Response(503, headers={"Retry-After": "1"}), answer(page([]))])
    call(kind, lambda request: next(answers), "page", 1, options={"retries": RetryPolicy(max_wait_s=0.02)})
    lines = [record.getMessage() for record in caplog.records if record.name == "ei_classify"]
    assert lines[0] == "try 2 follows in 0.02 s, after status 503"
    assert lines[-1].endswith("tries: 2")


@kinds
def test_the_text_of_a_transport_is_logged_visibly_and_without_the_key(
    kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    class WeirdError(httpx.ConnectError):
        def __repr__(self) -> str:
            return f"Weird\x1b[2J\n{self.args[0]}"

    def fail(request: httpx.Request) -> httpx.Response:
        raise WeirdError(request.headers["x-api-key"])

    caplog.set_level(logging.DEBUG, "ei_classify")
    with pytest.raises(ConnectionFailedError):
        call(kind, fail, "page", 1, options={"retries": RetryPolicy(retries=1, backoff_s=0.001)})
    lines = [record.getMessage() for record in caplog.records if record.name == "ei_classify"]
    assert lines[0].endswith(r"after Weird\x1b[2J\n[redacted]")
    assert all(line.isprintable() and KEY not in line for line in lines)


@kinds
@pytest.mark.parametrize(
    ("asked", "wait_s"),
    [("1.5", 1.5), (" 2 ", 2.0), ("0.25", 0.25), ("-1.5", None), ("1.5s", None), (".", None)],
)
def test_retry_after_may_have_a_fraction(kind: Kind, asked: str, wait_s: float | None) -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, headers={"Retry-After": asked})

    with pytest.raises(RateLimitError) as caught:
        call(kind, refuse, "page", 1, options={"retries": 0})
    assert caught.value.retry_after_s == wait_s


def test_a_wait_with_a_fraction_is_waited(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "ei_classify")
    answers = iter([httpx.Response(503, headers={"Retry-After": "0.05"}), answer(page([]))])
    call("sync", lambda request: next(answers), "page", 1)
    assert any("try 2 follows in 0.05 s" in record.getMessage() for record in caplog.records)


def test_a_certificate_that_does_not_fit_is_not_tried_again() -> None:
    import ssl

    def handle(request: httpx.Request) -> httpx.Response:
        try:
            raise ssl.SSLCertVerificationError("certificate has expired")
        except ssl.SSLCertVerificationError as error:
            raise httpx.ConnectError("TLS", request=request) from error

    with client_of(handle) as client, pytest.raises(ConnectionFailedError) as caught:
        client.page(1)
    assert caught.value.tries == 1


REPEATABLE = get_job_status.OPERATION
UNREPEATABLE = Operation("start", "POST", "/api/1/jobs", {JobStatus: ("success", "job")}, repeatable=False)
FAST = RetryPolicy(retries=2, backoff_s=0.001)


def send(kind: Kind, operation: Operation[JobStatus], handler: Handler) -> JobStatus:
    """The answer to a call of an operation, over a transport in memory."""
    settings = Settings(
        "https://studio.test/v1",
        find_credentials(Secret(KEY), Secret(None), Secret(None)),
        FAST,
        DEFAULT_TIMEOUT,
    )
    made = Call(operation, {"method": operation.method, "url": operation.path}, operation.read)
    transport = httpx.MockTransport(handler)

    async def send_async() -> JobStatus:
        async with httpx.AsyncClient(transport=transport) as http:
            return await AsyncSender(settings, http, owner="test").send(made)

    if kind == "async":
        return asyncio.run(send_async())
    with httpx.Client(transport=transport) as http:
        return Sender(settings, http, owner="test").send(made)


def failing(*failures: int | httpx.TransportError) -> tuple[Handler, list[httpx.Request]]:
    """A server that fails in these ways, one after the other, and then answers; and what it was sent."""
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        if len(sent) > len(failures):
            return answer(example("job-running"))
        failure = failures[len(sent) - 1]
        if isinstance(failure, int):
            return httpx.Response(failure)
        raise failure

    return handle, sent


@kinds
@pytest.mark.parametrize("failure", [429, 502, 503, 504, httpx.ReadTimeout("x"), httpx.ReadError("x")])
def test_a_call_that_may_be_repeated_is_sent_again(kind: Kind, failure: int | httpx.TransportError) -> None:
    handle, sent = failing(failure, failure)
    assert send(kind, REPEATABLE, handle).success
    assert len(sent) == 3


@kinds
@pytest.mark.parametrize("failure", [429, 502, 503, 504, httpx.ReadTimeout("x"), httpx.ReadError("x")])
def test_a_call_that_must_not_be_repeated_is_sent_once(
    kind: Kind, failure: int | httpx.TransportError
) -> None:
    handle, sent = failing(failure)
    with pytest.raises(CallError) as caught:
        send(kind, UNREPEATABLE, handle)
    assert (len(sent), caught.value.tries) == (1, 1)


@kinds
@pytest.mark.parametrize(
    "failure", [httpx.ConnectError("x"), httpx.ConnectTimeout("x"), httpx.PoolTimeout("x")]
)
def test_a_call_that_was_never_sent_is_sent_again(kind: Kind, failure: httpx.TransportError) -> None:
    handle, sent = failing(failure, failure)
    assert send(kind, UNREPEATABLE, handle).success
    assert len(sent) == 3


@kinds
def test_a_cut_answer_to_a_call_that_must_not_be_repeated_is_a_lost_connection(kind: Kind) -> None:
    handle, sent = failing()

    def cut(request: httpx.Request) -> httpx.Response:
        return answer(handle(request).content[:-20])

    with pytest.raises(ConnectionFailedError):
        send(kind, UNREPEATABLE, cut)
    assert len(sent) == 1


def test_the_contract_lets_every_operation_of_the_client_be_repeated() -> None:
    assert get_job_status.OPERATION.repeatable
    assert get_classify_job_result_page.OPERATION.repeatable
    assert classify_sample_for_variants.OPERATION.repeatable
