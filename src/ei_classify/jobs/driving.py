"""Drives a state machine of jobs, sync or async: makes its calls, waits, and yields what it reports."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, TypeAlias

from ei_classify.errors import CallError

from .testing import Tell
from .watch import Report, Sleep

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator

    Steps: TypeAlias = Generator[Any, Any, None]
    """A state machine. `watch` and `testing` say which steps there are."""


def follow(steps: Steps, ask: Callable[[Any], object]) -> Iterator[Any]:
    """Yield the states of a job, and whatever else is to be told. `ask` makes the calls."""
    reply: object = None
    try:
        step = next(steps)
        while True:
            try:
                if isinstance(step, Report):
                    yield step.job
                elif isinstance(step, Tell):
                    yield step.what
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


async def follow_async(steps: Steps, ask: Callable[[Any], Awaitable[object]]) -> AsyncGenerator[Any, None]:
    """Yield the states of a job, like `follow`. `ask` is a coroutine function."""
    reply: object = None
    try:
        step = next(steps)
        while True:
            try:
                if isinstance(step, Report):
                    yield step.job
                elif isinstance(step, Tell):
                    yield step.what
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
