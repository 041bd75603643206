from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes, Studio, example

from .asking import STEERING, ManualClock, classify, get_job, get_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

TIMES = JobTimes(wait_s=10, run_s=60, lag_s=8)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def studio(clock: ManualClock) -> Iterator[Studio]:
    with Studio(clock=clock, job_times=TIMES) as studio:
        yield studio


@pytest.fixture
def client(studio: Studio) -> httpx.Client:
    return studio.client()


def slow_samples(client: httpx.Client) -> dict[str, int]:
    found = get_page(client, 1, limit=1000)["result"]
    return {
        "long": next(r["sampleId"] for r in found if r["sample"]["totalLengthMs"] == 40_000),
        "resampled": next(r["sampleId"] for r in found if r["sample"]["frequency"] == 5),
    }


@pytest.mark.parametrize("which", ["long", "resampled"])
def test_a_sample_that_takes_long_is_classified_by_a_job(
    client: httpx.Client, clock: ManualClock, which: str
) -> None:
    sample = slow_samples(client)[which]
    started = classify(client, 1, sample)
    assert started == {"success": True, "id": started["id"]}

    job = get_job(client, 1, started["id"])["job"]
    assert not job.keys() & {"started", "finished", "finishedSuccessful"}
    clock.advance(10)
    job = get_job(client, 1, started["id"])["job"]
    assert "started" in job
    assert not job.keys() & {"finished", "finishedSuccessful"}
    assert classify(client, 1, sample) == started, "the same call while the job runs names the same job"

    clock.advance(60)
    job = get_job(client, 1, started["id"])["job"]
    assert (job["finishedSuccessful"], job["computeTime"]) == (True, 60)
    assert classify(client, 1, sample) == started, "the result lags behind the job's end"
    clock.advance(8)
    result = classify(client, 1, sample)
    assert [one["variant"] for one in result["results"]] == ["float32", "int8"]
    assert classify(client, 1, sample) == result


def test_other_samples_are_classified_at_once(client: httpx.Client) -> None:
    assert "results" in classify(client, 1, 1001)


def test_other_variants_of_a_sample_are_other_work(client: httpx.Client) -> None:
    sample = slow_samples(client)["long"]
    both = classify(client, 1, sample)
    assert classify(client, 1, sample, variants='["int8", "float32"]') == both
    assert classify(client, 1, sample, variants='["int8"]')["id"] != both["id"]


def test_a_failed_job_says_so_and_the_next_call_starts_another(
    studio: Studio, client: httpx.Client, clock: ManualClock
) -> None:
    sample = slow_samples(client)["long"]
    studio.add_fault("job=fail,on=variants,times=1")
    first = classify(client, 1, sample)["id"]
    clock.advance(70)
    assert get_job(client, 1, first)["job"]["finishedSuccessful"] is False
    second = classify(client, 1, sample)["id"]
    assert second != first
    clock.advance(78)
    assert "results" in classify(client, 1, sample)


def test_a_vanished_job_is_not_known_any_more(
    studio: Studio, client: httpx.Client, clock: ManualClock
) -> None:
    sample = slow_samples(client)["long"]
    studio.add_fault("job=vanish,on=variants")
    job_id = classify(client, 1, sample)["id"]
    assert get_job(client, 1, job_id)["success"] is True
    clock.advance(10)
    assert get_job(client, 1, job_id) == example("failure-no-job")


def test_a_job_belongs_to_its_project(client: httpx.Client) -> None:
    job_id = classify(client, 1, slow_samples(client)["long"])["id"]
    assert get_job(client, 2, job_id) == example("failure-no-job")
    assert get_job(client, 1, 1) == example("failure-no-job")


def test_an_untested_project_has_results_once_its_classify_job_has_run(
    studio: Studio, client: httpx.Client, clock: ManualClock
) -> None:
    refusal = example("failure-no-results")
    assert get_page(client, 5) == refusal
    job = studio.start_classify_job(5)
    clock.advance(69)
    assert get_page(client, 5) == refusal
    clock.advance(1)
    assert get_job(client, 5, job.id)["job"]["finishedSuccessful"] is True
    assert get_page(client, 5) == refusal
    clock.advance(4)
    assert get_page(client, 5) == {"success": True, "result": [], "predictions": [], "totalCount": 0}
    clock.advance(4)
    assert get_page(client, 5)["totalCount"] == 118
    assert get_page(client, 5, category="training") == refusal


@pytest.mark.parametrize("outcome", ["fail", "vanish"])
def test_a_classify_job_that_does_not_succeed_leaves_no_results(
    studio: Studio, client: httpx.Client, clock: ManualClock, outcome: Any
) -> None:
    studio.start_classify_job(1, outcome=outcome)
    clock.advance(1000)
    assert get_page(client, 1) == example("failure-no-results")


def test_training_clears_the_results(studio: Studio, client: httpx.Client) -> None:
    studio.clear_results(1)
    assert get_page(client, 1) == get_page(client, 1, category="training") == example("failure-no-results")
    assert get_page(client, 2)["success"] is True


def test_what_cannot_be_classified_is_named(studio: Studio) -> None:
    with pytest.raises(LookupError, match="no project 99; there are 1, 2, 3, 4, 5, 6, 7, 8, 9"):
        studio.start_classify_job(99)
    with pytest.raises(LookupError, match="no samples in the category 'validation'"):
        studio.start_classify_job(2, "validation")
    with pytest.raises(LookupError, match="no project 99"):
        studio.clear_results(99)


def test_results_and_jobs_are_steered_over_http(client: httpx.Client, clock: ManualClock) -> None:
    control = "https://studio.test/control"
    client.headers.update(STEERING)
    started = client.post(f"{control}/projects/5/classify-job").json()
    assert get_job(client, 5, started["id"])["success"] is True
    clock.advance(1000)
    assert get_page(client, 5)["totalCount"] == 118
    assert client.delete(f"{control}/projects/5/results").json() == {"success": True}
    assert get_page(client, 5) == example("failure-no-results")
    for refused in (
        "99/classify-job",
        "5/classify-job?outcome=perhaps",
        "5/classify-job?category=validation",
    ):
        response = client.post(f"{control}/projects/{refused}")
        assert (response.status_code, response.json()["success"]) == (400, False)
    listed = client.get(f"{control}/projects").json()
    assert [(one["id"], one["apiKey"]) for one in listed][:1] == [(1, "ei_studio_key_1")]
