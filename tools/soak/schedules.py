"""Random schedules of faults, also of drips in every phase. All samples are read, or one error says why."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import threading
import time
import typing
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from ei_classify import AsyncClassifyClient, ClassifyClient, EiClassifyError, RetryPolicy
from tests.ei_classify.fault_server import Answer, Fault, serving
from tests.ei_classify.project_data import page

if TYPE_CHECKING:
    from tests.ei_classify.fault_server import Asked

    from .tally import Tally

_SAMPLES: Final = 60
_FAULTS: Final = typing.get_args(Fault)
_STATUSES: Final = (401, 403, 404, 429, 500, 502, 503, 504)
_POLICY: Final = RetryPolicy(retries=2, backoff_s=0.01, max_wait_s=0.05, total_s=1.0)
_TIMEOUT_S: Final = 0.5
_SLACK_S: Final = 2.0
"""How much longer a call may take than its limit on a machine with other work."""
_AT_A_TIME: Final = 12


def run(tally: Tally) -> None:
    """Make the trials, several at a time, since most of them wait."""
    logging.getLogger("ei_classify").setLevel(logging.CRITICAL)
    threads = threading.active_count()
    with ThreadPoolExecutor(_AT_A_TIME) as pool:
        for trial in pool.map(lambda seed: _trial(seed, tally.until), list(tally.seeds())):
            if trial is not None:
                seed, outcome, fell, took_s = trial
                tally.add(seed, outcome, took_s)
                if fell:
                    tally.fall(fell)
    if threading.active_count() > threads:
        tally.fall(f"threads are left: {threading.enumerate()}")


class _Schedule:
    """A server whose sizes and faults are drawn from a seed."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._fault_rate = chance.choice((0.05, 0.2, 0.5))
        self._cap = chance.choice((7, 20, 1000))
        self._total = _SAMPLES if chance.random() < 0.5 else None
        self._lock = threading.Lock()
        self.page_size = chance.choice((20, 25, 100))
        self.concurrency = chance.randrange(1, 5)

    def answer(self, asked: Asked, _number: int) -> Answer:
        with self._lock:
            fault = self._chance.choice((*_FAULTS, *_STATUSES, "refused"))
            strikes = self._chance.random() < self._fault_rate
        body = self._body(asked)
        if not strikes:
            return Answer(body)
        if fault == "refused":
            return Answer(json.dumps({"success": False, "error": "Job is running"}).encode())
        if isinstance(fault, int):
            return Answer(b"<h1>no</h1>", fault, {"Content-Type": "text/html", "Retry-After": "0"})
        return Answer(body, fault=fault)

    def _body(self, asked: Asked) -> bytes:
        if "offset" not in asked.query:  # after a refusal: which project does the key belong to?
            return json.dumps({"success": True, "projects": []}).encode()
        ids = range(_SAMPLES)[asked.offset : asked.offset + min(asked.limit, self._cap)]
        return page(ids, self._total, slim=True)


def _trial(seed: int, until: float) -> tuple[int, str, str | None, float] | None:
    """Return the outcome of a trial, what fell, and how long it took in seconds; None if the time is over."""
    if time.monotonic() > until:
        return None
    chance = random.Random(seed)  # noqa: S311  # no secret
    schedule, is_async = _Schedule(chance), chance.random() < 0.5
    ids: list[int] = []
    begun = time.monotonic()
    with serving(schedule.answer) as server:
        options: dict[str, Any] = {"base_url": server.url, "retries": _POLICY, "timeout": _TIMEOUT_S}
        arguments = {"page_size": schedule.page_size, "concurrency": schedule.concurrency}
        try:
            if is_async:
                asyncio.run(_read_async(ids, options, arguments))
            else:
                _read(ids, options, arguments)
            outcome, fell = "read whole", None
        except EiClassifyError as error:
            outcome, fell = f"ended with {type(error).__name__}", None
        except BaseException as error:
            outcome, fell = "fell", repr(error)
        took_s = time.monotonic() - begun
        calls = len(server.asked)
    if ids != list(range(_SAMPLES if outcome == "read whole" else len(ids))):
        fell = f"samples are lost, doubled or out of order: {ids}"
    # Each page in turn takes at most the time limit of its call, as does the question after a refusal.
    if took_s > (len(ids) // 7 + 3) * _POLICY.total_s + _SLACK_S:
        fell = f"took {took_s:.1f} s for {calls} calls"
    return seed, outcome, fell, took_s


def _read(ids: list[int], options: dict[str, Any], arguments: dict[str, Any]) -> None:
    with ClassifyClient("key", **options) as client:
        for outcome in client.results(1, **arguments):
            ids.append(outcome.sample_id)  # noqa: PERF401  # those before a failure count


async def _read_async(ids: list[int], options: dict[str, Any], arguments: dict[str, Any]) -> None:
    async with AsyncClassifyClient("key", **options) as client:
        async for outcome in client.results(1, **arguments):
            ids.append(outcome.sample_id)  # noqa: PERF401  # those before a failure count
