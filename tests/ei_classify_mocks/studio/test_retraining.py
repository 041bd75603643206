"""Training again: other models over the same samples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes, Studio, example

from .asking import STEERING, TESTED, ManualClock, classify, get_job, get_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

NO_RESULTS = example("failure-no-results")
SCALE = ("scale:64,windows=2,labels=3", "scale:64,kind=detection")
LONG = 1117  # a sample that takes a job


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def studio(clock: ManualClock) -> Iterator[Studio]:
    with Studio(*SCALE, clock=clock, job_times=JobTimes(1, 1, 0)) as studio:
        yield studio


@pytest.fixture
def client(studio: Studio) -> httpx.Client:
    return studio.client()


def whole(client: httpx.Client, project_id: int, variant: str = "int8") -> Any:
    return get_page(client, project_id, limit=1000, variant=variant)


def test_the_next_run_of_model_testing_brings_the_results_of_the_new_model(
    studio: Studio, client: httpx.Client, clock: ManualClock
) -> None:
    before = whole(client, 1)
    studio.retrain(1)
    assert whole(client, 1) == NO_RESULTS
    studio.start_classify_job(1)
    clock.advance(2)
    after = whole(client, 1)
    assert after["predictions"] != before["predictions"]


@pytest.mark.parametrize("variant", ["float32", "int8"])
@pytest.mark.parametrize("project_id", [*TESTED, 5, 100, 101])
def test_another_training_puts_out_other_scores_for_the_same_samples(
    studio: Studio, client: httpx.Client, clock: ManualClock, project_id: int, variant: str
) -> None:
    studio.start_classify_job(5)
    clock.advance(2)
    with Studio(*SCALE, retrained=[project_id]) as other:
        if project_id == 5:  # not yet tested, whichever model it has
            assert whole(other.client(), 5) == NO_RESULTS
            return
        before, after = whole(client, project_id, variant), whole(other.client(), project_id, variant)
    assert [one["sample"] for one in after["result"]] == [one["sample"] for one in before["result"]]
    scores = [[one["classifications"][0]["result"] for one in page["result"]] for page in (before, after)]
    found = [
        [one["classifications"][0].get("structuredResult") for one in page["result"]]
        for page in (before, after)
    ]
    assert scores[0] != scores[1] or found[0] != found[1]
    assert after["totalCount"] == before["totalCount"]


def test_two_trainings_of_a_stored_project_take_turns(studio: Studio, client: httpx.Client) -> None:
    first = classify(client, 1, 1001)
    studio.retrain(1)
    second = classify(client, 1, 1001)
    studio.retrain(1)
    assert classify(client, 1, 1001) == first != second


def test_each_training_of_a_generated_project_is_another_one(studio: Studio, client: httpx.Client) -> None:
    answers = []
    for _ in range(3):
        answers.append(classify(client, 100, 1))
        studio.retrain(100)
    assert all(answers.count(answer) == 1 for answer in answers)


def test_a_long_sample_is_classified_by_a_new_job(
    studio: Studio, client: httpx.Client, clock: ManualClock
) -> None:
    job_id = classify(client, 1, LONG)["id"]
    clock.advance(2)
    assert get_job(client, 1, job_id)["job"]["finishedSuccessful"] is True
    before = classify(client, 1, LONG)["results"]
    studio.retrain(1)
    assert classify(client, 1, LONG)["id"] > job_id
    clock.advance(2)
    assert classify(client, 1, LONG)["results"] != before


def test_other_projects_and_other_studios_keep_their_models(studio: Studio, client: httpx.Client) -> None:
    before = whole(client, 2)
    studio.retrain(1)
    assert whole(client, 2) == before
    with Studio() as other:
        assert whole(other.client(), 1)["success"] is True


def test_it_is_asked_for_over_http(client: httpx.Client) -> None:
    control = "https://studio.test/control/projects"
    assert client.post(f"{control}/1/retrain", headers=STEERING).json() == {"success": True}
    assert whole(client, 1) == NO_RESULTS
    refused = client.post(f"{control}/99/retrain", headers=STEERING)
    assert (refused.status_code, refused.json()["success"]) == (400, False)
    assert "there is no project 99" in refused.json()["error"]


def test_a_project_that_there_is_not_is_named(studio: Studio) -> None:
    with pytest.raises(LookupError, match="no project 99; there are 1, 2"):
        studio.retrain(99)
    with pytest.raises(ValueError, match="cannot be retrained: there is no project 99"):
        Studio(retrained=[99])
