from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import httpx
import pytest

from ei_classify import (
    PermissionDeniedError,
    RetryPolicy,
)
from tests.ei_classify.calling import answer, client_of, our_threads, project
from tests.ei_classify.fault_server import Answer, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked


@pytest.mark.parametrize("concurrency", [2, 4])
def test_wrong_guesses_that_go_on_count_among_the_calls_under_way(concurrency: int) -> None:
    now, most, lock = 0, 0, threading.Lock()

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal now, most
        offset = int(request.url.params["offset"])
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.1 if offset % 7 == 3 else 0.005)
        with lock:
            now -= 1
        size = 10 if offset < 30 else 7
        return answer(page(range(150)[offset : offset + size], 150, slim=True))

    with client_of(handle) as client:
        ids = [each.sample_id for each in client.results(1, page_size=10, concurrency=concurrency)]
    assert ids == list(range(150))
    assert most == concurrency


def test_a_refusal_ends_the_calls_ahead() -> None:
    calls = []

    def handle(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params.get("offset", 1000))  # the question what the key opens has none
        calls.append(offset)
        return project(1000)(request) if offset < 30 else httpx.Response(403)

    with client_of(handle) as client, pytest.raises(PermissionDeniedError):
        list(client.results(1, page_size=10, concurrency=4))
    assert len([offset for offset in calls if offset < 1000]) <= 3 + 4


@pytest.mark.parametrize("leave", ["close", "with", "break"])
def test_leaving_early_leaves_no_thread_and_makes_no_further_call(leave: str) -> None:
    calls = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal calls
        calls += 1
        return project(1000)(request)

    with client_of(handle) as client:
        if leave == "break":
            for outcome in client.results(1, page_size=10, concurrency=4):
                if outcome.sample_id == 25:
                    break
        else:
            results = client.results(1, page_size=10, concurrency=4)
            for _ in range(26):
                next(results)
            results.close() if leave == "close" else results.__exit__(None, None, None)
            assert list(results) == []
        assert our_threads() == []
        made = calls
        time.sleep(0.05)
        assert calls == made <= 3 + 7


@pytest.mark.parametrize("where", ["waiting for a page", "at work on one"])
def test_ctrl_c_does_not_wait_for_a_server_that_has_gone_silent(where: str) -> None:
    def respond(asked: Asked, number: int) -> Answer:
        body = page(range(1000)[asked.offset : asked.offset + 10], 1000, slim=True)
        return Answer(body, fault="stall" if asked.offset >= 20 else None)

    last = 19 if where == "waiting for a page" else 15
    with serving(respond) as server:
        command = [sys.executable, "-c", ENDLESS, server.url, str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(last + 1)] == [f"{n}\n" for n in range(last + 1)]
            time.sleep(0.2)  # so that it is where it is to be interrupted
            began = time.monotonic()
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate()
    assert errors.splitlines()[-1] == "KeyboardInterrupt"
    assert time.monotonic() - began < 5, "the server itself hangs up after 10 s"


ENDLESS = """
import sys, time
from ei_classify import ClassifyClient
with ClassifyClient("ei_key", base_url=sys.argv[1]) as client:
    with client.results(1, page_size=10, concurrency=4) as results:
        for outcome in results:
            print(outcome.sample_id, flush=True)
            if outcome.sample_id == int(sys.argv[2]) < 19:
                time.sleep(60)
"""


@pytest.mark.parametrize("failure", ["status", "exception"])
def test_leaving_early_ends_a_wait_for_a_retry_without_another_try(failure: str) -> None:
    tries = 0

    def handle(request: httpx.Request) -> httpx.Response:
        nonlocal tries
        if request.url.params["offset"] != "20":
            return project(1000)(request)
        tries += 1
        waiting.set()
        if failure == "exception":
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(503, headers={"Retry-After": "50"})

    waiting = threading.Event()
    policy = RetryPolicy(backoff_s=50)
    started = time.monotonic()
    with (
        client_of(handle, retries=policy) as client,
        client.results(1, page_size=10, concurrency=4) as results,
    ):
        for _ in range(20):
            next(results)
        assert waiting.wait(5)
    assert our_threads() == []
    assert tries == 1
    assert time.monotonic() - started < 10
