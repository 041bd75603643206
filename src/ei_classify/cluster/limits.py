"""The limit of calls under way over a whole cluster, and the pauses that the server asks for.

Both are kept by the scheduler, and no clock of one machine is compared with another's.
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING, Final

import distributed

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK_EVERY_S: Final = 0.1
"""How often a worker looks whether a pause is over."""
_MANY: Final = 1 << 30


class CallLimit(distributed.WorkerPlugin):
    """Gives all tasks of a worker the same gate."""

    idempotent = True

    def __init__(self, name: str, calls: int) -> None:
        """Name the limit on the scheduler, and the number of calls that may be under way."""
        self.name = name
        self._calls = calls

    def setup(self, worker: distributed.Worker) -> None:
        """Start without a gate, which only a task can make."""
        self._making = threading.Lock()
        self._gate: ClusterGate | None = None

    def teardown(self, worker: distributed.Worker) -> None:
        """Release what the gate holds."""
        if self._gate is not None:
            self._gate.close()

    def gate(self) -> ClusterGate:
        """Return the gate. Call this in a task."""
        with self._making:
            if self._gate is None:
                self._gate = ClusterGate(self.name, self._calls, distributed.get_worker())
            return self._gate


class ClusterGate:
    """The gate that each call of a worker passes; see `ei_classify.http.CallGate`.

    A call that is under way has a lease of one semaphore, and a pause one of another. A worker renews its
    leases, and those of one that has ended run out.
    """

    def __init__(self, name: str, calls: int, member: distributed.Client | distributed.Worker) -> None:
        """Make a gate. `member` is what the scheduler is reached through."""
        here = {"scheduler_rpc": member.scheduler, "loop": member.loop}
        self._calls = distributed.Semaphore(calls, name, **here)
        self._pauses = distributed.Semaphore(_MANY, f"{name}-pauses", **here)
        self._pauses.register()
        self._pausing = threading.Lock()
        self._until = 0.0

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """Wait until fewer calls are under way than may be, and there is no pause."""
        self._calls.acquire()
        try:
            while self._pauses.get_value():
                time.sleep(LOOK_EVERY_S)
            yield
        finally:
            self._calls.release()

    def pause(self, seconds: float) -> None:
        """Let nobody pass for this time, on no worker."""
        with self._pausing:
            until = time.monotonic() + seconds
            if until <= self._until:
                return
            self._until = until
            self._pauses.acquire()
        timer = threading.Timer(seconds, self._pauses.release)
        timer.daemon = True
        timer.start()

    def close(self) -> None:
        """Stop to renew leases."""
        for each in (self._calls, self._pauses):
            each.refresh_callback.stop()

    def forget(self) -> None:
        """Remove the limit from the scheduler. No calls may be under way."""
        for each in (self._calls, self._pauses):
            each.close()
