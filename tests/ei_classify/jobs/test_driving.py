from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from ei_classify_api.models import JobStatus

from ei_classify import NotFoundError
from ei_classify.jobs import GetStatus, RepeatCall, follow, follow_async
from ei_classify.jobs.watch import Report, Sleep
from tests.ei_classify.calling import Kind, kinds
from tests.ei_classify.project_data import example

if TYPE_CHECKING:
    from collections.abc import Generator

    from ei_classify_api.models import Job

    from ei_classify.jobs.watch import Step

JOB = JobStatus.from_json(example("job-running")).job
GONE = NotFoundError("was refused with status 404")


def drive(kind: Kind, steps: Generator[Step, object, None]) -> list[Job]:
    """The states that a driver hands out. Asked for a state it answers with `JOB`, asked again it fails."""

    def ask(question: GetStatus | RepeatCall) -> object:
        if isinstance(question, GetStatus):
            return JOB
        raise GONE

    async def ask_async(question: GetStatus | RepeatCall) -> object:
        return ask(question)

    async def collect() -> list[Job]:
        return [job async for job in follow_async(steps, ask_async)]

    return list(follow(steps, ask)) if kind == "sync" else asyncio.run(collect())


@kinds
def test_each_step_is_sent_its_outcome(kind: Kind) -> None:
    seen: list[object] = []

    def steps() -> Generator[Step, object, None]:
        before = yield Sleep(0)
        after = yield Sleep(0.01)
        assert isinstance(before, float)
        assert isinstance(after, float)
        assert after - before >= 0.01
        seen.append((yield GetStatus(7)))
        yield Report(JOB)
        try:
            yield RepeatCall()
        except NotFoundError as error:
            seen.append(error)
        yield Report(JOB)

    assert drive(kind, steps()) == [JOB, JOB]
    assert seen == [JOB, GONE]


@kinds
def test_an_error_that_the_watch_does_not_handle_is_raised(kind: Kind) -> None:
    def steps() -> Generator[Step, object, None]:
        yield RepeatCall()

    with pytest.raises(NotFoundError) as caught:
        drive(kind, steps())
    assert caught.value is GONE
