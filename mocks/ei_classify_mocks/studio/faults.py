"""Faults: what a Studio does wrong on request, when, and how often."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

OPERATIONS = {
    "page": "getClassifyJobResultPage",
    "variants": "classifySampleForVariants",
    "job": "getJobStatus",
}
"""What `on` can name, and the operationId that it stands for."""


class _Kind(NamedTuple):
    read: Callable[[str], Any] | None  # None: takes no value
    default: Any = None  # None: a value must be given
    options: frozenset[str] = frozenset()
    only: str | None = None  # the one operation that it can strike, as `on` names it


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ValueError(f"{text} is not between {least:g} and {most:g}")
        return value

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(f"{text} is not between {least} and {most}")
        return value

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{text!r} is none of {', '.join(choices)}")
        return text

    return read


_SECONDS = _number(0, 3600)
_COUNT = _whole(1, 1_000_000_000)
_KINDS = {
    "latency": _Kind(_SECONDS, options=frozenset({"jitter"})),
    "status": _Kind(_whole(400, 599), options=frozenset({"retry-after", "retry-date", "html"})),
    "reset": _Kind(_one_of("before", "inside"), "before"),
    "truncate": _Kind(_number(0, 1), 0.5),
    "stall": _Kind(_SECONDS, 60.0),
    "offset-ignored": _Kind(None, only="page"),
    "limit-cap": _Kind(_COUNT, only="page"),
    "appear": _Kind(_COUNT, 1, only="page"),
    "vanish": _Kind(_COUNT, 1, only="page"),
    "unknown-fields": _Kind(None),
    "unknown-enums": _Kind(None),
    "job": _Kind(_one_of("fail", "vanish"), only="variants"),
}
_OPTIONS: dict[str, Callable[[str], Any]] = {
    "jitter": _SECONDS,
    "retry-after": _whole(0, 3600),
    "retry-date": _whole(0, 3600),
    "on": _one_of(*OPERATIONS),
    "p": _number(0, 1),
    "skip": _whole(0, 1_000_000_000),
    "times": _COUNT,
}
_FLAGS = frozenset({"html"})
_ALWAYS = frozenset({"on", "p", "skip", "times"})


class Fault:
    """One fault, as it is written: `KIND[=VALUE][,OPTION=VALUE…]`.

    Kinds, with the value each takes:

    - `latency=SECONDS`: the answer comes that much later; `jitter=SECONDS` adds up to that much, at random
    - `status=CODE`: an error in place of the answer, 400 to 599; `retry-after=SECONDS` adds a `Retry-After`
      in seconds and `retry-date=SECONDS` one as a date, `html` makes the body a proxy's HTML page
    - `reset=before`, `reset=inside`: the connection is reset before the answer, or half way through its body
    - `truncate=SHARE`: only that share of the JSON comes, as a whole body; 0.5 if left out
    - `stall=SECONDS`: half way through the body nothing comes for so long; 60 if left out
    - `offset-ignored`: every page begins at the first sample
    - `limit-cap=COUNT`: a page never holds more samples than that
    - `appear=COUNT`: so many samples are not there at first; one more turns up in front with each page
    - `vanish=COUNT`: so many samples disappear from the front with each page after the first
    - `unknown-fields`, `unknown-enums`: what a later API could add to the answer
    - `job=fail`, `job=vanish`: the job that the request starts fails, or is gone once it runs

    Options for every kind: `on=page`, `on=variants` or `on=job` keeps the fault to one operation;
    `skip=COUNT` spares the first requests that it concerns, `times=COUNT` ends it after so many, and
    `p=SHARE` lets chance decide for each, in the same way in every run with the same seed.

    Args:
        spec: the fault as it is written.

    Raises:
        ValueError: it is not written as said above; the message says what is amiss.
    """

    def __init__(self, spec: str) -> None:
        head, *rest = (part.strip() for part in spec.split(","))
        name, given, text = head.partition("=")
        kind = _KINDS.get(name)
        if kind is None:
            raise ValueError(f"there is no fault {name!r}; there are {', '.join(_KINDS)}")
        if kind.read is None and given:
            raise ValueError(f"the fault {name} takes no value")
        if kind.read is not None and not given and kind.default is None:
            raise ValueError(f"the fault {name} needs a value: {name}=…")
        self.spec = ",".join([head, *rest])
        self.kind = name
        self.value: Any = _read(name, kind.read, text) if kind.read and given else kind.default
        self._options: dict[str, Any] = {}
        for part in rest:
            option, given, text = part.partition("=")
            if option not in kind.options | _ALWAYS:
                known = ", ".join(sorted(kind.options | _ALWAYS))
                raise ValueError(f"the fault {name} has no option {option!r}; it has {known}")
            if (option in _FLAGS) == bool(given):
                raise ValueError(f"{option} {'takes no' if given else 'needs a'} value")
            self._options[option] = _read(option, _OPTIONS[option], text) if given else True

    def __repr__(self) -> str:
        return f"Fault({self.spec!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and self.spec == other.spec

    def __hash__(self) -> int:
        return hash(self.spec)

    def option(self, name: str) -> Any:
        """The value of an option; None if it was not given."""
        return self._options.get(name)

    def concerns(self, operation: str | None) -> bool:
        """Whether a request for that operationId is one that the fault may strike."""
        named = {self.option("on"), _KINDS[self.kind].only} - {None}
        return operation is not None and all(OPERATIONS[name] == operation for name in named)


@dataclass(frozen=True)
class DueFault:
    """A fault that strikes a request.

    Attributes:
        turn: how many requests the fault concerned before this one.
        chance: numbers that are the same in every run with the same seed.
    """

    fault: Fault
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
        """Let a fault strike from now on, counting from its beginning.

        Raises:
            ValueError: the fault is not written as it must be.
        """
        made = fault if isinstance(fault, Fault) else Fault(fault)
        with self._lock:
            self._standing.append(_Counted(made))
        return made

    def clear(self) -> None:
        """Let no more faults strike, and begin all counts anew."""
        with self._lock:
            self._standing.clear()
            self._asked.clear()

    def due(self, operation: str | None, written: str = "") -> list[DueFault]:
        """The faults that strike a request: those of the Studio, then those written in its header.

        Raises:
            ValueError: a fault in the header is not written as it must be.
        """
        asked = [Fault(spec) for spec in written.split(";") if spec.strip()]
        due = []
        with self._lock:
            counted = [self._asked.setdefault(fault, _Counted(fault)) for fault in asked]
            for one in [*self._standing, *counted]:
                fault, turn = one.fault, one.turns
                if not fault.concerns(operation):
                    continue
                one.turns += 1
                struck = turn - (fault.option("skip") or 0)
                times = fault.option("times")
                chance = random.Random(f"{self._seed} {fault.spec} {turn}")  # noqa: S311  # no secret
                share = fault.option("p")
                if struck < 0 or (times is not None and struck >= times):
                    continue
                if share is None or chance.random() < share:
                    due.append(DueFault(fault, turn, chance))
        return due


def _read(name: str, read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise ValueError(f"{name}={text}: {error}") from None
