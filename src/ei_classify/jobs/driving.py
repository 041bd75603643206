"""Drives a `JobWatch`: makes its calls and waits, sync or async, and hands out the states of the job."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, TypeAlias

from ei_classify.errors import CallError

from .watch import Report, Sleep

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator

    from ei_classify_api.models import Job

    from .watch import GetStatus, RepeatCall, Step

    Steps: TypeAlias = Generator[Step, Any, None]
    Question: TypeAlias = GetStatus | RepeatCall


def follow(steps: Steps, ask: Callable[[Question], object]) -> Iterator[Job]:
    """The states of a job, as a watch reports them; `ask` makes the calls."""
    reply: object = None
    try:
        step = next(steps)
        while True:
            try:
                if isinstance(step, Report):
                    yield step.job
                elif isinstance(step, Sleep):
                    time.sleep(step.seconds)
                    reply = time.monotonic()
                else:
                    reply = ask(step)
            except CallError as error:
                step = steps.throw(error)
            else:
                step = steps.send(reply)
    except StopIteration:
        return


async def follow_async(
    steps: Steps, ask: Callable[[Question], Awaitable[object]]
) -> AsyncGenerator[Job, None]:
    """`follow` for asyncio."""
    reply: object = None
    try:
        step = next(steps)
        while True:
            try:
                if isinstance(step, Report):
                    yield step.job
                elif isinstance(step, Sleep):
                    await asyncio.sleep(step.seconds)
                    reply = asyncio.get_running_loop().time()
                else:
                    reply = await ask(step)
            except CallError as error:
                step = steps.throw(error)
            else:
                step = steps.send(reply)
    except StopIteration:
        return
