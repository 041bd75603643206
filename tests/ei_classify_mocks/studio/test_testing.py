"""Model testing in the double: its jobs, their logs, and what becomes of the results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes, Studio, example
from ei_classify_mocks.studio import CONTROL_HEADER, USER_TOKEN, api_key, read_only_key

from .asking import TESTED, ManualClock, get_job, get_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

NO_RESULTS = example("failure-no-results")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def studio(clock: ManualClock) -> Iterator[Studio]:
    with Studio(clock=clock, job_times=JobTimes(wait_s=10, run_s=60, lag_s=8)) as studio:
        yield studio


@pytest.fixture
def client(studio: Studio) -> httpx.Client:
    return studio.client(headers={"x-api-key": api_key(1)})


def start(client: httpx.Client, project_id: int = 1, key: str | None = None, **options: Any) -> Any:
    query = options.pop("query", {})
    headers = {"x-api-key": key or api_key(project_id)}
    return client.post(f"/api/{project_id}/jobs/classify", params=query, json=options, headers=headers).json()


def get(client: httpx.Client, path: str, **query: Any) -> Any:
    return client.get(f"/api/1/{path}", params=query).json()


def test_results_are_cleared_while_the_job_runs_and_there_when_it_has_ended(
    client: httpx.Client, clock: ManualClock
) -> None:
    assert get_page(client)["totalCount"] == 118
    job_id = start(client)["id"]
    assert get_page(client) == NO_RESULTS
    clock.advance(70)
    assert get_job(client, 1, job_id)["job"]["finishedSuccessful"] is True
    assert get_page(client) == NO_RESULTS
    clock.advance(4)
    assert get_page(client)["result"] == []
    clock.advance(4)
    assert get_page(client)["totalCount"] == 118


def test_a_variant_that_was_not_run_is_refused(client: httpx.Client, clock: ManualClock) -> None:
    start(client, modelVariants=["int8"])
    clock.advance(100)
    assert get_page(client, variant="int8")["totalCount"] == 118
    assert get_page(client, variant="float32") == NO_RESULTS
    assert get(client, "classify/all/result", variant="int8")["availableVariants"] == ["int8"]
    assert [one["variant"] for one in get(client, "classify/all/metrics")["metrics"]] == ["int8"]


def test_another_impulse_keeps_its_results(client: httpx.Client) -> None:
    start(client, query={"impulseId": 2})
    assert get_page(client)["totalCount"] == 118
    assert get_page(client, impulseId=2) == NO_RESULTS


def test_a_second_job_is_refused_while_one_runs(client: httpx.Client, clock: ManualClock) -> None:
    job_id = start(client)["id"]
    assert str(job_id) in start(client)["error"]
    assert [job["id"] for job in get(client, "jobs")["jobs"]] == [job_id]
    assert get(client, "jobs/history")["jobs"] == []
    clock.advance(70)
    assert get(client, "jobs")["jobs"] == []
    assert [job["id"] for job in get(client, "jobs/history")["jobs"]] == [job_id]
    second = start(client)["id"]
    assert second != job_id
    clock.advance(70)
    assert [job["id"] for job in get(client, "jobs/history", limit=1)["jobs"]] == [second]


def test_the_log_grows_and_shows_the_newest_line_first(client: httpx.Client, clock: ManualClock) -> None:
    job_id = start(client, modelVariants=["int8"])["id"]
    log: list[Any] = []
    for _ in range(8):
        answer = get(client, f"jobs/{job_id}/stdout")
        lines = answer["stdout"][::-1]
        assert answer["totalCount"] == len(lines)
        assert lines[: len(log)] == log, "earlier lines stay"
        log = lines
        clock.advance(10)
    texts = [line["data"] for line in log]
    assert texts[:2] == ["Waiting for a machine\n", "Job started\n"]
    assert texts[-2:] == ["Classifying with int8: 118 of 118\n", "Job completed\n"]
    assert [line["data"] for line in get(client, f"jobs/{job_id}/stdout", limit=1)["stdout"]] == texts[-1:]


def test_a_cancelled_job_ends_at_once_without_results(client: httpx.Client, clock: ManualClock) -> None:
    job_id = start(client)["id"]
    clock.advance(15)
    assert client.post(f"/api/1/jobs/{job_id}/cancel").json() == {"success": True}
    assert get_job(client, 1, job_id)["job"]["finishedSuccessful"] is False
    log = [line["data"] for line in get(client, f"jobs/{job_id}/stdout")["stdout"]]
    assert log[0] == "Job cancelled\n"
    assert not any("118 of 118" in line for line in log)
    clock.advance(1000)
    assert get_page(client) == NO_RESULTS
    assert get(client, "jobs")["jobs"] == []
    assert "id" in start(client)


@pytest.mark.parametrize(
    ("outcome", "successful"),
    [("fail", False), ("empty", True), ("keep", True), ("hang", None), ("vanish", None)],
)
def test_a_job_ends_as_the_fault_says(
    studio: Studio, client: httpx.Client, clock: ManualClock, outcome: str, successful: bool | None
) -> None:
    studio.add_fault(f"job={outcome},on=start")
    job_id = start(client)["id"]
    assert (get_page(client) == NO_RESULTS) is (outcome != "keep")
    clock.advance(1000)
    status = get_job(client, 1, job_id)
    assert status.get("job", {}).get("finishedSuccessful") is successful
    assert status["success"] is (outcome != "vanish")
    page = get_page(client)
    assert page.get("totalCount") == {"keep": 118, "empty": 0}.get(outcome)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"modelVariants": ["akida"]}, "no such variant"),
        ({"query": {"impulseId": 9}}, "No such impulse"),
        ({"query": {"category": "validation"}}, "no samples in the category"),
    ],
)
def test_what_cannot_be_run_is_refused(client: httpx.Client, options: Any, said: str) -> None:
    answer = start(client, **options)
    assert (answer["success"], said in answer["error"]) == (False, True), answer
    assert get(client, "jobs")["jobs"] == []


def test_a_key_that_may_only_read_starts_nothing(client: httpx.Client) -> None:
    answer = client.post("/api/1/jobs/classify", json={}, headers={"x-api-key": read_only_key(1)})
    assert (answer.status_code, answer.json()["success"]) == (403, False)
    assert get_page(client)["totalCount"] == 118


def test_the_accuracy_is_that_of_the_predictions(studio: Studio) -> None:
    for project_id in (1, 3, 4):
        client = studio.client(headers={"x-api-key": api_key(project_id)})
        whole = client.get(f"/api/{project_id}/classify/all/result").json()
        right = [each["predictionCorrect"] for each in whole["predictions"]]
        assert whole["accuracy"]["totalSummary"] == {"good": sum(right), "bad": len(right) - sum(right)}
        assert whole["accuracy"]["accuracyScore"] == pytest.approx(100 * sum(right) / len(right))
        page = client.get(f"/api/{project_id}/classify/all/result/page?limit=1000").json()
        assert (whole["result"], whole["predictions"]) == (page["result"], page["predictions"])
        cells = whole["accuracy"]["confusionMatrixValues"]
        assert sum(sum(row.values()) for row in cells.values()) == len(right)


def test_the_squared_error_of_a_regression(studio: Studio) -> None:
    client = studio.client(headers={"x-api-key": api_key(2)})
    whole = client.get("/api/2/classify/all/result").json()
    errors = [float(each["label"]) - float(each["prediction"]) for each in whole["predictions"]]
    assert whole["accuracy"]["mseScore"] == pytest.approx(sum(error**2 for error in errors) / len(errors))


def test_changed_thresholds_drop_the_results_until_the_next_job(
    studio: Studio, client: httpx.Client, clock: ManualClock
) -> None:
    control = "https://studio.test/control/projects/1/thresholds"
    assert client.post(control, headers={CONTROL_HEADER: "1"}).json() == {"success": True}
    assert get_page(client) == NO_RESULTS
    whole = get(client, "classify/all/result")
    assert (whole["result"], whole["noResultsBecauseThresholdsChanged"]) == ([], "should_rerun_full_job")
    start(client, skipFeatureGeneration=True)
    clock.advance(100)
    assert get_page(client)["totalCount"] == 118
    assert "noResultsBecauseThresholdsChanged" not in get(client, "classify/all/result")
    with pytest.raises(LookupError, match="no project 99"):
        studio.change_thresholds(99)


def test_a_key_names_its_project_and_a_token_all(studio: Studio) -> None:
    client = studio.client()

    def listed(**headers: str) -> list[int]:
        answer = client.get(
            "/api/projects", headers={name.replace("_", "-"): text for name, text in headers.items()}
        )
        return [project["id"] for project in answer.json().get("projects", [])]

    assert listed(x_api_key=api_key(3)) == [3]
    assert (
        listed(x_jwt_token=USER_TOKEN) == listed(authorization=f"Bearer {USER_TOKEN}") == sorted([*TESTED, 5])
    )
    assert listed(x_api_key="ei_wrong") == listed() == listed(authorization=f"Basic {USER_TOKEN}") == []


def test_the_variants_of_a_project(client: httpx.Client) -> None:
    variants = get(client, "model-variants")["modelVariants"]
    assert [(each["variant"], each["isReferenceVariant"]) for each in variants] == [
        ("float32", True),
        ("int8", False),
    ]
    assert get(client, "model-variants", impulseId=9)["success"] is False
