"""What each fault of a server comes to with both clients, over real sockets, and what it costs in calls."""

from __future__ import annotations

import asyncio
import email.utils
import random
import threading
import time
from typing import TYPE_CHECKING, Any, Literal

import httpx
import pytest
from attrs import field, frozen

from ei_classify import (
    AsyncClassifyClient,
    AuthenticationError,
    CallTimeoutError,
    ClassifyClient,
    ConnectionFailedError,
    DecodeError,
    EiClassifyError,
    JobFailedError,
    JobTimeoutError,
    NoResultsError,
    NotFoundError,
    PermissionDeniedError,
    PollPolicy,
    RateLimitError,
    RedirectError,
    RefusedError,
    ResultsChangedError,
    RetryPolicy,
    ServerError,
)

from .fault_server import Answer, Asked, Fault, serving
from .project_data import example, page

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "ei_0123456789abcdef"
RETRIES = RetryPolicy(retries=2, backoff_s=0.01, max_wait_s=0.1, total_s=20)
POLLING = PollPolicy(first_wait_s=0.01, factor=1.0, max_wait_s=0.01, max_lag_s=0.2)
HTML = {"Content-Type": "text/html"}

Kind = Literal["sync", "async"]
kinds = pytest.mark.parametrize("kind", ["sync", "async"])


def read(kind: Kind, ids: list[int], url: str, options: dict[str, Any], **arguments: Any) -> None:
    """Read all results of project 1; the ids of their samples, as far as they come, are added to `ids`."""
    options = {"base_url": url, "retries": RETRIES, "polling": POLLING, "timeout": 5.0, **options}

    async def read_async() -> None:
        async with AsyncClassifyClient(KEY, **options) as client:
            async for outcome in client.results(1, **arguments):
                assert [each.sample_id for each in outcome.predictions] == [outcome.sample_id]
                ids.append(outcome.sample_id)

    if kind == "async":
        asyncio.run(read_async())
        return
    with ClassifyClient(KEY, **options) as client:
        for outcome in client.results(1, **arguments):
            assert [each.sample_id for each in outcome.predictions] == [outcome.sample_id]
            ids.append(outcome.sample_id)


def classify(kind: Kind, url: str, **arguments: Any) -> Any:
    options: dict[str, Any] = {"base_url": url, "retries": RETRIES, "polling": POLLING}

    async def classify_async() -> Any:
        async with AsyncClassifyClient(KEY, **options) as client:
            return await client.classify_sample(2, project_id=1, variants=["int8"], **arguments)

    if kind == "async":
        return asyncio.run(classify_async())
    with ClassifyClient(KEY, **options) as client:
        return client.classify_sample(2, project_id=1, variants=["int8"], **arguments)


def sound(asked: Asked, *, samples: int = 30, cap: int = 10**6, total: bool = True) -> Answer:
    ids = range(samples)[asked.offset : asked.offset + min(asked.limit, cap)]
    return Answer(page(ids, samples if total else None))


@frozen
class Case:
    """A server, what reading it comes to, and after how many calls."""

    answer: Callable[[Asked, int], Answer]
    calls: int
    error: type[EiClassifyError] | None = None
    message: str = ""
    read: int = 30
    tries: int = 0
    options: dict[str, Any] = field(factory=dict)


def first(answer: Answer, *, times: int = 1) -> Callable[[Asked, int], Answer]:
    """A sound server of 30 samples that gives another answer to the first calls."""
    return lambda asked, number: answer if number < times else sound(asked)


def broken(fault: Fault) -> Answer:
    return Answer(page(range(10), 30), fault=fault)


def always(answer: Answer) -> Callable[[Asked, int], Answer]:
    return lambda asked, number: answer


def second_page(answer: Answer) -> Callable[[Asked, int], Answer]:
    return lambda asked, number: answer if asked.offset else sound(asked)


def after(wait: str) -> Answer:
    return Answer(b"slow down", 429, {"Retry-After": wait})


SOON = email.utils.formatdate(time.time() + 3600, usegmt=True)
FAST = {"timeout": 0.2}
GIVES_UP = {"retries": RetryPolicy(retries=2, backoff_s=0.01, max_wait_s=60, total_s=5)}

CASES = {
    "sound": Case(lambda asked, number: sound(asked), 3),
    # Failures that may pass: tried again, and no sample is lost or doubled.
    "reset before the body, once": Case(first(broken("reset")), 4),
    "reset before the body, always": Case(
        always(broken("reset")), 3, ConnectionFailedError, "lost its connection", read=0, tries=3
    ),
    "reset inside the body, once": Case(first(broken("cut")), 4),
    "reset inside the body, twice": Case(first(broken("cut"), times=2), 5),
    "reset inside the body, always": Case(
        always(broken("cut")), 3, ConnectionFailedError, "lost its connection", read=0, tries=3
    ),
    "reset inside the second page, always": Case(
        second_page(broken("cut")), 4, ConnectionFailedError, "lost its connection", read=10, tries=3
    ),
    "cut JSON without a length, once": Case(first(broken("end")), 4),
    "cut JSON without a length, always": Case(
        always(broken("end")), 3, ConnectionFailedError, "lost its connection", read=0, tries=3
    ),
    "cut JSON with its length, always": Case(
        always(Answer(page(range(10), 30)[:-100])),
        3,
        ConnectionFailedError,
        "the answer ends early",
        read=0,
        tries=3,
    ),
    "an empty body, once": Case(first(Answer()), 4),
    "an empty body, always": Case(
        always(Answer()), 3, ConnectionFailedError, "the answer ends early", read=0, tries=3
    ),
    "HTML 502, once": Case(first(Answer(b"<html><title>Bad gateway</title></html>", 502, HTML)), 4),
    "HTML 502, always": Case(
        always(Answer(b"<html><title>Bad gateway</title></html>", 502, HTML)),
        3,
        ServerError,
        "failed with status 502, after 3 tries in .*'Bad gateway'",
        read=0,
        tries=3,
    ),
    "503, twice": Case(first(Answer(b"", 503, {}), times=2), 5),
    "504, always": Case(always(Answer(b"", 504, {})), 3, ServerError, "status 504", read=0, tries=3),
    "429 without Retry-After, once": Case(first(Answer(b"", 429, {})), 4),
    "429 with Retry-After in seconds, once": Case(first(after("100")), 4),
    "429 with Retry-After as a date, once": Case(first(after(SOON)), 4),
    "429 with a Retry-After that says nothing, once": Case(first(after("soon")), 4),
    "429, always": Case(always(after("1")), 3, RateLimitError, "status 429", read=0, tries=3),
    "429 with a wait beyond the time allowed": Case(
        always(after("30")), 1, RateLimitError, "status 429", read=0, tries=1, options=GIVES_UP
    ),
    "a body slower than the timeout, once": Case(first(broken("stall")), 4, options=FAST),
    "a body slower than the timeout, always": Case(
        always(broken("stall")), 3, CallTimeoutError, "in time", read=0, tries=3, options=FAST
    ),
    "a body that drips": Case(
        always(broken("drip")),
        1,
        CallTimeoutError,
        "the whole answer had not arrived",
        read=0,
        tries=1,
        options={"retries": RetryPolicy(total_s=0.3)},
    ),
    "a garbled compression, once": Case(
        first(
            Answer(page(range(10)), headers={"Content-Encoding": "gzip", "Content-Type": "application/json"})
        ),
        4,
    ),
    # Failures that stay: one call.
    "wrong key": Case(
        always(Answer(example("failure-unauthorized"), 401)),
        2,  # one of them asks what the key opens
        AuthenticationError,
        "was refused with status 401, after 1 try in .*'Invalid API key'.*EI_API_KEY",
        read=0,
        tries=1,
    ),
    "400": Case(always(Answer(example("failure-bad-request"), 400)), 1, RefusedError, "400", read=0, tries=1),
    "403": Case(always(Answer(b"{}", 403)), 2, PermissionDeniedError, "project", read=0, tries=1),
    "404": Case(always(Answer(b"nothing here", 404, HTML)), 1, NotFoundError, "404", read=0, tries=1),
    "500": Case(always(Answer(example("failure-server-error"), 500)), 1, ServerError, "500", read=0, tries=1),
    "failure in a 200": Case(
        always(Answer(example("failure-no-sample"))),
        1,
        RefusedError,
        "was refused, after 1 try in .*'No such sample in this project'",
        read=0,
        tries=1,
    ),
    "no results": Case(
        always(Answer(example("failure-no-results"))), 2, NoResultsError, "Run model testing", read=0, tries=1
    ),
    "no results, with a status of failure": Case(
        always(Answer(example("failure-no-results"), 400)), 2, NoResultsError, "400", read=0, tries=1
    ),
    "a web page in a 200": Case(
        always(Answer(b"<html><title>Log in</title></html>", 200, HTML)),
        1,
        DecodeError,
        "Log in",
        read=0,
        tries=1,
    ),
    "JSON of another form": Case(
        always(Answer(b'{"success": true, "result": [{"sampleId": 1}], "predictions": []}')),
        1,
        DecodeError,
        "cannot be read",
        read=0,
        tries=1,
    ),
    "redirect": Case(
        always(Answer(b"", 302, {"Location": "http://127.0.0.2:9/elsewhere"})),
        1,
        RedirectError,
        "redirected to 127.0.0.2",
        read=0,
        tries=1,
    ),
    # Pages.
    "no results at all": Case(lambda asked, number: sound(asked, samples=0), 1, read=0),
    "an empty page of an older server": Case(always(Answer(example("page-empty"))), 1, read=0),
    "capped pages": Case(lambda asked, number: sound(asked, cap=7), 5),
    "capped pages without a total": Case(lambda asked, number: sound(asked, cap=7, total=False), 6),
    "ignored offset": Case(
        lambda asked, number: Answer(page(range(10), 30)),
        2,
        ResultsChangedError,
        "ignores the offset 10",
        read=10,
    ),
    "changed total": Case(
        lambda asked, number: sound(asked, samples=30 + asked.offset),
        2,
        ResultsChangedError,
        "the total was 30 and is now 40",
        read=10,
    ),
}


@kinds
@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_fault_ends_in_every_sample_or_in_its_own_error(kind: Kind, case: Case) -> None:
    ids: list[int] = []
    with serving(case.answer) as server:
        arguments = {"page_size": 10, "concurrency": 1}
        if case.error is None:
            read(kind, ids, server.url, case.options, **arguments)
        else:
            with pytest.raises(case.error, match=f"(?s){case.message}") as caught:
                read(kind, ids, server.url, case.options, **arguments)
            if case.tries:
                assert caught.value.__cause__ is not None
                assert getattr(caught.value, "tries", None) == case.tries
    assert ids == list(range(case.read))
    assert len(server.asked) == case.calls


@kinds
def test_a_server_that_is_not_there_is_an_error(kind: Kind) -> None:
    with serving(lambda asked, number: Answer()) as server:
        pass
    with pytest.raises(ConnectionFailedError, match="could not connect") as caught:
        read(kind, [], server.url, {})
    assert caught.value.tries == 3


@kinds
@pytest.mark.parametrize("concurrency", [2, 4])
@pytest.mark.parametrize("name", ["sound", "capped pages", "capped pages without a total"])
def test_several_calls_at_once_give_the_same_sequence(kind: Kind, concurrency: int, name: str) -> None:
    case = CASES[name]
    ids: list[int] = []
    with serving(case.answer) as server:
        read(kind, ids, server.url, {}, page_size=10, concurrency=concurrency)
    assert ids == list(range(30))
    assert case.calls <= len(server.asked) <= case.calls + concurrency


class Project:
    """A server with a job: what the n-th call to classify, and the n-th look at the job, is answered with."""

    def __init__(self, calls: list[str], states: list[str]) -> None:
        self.calls, self.states = calls, states
        self.made, self.looked = 0, 0

    def __call__(self, asked: Asked, number: int) -> Answer:
        if asked.method == "POST":
            self.made += 1
            return Answer(example(self.calls[min(self.made, len(self.calls)) - 1]))
        self.looked += 1
        return Answer(example(self.states[min(self.looked, len(self.states)) - 1]))


@kinds
def test_a_job_is_followed_to_its_result(kind: Kind) -> None:
    project = Project(["job-started", "job-started", "variants-motion"], ["job-running", "job-finished"])
    states: list[bool] = []
    with serving(project) as server:
        answer = classify(kind, server.url, on_state=lambda job: states.append(bool(job.finished)))
    assert {result.variant for result in answer.results} == {"int8", "float32"}
    assert states == [False, True]
    assert [asked.method for asked in server.asked] == ["POST", "GET", "GET", "POST", "POST"]
    assert server.asked[0].query == server.asked[-1].query == {"variants": '["int8"]'}


@kinds
@pytest.mark.parametrize("fault", ["reset", "cut"])
def test_a_classification_is_tried_again_too(kind: Kind, fault: Fault) -> None:
    body = example("variants-motion")
    with serving(lambda asked, number: Answer(body, fault=None if number else fault)) as server:
        assert classify(kind, server.url).results
    assert [asked.method for asked in server.asked] == ["POST", "POST"]


@kinds
def test_a_job_that_fails_is_an_error(kind: Kind) -> None:
    with (
        serving(Project(["job-started"], ["job-running", "job-failed"])) as server,
        pytest.raises(JobFailedError, match="job 12873488112 of project 1"),
    ):
        classify(kind, server.url)
    assert len(server.asked) == 3


@kinds
def test_a_job_that_never_ends_is_left_and_taken_up_again(kind: Kind) -> None:
    project = Project(["job-started", "variants-motion"], ["job-running"])
    with serving(project) as server:
        with pytest.raises(JobTimeoutError) as caught:
            classify(kind, server.url, job_timeout_s=0.1)
        assert 3 <= len(server.asked) <= 13
        assert project.made == 1
        project.states = ["job-finished"]
        assert classify(kind, server.url, job_id=caught.value.job_id).results
        assert project.made == 2


@kinds
def test_a_handle_is_there_at_once_and_gives_states_and_result(kind: Kind) -> None:
    project = Project(["job-started", "variants-motion"], ["job-running", "job-running", "job-finished"])
    options: dict[str, Any] = {"polling": POLLING}

    async def follow_async(url: str) -> tuple[int | None, list[bool], Any, Any]:
        async with AsyncClassifyClient(KEY, base_url=url, **options) as client:
            pending = await client.classify_sample(2, project_id=1, variants=["int8"], wait=False)
            assert len(server.asked) == 1
            states = [bool(job.finished) async for job in pending.states()]
            job_id = pending.job_id
            return job_id, states, await pending.result(), await pending.result()

    def follow(url: str) -> tuple[int | None, list[bool], Any, Any]:
        with ClassifyClient(KEY, base_url=url, **options) as client:
            pending = client.classify_sample(2, project_id=1, variants=["int8"], wait=False)
            assert len(server.asked) == 1
            states = [bool(job.finished) for job in pending.states()]
            return pending.job_id, states, pending.result(), pending.result()

    with serving(project) as server:
        job_id, states, answer, again = (
            follow(server.url) if kind == "sync" else asyncio.run(follow_async(server.url))
        )
    assert (job_id, states) == (12873488112, [False, False, True])
    assert answer.results
    assert again is answer
    assert project.made == 2


@kinds
def test_a_classification_without_a_job_needs_one_call(kind: Kind) -> None:
    with serving(Project(["variants-motion"], [])) as server:
        assert classify(kind, server.url).results
        pending = classify(kind, server.url, wait=False)
        assert (pending.job_id, len(server.asked)) == (None, 2)


# Random schedules of faults, in memory and without waiting.

SAMPLES = 500
DOCUMENTED = (
    ConnectionFailedError,
    CallTimeoutError,
    DecodeError,
    RateLimitError,
    ServerError,
    AuthenticationError,
    RefusedError,
    ResultsChangedError,
)


class Schedule:
    """A server of 500 samples whose cap, size of page, totals and faults are drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.fault_rate = self.chance.choice([0.0, 0.05, 0.2, 0.5])
        self.breaks_for_good = self.chance.random() < 0.2
        self.cap = self.chance.choice([29, 50, 100, 1000])
        self.total = SAMPLES if self.chance.random() < 0.5 else None
        self.page_size = self.chance.choice([40, 100, 600])
        self.concurrency = self.chance.randrange(1, 6)
        self.calls = 0
        self.lock = threading.Lock()

    def answer(self, request: httpx.Request) -> httpx.Response:
        with self.lock:
            self.calls += 1
            assert self.calls < 3000
            fault = self.chance.random() < self.fault_rate
            kind = self.chance.randrange(9 if self.breaks_for_good else 7)
        offset, limit = (int(request.url.params[name]) for name in ("offset", "limit"))
        body = _PAGES(offset, min(limit, self.cap), self.total)
        headers = {"Content-Type": "application/json"}
        if not fault:
            return httpx.Response(200, content=body, headers=headers)
        match kind:
            case 0:
                raise httpx.ConnectError("refused", request=request)
            case 1:
                raise httpx.ReadTimeout("slow", request=request)
            case 2:
                return httpx.Response(200, stream=_CutBody(body, request), headers=headers)
            case 3:
                return httpx.Response(429, headers={"Retry-After": "0"})
            case 4:
                return httpx.Response(self.chance.choice([502, 503, 504]), html="<h1>Bad gateway</h1>")
            case 5:
                return httpx.Response(200, content=body[: len(body) // 2], headers=headers)
            case 6:
                raise httpx.RemoteProtocolError("closed", request=request)
            case 7:
                return httpx.Response(200, json={"success": False, "error": "Job is running"})
            case _:
                return httpx.Response(200, content=_PAGES(offset, 10, SAMPLES + 1), headers=headers)


class _CutBody(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes, request: httpx.Request) -> None:
        self._half, self._request = body[: len(body) // 2], request

    def __iter__(self) -> Any:
        yield self._half
        raise httpx.ReadError("reset", request=self._request)

    async def __aiter__(self) -> Any:
        for part in self:
            yield part


class _Pages:
    """Pages are made once: what is tested here is not how fast."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, int, int | None], bytes] = {}

    def __call__(self, offset: int, limit: int, total: int | None) -> bytes:
        key = (offset, limit, total)
        if key not in self._made:
            self._made[key] = page(range(SAMPLES)[offset : offset + limit], total, slim=True)
        return self._made[key]


_PAGES = _Pages()


@kinds
@pytest.mark.parametrize("batch", range(10))
def test_a_random_schedule_of_faults_ends_in_all_samples_or_one_documented_error(
    kind: Kind, batch: int
) -> None:
    policy = RetryPolicy(retries=3, backoff_s=0.0, total_s=60)
    ended: dict[bool, int] = {True: 0, False: 0}
    for seed in range(batch * 50, batch * 50 + 50):
        schedule = Schedule(seed)
        transport = httpx.MockTransport(schedule.answer)
        http = httpx.Client(transport=transport) if kind == "sync" else httpx.AsyncClient(transport=transport)
        ids: list[int] = []
        options = {"retries": policy, "http_client": http}
        arguments = {"page_size": schedule.page_size, "concurrency": schedule.concurrency}
        whole = True
        try:
            read(kind, ids, "https://studio.test/v1", options, **arguments)
        except DOCUMENTED:
            whole = False
        assert ids == list(range(SAMPLES if whole else len(ids))), f"seed {seed}"
        ended[whole] += 1
    assert all(ended.values()), "every batch should see both ends"
