from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_api.models import ClassifiedSample, Job, JobStatus, StartedJob

from ei_classify import (
    ConnectionFailedError,
    JobError,
    JobFailedError,
    JobNotFoundError,
    JobResultMissingError,
    JobTimeoutError,
    NoResultsError,
    NotFoundError,
    PollPolicy,
    RefusedError,
)
from ei_classify.jobs.watch import GetStatus, JobWatch, RepeatCall, Report, Sleep, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

EXAMPLES = Path(__file__).parents[3] / "mocks" / "examples"
POLICY = PollPolicy(first_wait_s=1, factor=2, max_wait_s=8, max_lag_s=30)


def example(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return document


RUNNING, FINISHED, FAILED = (
    JobStatus.from_dict(example(f"job-{state}")).job for state in ("running", "finished", "failed")
)
ANSWER = ClassifiedSample.from_dict(example("variants-motion"))
STARTED = StartedJob.from_dict(example("job-started"))
ID = STARTED.id
OTHER = StartedJob(success=True, id=7)
NO_RESULTS = NoResultsError("was refused", answer="No model testing results found")


class World:
    """Carries out a watch's steps with scripted answers, on a clock of its own."""

    def __init__(
        self, states: Iterable[Job | Exception], answers: Iterable[Any] = (), *, call_s: float = 0.0
    ) -> None:
        self.states, self.answers = iter(states), iter(answers)
        self.call_s = call_s
        self.now = 1000.0
        self.waits: list[float] = []
        self.asked: list[int | str] = []
        self.reported: list[Job] = []

    def run(self, steps: Generator[Step, Any, None]) -> None:
        reply: Any = None
        send: Callable[[Any], Step] = steps.send
        for _ in range(10_000):
            try:
                step = send(reply)
            except StopIteration:
                return
            send, reply = steps.send, None
            match step:
                case Report(job):
                    self.reported.append(job)
                case Sleep(seconds):
                    assert seconds >= 0
                    if seconds:
                        self.waits.append(seconds)
                    self.now += seconds
                    reply = self.now
                case GetStatus(job_id):
                    self.asked.append(job_id)
                    reply = self._next(self.states)
                case RepeatCall():
                    self.asked.append("again")
                    reply = self._next(self.answers)
            if isinstance(reply, Exception):
                send = steps.throw
        pytest.fail("the watch never ends")

    def _next(self, script: Iterator[Any]) -> Any:
        self.now += self.call_s
        return next(script)


def forever(answer: Any) -> Any:
    return iter(lambda: answer, None)


def watch(timeout_s: float | None = 600.0) -> JobWatch:
    return JobWatch(1, ID, POLICY, timeout_s)


def test_a_job_is_looked_at_with_growing_waits_and_then_the_call_is_made_again() -> None:
    world, job = World([RUNNING] * 6 + [FINISHED], [ANSWER]), watch()
    world.run(job.result())
    assert job.answer is ANSWER
    assert world.waits == [1, 2, 4, 8, 8, 8]
    assert world.asked == [ID] * 7 + ["again"]
    assert world.reported == [RUNNING] * 6 + [FINISHED]


def test_a_job_that_is_over_at_the_first_look_costs_no_wait() -> None:
    world, job = World([FINISHED], [ANSWER]), watch()
    world.run(job.result())
    assert (job.answer, world.waits) == (ANSWER, [])


@pytest.mark.parametrize(
    "empty",
    [
        pytest.param(STARTED, id="the job again"),
        pytest.param(NO_RESULTS, id="no results"),
        pytest.param(
            ClassifiedSample.from_dict({**example("variants-motion"), "results": []}), id="no variant"
        ),
    ],
)
def test_the_lag_between_a_jobs_end_and_its_result_is_waited_out(empty: Any) -> None:
    world, job = World([FINISHED], [empty, empty, ANSWER]), watch()
    world.run(job.result())
    assert job.answer is ANSWER
    assert world.waits == [1, 2]

    world, job = World([FINISHED], forever(empty)), watch(None)
    with pytest.raises(JobResultMissingError, match="finished, but there is no result after 30 s") as caught:
        world.run(job.result())
    assert sum(world.waits) == 30
    assert caught.value.job_id == ID
    assert f"job_id={ID}" in str(caught.value)


def test_a_job_that_says_it_ended_but_not_how_is_taken_at_its_result() -> None:
    state = JobStatus.from_dict(example("job-finished")).job
    del (document := state.to_dict())["finishedSuccessful"]
    world, job = World([Job.from_dict(document)], [ANSWER]), watch()
    world.run(job.result())
    assert job.answer is ANSWER


def test_a_new_job_from_the_repeated_call_is_followed_in_turn() -> None:
    world, job = World([FINISHED, RUNNING, FINISHED], [OTHER, ANSWER]), watch()
    world.run(job.result())
    assert (job.answer, job.job_id) == (ANSWER, 7)
    assert world.asked == [ID, "again", 7, 7, "again"]


def test_new_jobs_without_end_are_no_result() -> None:
    jobs = (StartedJob(success=True, id=number) for number in range(1000))
    world = World(forever(FINISHED), jobs)
    with pytest.raises(JobResultMissingError):
        world.run(watch(None).result())


def test_a_failed_job_is_an_error_with_its_last_state() -> None:
    with pytest.raises(JobFailedError, match=f"job {ID} of project 1 ended without success") as caught:
        World([RUNNING, FAILED]).run(watch().result())
    assert (caught.value.job_id, caught.value.project_id, caught.value.job) == (ID, 1, FAILED)


@pytest.mark.parametrize("call_s", [0.0, 3.0])
def test_a_job_that_never_ends_is_left_at_the_deadline(call_s: float) -> None:
    world = World(forever(RUNNING), call_s=call_s)
    with pytest.raises(JobTimeoutError, match="has not finished after 20 s") as caught:
        world.run(watch(20).result())
    assert 1020 <= world.now <= 1020 + call_s
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.job is RUNNING
    assert f"job_id={ID}" in str(caught.value)


def test_the_deadline_also_ends_the_wait_for_a_result() -> None:
    world = World([RUNNING, FINISHED], forever(STARTED))
    with pytest.raises(JobTimeoutError, match="has finished without a result after 10 s"):
        world.run(watch(10).result())
    assert world.now == 1010


@pytest.mark.parametrize(
    "error",
    [
        NotFoundError("was refused with status 404", status=404),
        RefusedError("was refused", status=200, answer="No such job in this project"),
    ],
)
def test_a_vanished_job_is_an_error_with_its_cause(error: RefusedError) -> None:
    with pytest.raises(JobNotFoundError, match="is not known to the server") as caught:
        World([RUNNING, error]).run(watch().result())
    assert caught.value.__cause__ is error
    assert caught.value.job is RUNNING


@pytest.mark.parametrize("where", ["states", "answers"])
def test_a_failed_call_on_the_way_carries_the_jobs_id(where: str) -> None:
    error = ConnectionFailedError("could not connect")
    world = World([error]) if where == "states" else World([FINISHED], [error])
    with pytest.raises(ConnectionFailedError, match=f"while following job {ID}") as caught:
        world.run(watch().result())
    assert caught.value is error
    assert error.job_id == ID


def test_job_errors_can_be_pickled() -> None:
    error = JobTimeoutError("has not finished", job_id=3, project_id=1, job=RUNNING)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert isinstance(copy, JobError)
    assert (str(copy), copy.job_id, copy.job) == (str(error), 3, RUNNING)
