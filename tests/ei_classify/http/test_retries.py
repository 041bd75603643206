from __future__ import annotations

import logging

import httpx
import pytest

from ei_classify import (
    ConfigurationError,
    ConnectionFailedError,
    RetryPolicy,
)
from tests.ei_classify.calling import Kind, answer, call, client_of, kinds
from tests.ei_classify.project_data import page


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
