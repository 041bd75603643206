"""Running model testing against the double: each trouble its own error, sync and async."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ei_classify_mocks import JobTimes, Studio
from ei_classify_mocks.studio import USER_TOKEN, api_key, read_only_key

import ei_classify
from ei_classify import AsyncClassifyClient, CallError, ClassifyClient, EiClassifyError, PollPolicy
from tests.ei_classify.calling import Kind, kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.jobs import Intent

QUICK = PollPolicy(first_wait_s=0.01, max_wait_s=0.02, max_lag_s=0.3)
TIMES = JobTimes(0.02, 0.08, 0.05)


def make_studio(*faults: str, times: JobTimes = TIMES, seed: int = 0) -> Studio:
    return Studio(faults=faults, job_times=times, seed=seed)


def run(kind: Kind, studio: Studio, **arguments: Any) -> dict[str | None, Any]:
    """Run model testing to its end: its log, states and the number of samples of each variant."""
    key, project, options = (arguments.pop(name, None) for name in ("key", "client_project", "options"))
    timeout_s = arguments.pop("timeout_s", 5)
    variants = arguments.get("variants") or [None]
    settings: dict[str, Any] = {
        "api_key": key or api_key(5),
        "base_url": studio.url,
        "polling": QUICK,
        "project_id": project,
        **(options or {}),
    }
    found: dict[str | None, Any] = {"log": [], "states": []}

    async def run_async() -> None:
        async with AsyncClassifyClient(http_client=studio.async_client(), **settings) as client:
            handle = await client.start_classify(**arguments)
            found["job_id"] = handle.job_id
            await handle.wait(
                timeout_s=timeout_s, on_state=found["states"].append, on_log=found["log"].append
            )
            for variant in variants:
                found[variant] = len([each async for each in handle.results(variant)])

    if kind == "async":
        asyncio.run(run_async())
        return found
    with ClassifyClient(http_client=studio.client(), **settings) as client:
        handle = client.start_classify(**arguments)
        found["job_id"] = handle.job_id
        handle.wait(timeout_s=timeout_s, on_state=found["states"].append, on_log=found["log"].append)
        for variant in variants:
            found[variant] = len(list(handle.results(variant)))
    return found


def starts(studio: Studio) -> int:
    return [request.operation for request in studio.requests].count("startClassifyJob")


@kinds
def test_a_project_without_results_has_them_afterwards(kind: Kind) -> None:
    with make_studio() as studio:
        found = run(kind, studio, variants=["int8", "float32"])
        assert (found["int8"], found["float32"], starts(studio)) == (118, 118, 1)
        assert found["log"][0] == "Waiting for a machine"
        assert found["log"][-1] == "Job completed"
        assert len(found["log"]) == len(set(found["log"])) == 43
        assert found["states"][-1].finished_successful


@kinds
@pytest.mark.parametrize("lag_s", [0.0, 0.2])
def test_results_that_lag_or_are_empty_for_a_while_are_waited_for(kind: Kind, lag_s: float) -> None:
    with make_studio(times=JobTimes(0.01, 0.05, lag_s)) as studio:
        assert run(kind, studio, key=api_key(1))[None] == 118


@kinds
def test_a_server_that_never_clears_is_believed_once_results_can_lag_no_more(kind: Kind) -> None:
    with make_studio("job=keep,on=start") as studio:
        assert run(kind, studio, key=api_key(1))[None] == 118


ERRORS: dict[str, tuple[str, str, list[str], dict[str, Any]]] = {
    "fails": ("JobFailedError", "out of memory", ["job=fail,on=start"], {}),
    "vanishes": ("JobNotFoundError", "not known", ["job=vanish,on=start"], {}),
    "never ends": (
        "JobTimeoutError",
        "has not finished after 0.2 s",
        ["job=hang,on=start"],
        {"timeout_s": 0.2},
    ),
    "no results": ("JobResultMissingError", "no result after", ["job=empty,on=start"], {}),
    "may not start": ("JobForbiddenError", "may only read", [], {"key": read_only_key(5)}),
    "unknown variant": ("UnknownVariantError", "float32, int8", [], {"variants": ["akida"]}),
    "unknown impulse": ("UnknownImpulseError", "No such impulse", [], {"impulse_id": 9}),
    "no data": ("NoDataError", "no samples in the category", [], {"category": "validation"}),
    "wrong project": ("WrongProjectError", "opens 5", [], {"project_id": 1}),
    "wrong key": ("AuthenticationError", "Invalid API key", [], {"key": "ei_wrong", "project_id": 1}),
    "answer lost": ("JobStartUnknownError", "active_jobs", ["truncate=0.5,on=start"], {}),
    "reset after": ("JobStartUnknownError", "lost its connection", ["reset=inside,on=start"], {}),
    "server error": ("JobStartUnknownError", "status 503", ["status=503,on=start"], {}),
    "limited": ("RateLimitError", "429", ["status=429,on=start"], {}),
    "several projects": (
        "ProjectUnknownError",
        "1 (Wrist motion), 2",
        [],
        {"options": {"api_key": None, "jwt_token": USER_TOKEN}},
    ),
}


@kinds
@pytest.mark.parametrize("case", ERRORS)
def test_each_trouble_is_its_own_error(kind: Kind, case: str) -> None:
    name, said, faults, arguments = ERRORS[case]
    with make_studio(*faults) as studio:
        with pytest.raises(EiClassifyError) as raised:
            run(kind, studio, **arguments)
        assert type(raised.value) is getattr(ei_classify, name)
        assert said in str(raised.value)
        assert starts(studio) <= 1


@kinds
def test_results_of_another_variant_only(kind: Kind) -> None:
    with make_studio() as studio:
        job_id = run(kind, studio, variants=["int8"])["job_id"]
        with pytest.raises(ei_classify.VariantMissingError, match="results of int8") as raised:
            run(kind, studio, job_id=job_id, variants=["float32"])
        assert (raised.value.variant, list(raised.value.available)) == ("float32", ["int8"])


@kinds
def test_a_second_run_is_refused_or_attached_to_the_first(kind: Kind) -> None:
    with make_studio(times=JobTimes(0.05, 0.5, 0.05)) as studio:
        job = studio.start_classify_job(5)
        with pytest.raises(ei_classify.JobActiveError) as raised:
            run(kind, studio)
        assert raised.value.job_id == job.id
        assert starts(studio) == 0
        found = run(kind, studio, attach=True)
        assert (found["job_id"], found[None], starts(studio)) == (job.id, 118, 0)


@kinds
def test_thresholds_that_changed_are_named_when_reading(kind: Kind) -> None:
    with make_studio() as studio:
        studio.change_thresholds(1)
        arguments: dict[str, Any] = {"api_key": api_key(1), "base_url": studio.url}

        def read() -> None:
            if kind == "sync":
                list(ClassifyClient(http_client=studio.client(), **arguments).results())
            else:
                asyncio.run(AsyncClassifyClient(http_client=studio.async_client(), **arguments).page())

        with pytest.raises(ei_classify.OutdatedResultsError, match="should_rerun_full_job") as raised:
            read()
        assert raised.value.remedy == "should_rerun_full_job"


@kinds
def test_a_question_that_would_only_explain_an_error_is_asked_once(kind: Kind) -> None:
    with make_studio("status=503,on=listProjects", "status=503,on=getClassifyJobResult") as studio:
        studio.clear_results(1)

        def read(key: str) -> None:
            arguments: dict[str, Any] = {"base_url": studio.url, "project_id": 1, "retries": 3}
            if kind == "sync":
                ClassifyClient(key, http_client=studio.client(), **arguments).page()
            else:
                asyncio.run(AsyncClassifyClient(key, http_client=studio.async_client(), **arguments).page())

        with pytest.raises(ei_classify.AuthenticationError):
            read(api_key(2))
        with pytest.raises(ei_classify.NoResultsError):
            read(api_key(1))
        asked = [request.operation for request in studio.requests]
        assert (asked.count("listProjects"), asked.count("getClassifyJobResult")) == (1, 1)


def test_the_key_s_project_is_asked_for_once_and_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    with make_studio() as studio:
        http = studio.client()
        with ClassifyClient(api_key(2), base_url=studio.url, http_client=http) as client:
            assert client.default_project() == 2
            assert len(list(client.results())) == 221
            assert client.page(limit=1).total_count == 221
        assert [each.operation for each in studio.requests].count("listProjects") == 1
        monkeypatch.setenv("EI_PROJECT_ID", "3")
        token: dict[str, Any] = {"bearer_token": USER_TOKEN, "base_url": studio.url, "http_client": http}
        assert ClassifyClient(**token).page(limit=1).total_count == 48
        assert ClassifyClient(project_id=2, **token).page(limit=1).total_count == 221
        assert ClassifyClient(project_id=2, **token).page(1, limit=1).total_count == 118
        monkeypatch.setenv("EI_PROJECT_ID", "three")
        with pytest.raises(ei_classify.ConfigurationError, match="EI_PROJECT_ID must be a whole number"):
            ClassifyClient(**token)


@pytest.mark.parametrize("own", [{"headers": {"x-api-key": api_key(1)}}, {"auth": "basic"}])
def test_an_http_client_with_its_own_credentials_needs_no_key(
    own: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EI_API_KEY", raising=False)

    class Auth(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Any:
            request.headers["authorization"] = f"Bearer {USER_TOKEN}"
            yield request

    options = {"auth": Auth()} if "auth" in own else own
    with make_studio() as studio:
        with ClassifyClient(base_url=studio.url, http_client=studio.client(**options)) as client:
            assert client.page(1, limit=1).total_count == 118
        with pytest.raises(ei_classify.ConfigurationError, match="no API key"):
            ClassifyClient(base_url=studio.url, http_client=studio.client())


def test_what_a_process_noted_before_its_end_leads_the_next_one_to_the_job() -> None:
    """At each moment of a start at which a process can end, the next one starts no second job."""

    class Killed(BaseException):
        pass

    for deadly in range(8):
        with make_studio(times=JobTimes(0, 0.02, 0)) as studio:
            notes: list[Intent] = []
            calls = 0

            def die_later(_response: httpx.Response, deadly: int = deadly) -> None:
                nonlocal calls
                calls += 1
                if calls > deadly:
                    raise Killed

            settings: dict[str, Any] = {"base_url": studio.url, "polling": QUICK, "project_id": 5}
            deathly = studio.client(event_hooks={"response": [die_later]})
            with contextlib.suppress(Killed):
                ClassifyClient(api_key(5), http_client=deathly, **settings).start_classify(
                    on_intent=notes.append
                )
            before = starts(studio)
            client = ClassifyClient(api_key(5), http_client=studio.client(), **settings)
            handle = client.start_classify(intent=notes[-1] if notes else None, on_intent=notes.append)
            assert len(list(handle.results())) == 118
            assert (before, starts(studio)) in [(0, 1), (1, 1)], deadly


def faulty_schedule(number: int) -> list[str]:
    """Faults at random for every operation."""
    chance = random.Random(number)
    kinds_of_fault: list[Callable[[], str]] = [
        lambda: f"status={chance.choice([408, 429, 500, 502, 503, 504])}",
        lambda: f"status=503,retry-after={chance.choice([0, 1])}",
        lambda: f"truncate={chance.choice([0, 0.3, 0.9])}",
        lambda: f"reset={chance.choice(['before', 'inside'])}",
        lambda: f"job={chance.choice(['fail', 'vanish', 'empty', 'keep'])}",
        lambda: "unknown-fields",
    ]
    where = [
        "",
        ",on=start",
        ",on=start",
        ",on=job",
        ",on=page",
        ",on=listActiveJobs",
        ",on=listFinishedJobs",
    ]
    return [
        f"{chance.choice(kinds_of_fault)()}{chance.choice(where)},p={chance.choice([0.1, 0.5, 1])}"
        f",skip={chance.choice([0, 0, 1, 3])}"
        for _ in range(chance.randint(1, 4))
    ]


def check_schedule(number: int) -> bool:
    """Run model testing under a schedule of faults: whether the results came."""
    times = JobTimes(0, 0.005, 0.002)
    policy = PollPolicy(first_wait_s=0.002, max_wait_s=0.004, max_lag_s=0.02)
    retries = ei_classify.RetryPolicy(retries=3, backoff_s=0.0001, max_wait_s=0.001, total_s=5)
    with make_studio(*faulty_schedule(number), times=times, seed=number) as studio:
        options = {"polling": policy, "retries": retries}
        came = False
        with contextlib.suppress(CallError, EiClassifyError):
            came = run("async" if number % 2 else "sync", studio, options=options)[None] > 0
        assert starts(studio) <= 1, faulty_schedule(number)
    return came


def test_no_schedule_of_faults_has_the_job_started_twice() -> None:
    outcomes = [check_schedule(number) for number in range(60)]
    assert 5 < sum(outcomes) < 55, "most would say little"
