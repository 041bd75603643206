"""The faults of a Studio, and which of them strike a request."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .fault import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_mocks.studio.operations.table import Handler

    from .base import FaultKind


_LONGEST_WRITTEN = 1000
_MOST_COUNTED = 1000


@dataclass(frozen=True)
class Strike:
    """A fault that strikes a request.

    Attributes:
        spec: The fault as it is written.
        kind: What it does.
        turn: How many requests the fault has concerned before this one.
        chance: Numbers that are the same for each request in every Studio with the same seed.
    """

    spec: str
    kind: FaultKind
    turn: int
    chance: random.Random


@dataclass
class _Counted:
    fault: Fault
    turns: int = 0


class Faults:
    """The faults of a Studio, and the count of requests that each has concerned."""

    def __init__(self, faults: Sequence[Fault | str] = (), seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._seed = seed
        self._standing: list[_Counted] = []
        self._asked: dict[Fault, _Counted] = {}
        for fault in faults:
            self.add(fault)

    def standing(self) -> list[Fault]:
        """The faults that may strike any request."""
        return [counted.fault for counted in self._standing]

    def add(self, fault: Fault | str) -> Fault:
        """Let a fault strike from now on; it counts the requests from now on, too.

        Raises:
            ValueError: The fault is not written as it must be.
        """
        made = fault if isinstance(fault, Fault) else Fault(fault)
        with self._lock:
            self._standing.append(_Counted(made))
        return made

    def clear(self) -> None:
        """Let no more faults strike, and reset all counts."""
        with self._lock:
            self._standing.clear()
            self._asked.clear()

    def striking(self, operation_id: str | None, handler: Handler | None, written: str = "") -> list[Strike]:
        """The faults that strike a request: those of the Studio, then those written in its header.

        Args:
            operation_id: The operation that is called; None if the request calls none, and meets no fault.
            handler: What carries out the operation.
            written: Faults, separated by semicolons.

        Raises:
            ValueError: A fault in the header is not written as it must be, or the header is too long.
        """
        if len(written) > _LONGEST_WRITTEN:
            raise ValueError(f"it has {len(written)} characters, and may have {_LONGEST_WRITTEN}")
        asked = [Fault(spec) for spec in written.split(";") if spec.strip()]
        strikes = []
        with self._lock:
            counted = [self._count(fault) for fault in asked]
            for one in [*self._standing, *counted]:
                fault, turn = one.fault, one.turns
                if operation_id is None or not fault.concerns(operation_id, handler):
                    continue
                one.turns += 1
                chance = random.Random(f"{self._seed} {fault.spec} {turn}")  # noqa: S311  # no secret
                if fault.occasions.include(turn, chance):
                    strikes.append(Strike(fault.spec, fault.kind, turn, chance))
        return strikes

    def _count(self, fault: Fault) -> _Counted:
        """The count of a fault in a header. Those that were asked for longest ago are forgotten."""
        counted = self._asked[fault] = self._asked.pop(fault, _Counted(fault))
        if len(self._asked) > _MOST_COUNTED:
            del self._asked[next(iter(self._asked))]
        return counted
