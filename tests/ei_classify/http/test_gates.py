"""A gate that each try of a call passes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import httpx
import pytest

from ei_classify import ClassifyClient, RateLimitError, RetryPolicy

if TYPE_CHECKING:
    from collections.abc import Iterator


class Gate:
    """A gate that notes what happens."""

    def __init__(self) -> None:
        self.noted: list[object] = []

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        self.noted.append("in")
        yield
        self.noted.append("out")

    def pause(self, seconds: float) -> None:
        self.noted.append(seconds)


def client(gate: Gate, *answers: httpx.Response, policy: RetryPolicy) -> ClassifyClient:
    left = list(answers)
    http = httpx.Client(transport=httpx.MockTransport(lambda _request: left.pop(0)))
    return ClassifyClient("key", base_url="http://127.0.0.1", http_client=http, retries=policy, gate=gate)


PAGE = httpx.Response(200, json={"success": True, "result": [], "predictions": []})
POLICY = RetryPolicy(retries=1, backoff_s=0.001, max_wait_s=0.002)


def test_each_try_passes_and_a_demanded_wait_closes_the_gate_for_all() -> None:
    gate = Gate()
    busy = httpx.Response(429, headers={"Retry-After": "7"})
    with client(gate, busy, PAGE, policy=POLICY) as calling:
        calling.page(1)
    assert gate.noted == ["in", 0.002, "out", "in", "out"]  # at most the longest wait of the policy


def test_a_failure_that_demands_no_wait_pauses_nobody() -> None:
    gate = Gate()
    with client(gate, httpx.Response(503), PAGE, policy=POLICY) as calling:
        calling.page(1)
    assert gate.noted == ["in", "out", "in", "out"]


def test_the_wait_for_the_gate_is_no_time_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)

    class Slow(Gate):
        @contextlib.contextmanager
        def passing(self) -> Iterator[None]:
            nonlocal now
            now += 1000.0
            yield

    busy = [httpx.Response(429) for _ in range(2)]
    with (
        client(Slow(), *busy, policy=POLICY) as calling,
        pytest.raises(RateLimitError, match=r"after 2 tries in 0\.0 s"),
    ):
        calling.page(1)
