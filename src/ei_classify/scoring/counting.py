"""Where runs are counted: a score asks for counts, and does not know how many parts the run has.

A `Counting` is a generator. It yields steps, each of which counts what is in one database, and gets the
counts of the whole run back. On this machine, the run is in one database. On a cluster, each part of it is in
one of its own, and the counts are added up. Each part has all rows of its samples, and the table `runs` in
full.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, Self, TypeAlias, TypeVar

from attrs import frozen

from .engine import Engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from .sources import RunSource

T = TypeVar("T")


class Counts(Protocol):
    """What is counted. Those of two parts, merged, are those of both, exactly and in any order."""

    def merge(self, other: Self) -> Self:
        """Return the counts of both."""


Step: TypeAlias = Callable[[Engine], Counts]
"""Counts what is in a database. A step can be pickled."""
Counting: TypeAlias = Generator[Step, Any, T]
Count: TypeAlias = Callable[[Sequence[Step]], Sequence[Any]]
"""Takes steps, and returns the counts of each."""


class Counter(Protocol):
    """Counts runs, somewhere."""

    @property
    def at_once(self) -> int:
        """How many countings of a run take their steps together."""

    def opened(self, run: RunSource) -> AbstractContextManager[Count]:
        """Return what counts a run, for the length of a `with` block."""

    def each(self, function: Callable[[RunSource], T], runs: Sequence[RunSource]) -> Iterable[T]:
        """Call a function with each run, and return what it returns, in this order."""


class OnThisMachine:
    """Counts runs one after the other, each in one database."""

    at_once: ClassVar[int] = 1

    @contextlib.contextmanager
    def opened(self, run: RunSource) -> Iterator[Count]:
        """Yield what counts a run."""
        with Engine(run) as engine:
            yield lambda steps: [step(engine) for step in steps]

    def each(self, function: Callable[[RunSource], T], runs: Sequence[RunSource]) -> Iterable[T]:
        """Call a function with each run."""
        return map(function, runs)


def results(countings: Iterable[Counting[T]], count: Count, at_once: int = 1) -> Iterator[T]:
    """Yield what each counting returns, in this order."""
    remaining = iter(countings)
    while some := list(itertools.islice(remaining, at_once)):
        yield from _together(some, count)


def _together(countings: Sequence[Counting[T]], count: Count) -> list[T]:
    """Return what the countings return, which take their steps together."""
    answers: dict[int, Any] = dict.fromkeys(range(len(countings)))
    returned: dict[int, T] = {}
    while answers:
        steps: dict[int, Step] = {}
        for place, answer in answers.items():
            try:
                steps[place] = countings[place].send(answer)
            except StopIteration as end:
                returned[place] = end.value
        answers = dict(zip(steps, count(list(steps.values())), strict=True)) if steps else {}
    return [returned[place] for place in range(len(countings))]


# --- Counts that every kind has ----------------------------------------------------------------------------


@frozen
class Tally:
    """Numbers that add up."""

    numbers: Mapping[str, int]

    def __getitem__(self, name: str) -> int:
        return self.numbers[name]

    def merge(self, other: Self) -> Self:
        """Return the sums."""
        return type(self)({name: each + other[name] for name, each in self.numbers.items()})


@frozen
class Listed:
    """The first rows in some order."""

    rows: Sequence[Mapping[str, Any]]
    limit: int
    order: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    """Returns what rows are sorted by."""

    @classmethod
    def of(
        cls,
        rows: Iterable[Mapping[str, Any]],
        limit: int,
        order: Callable[[Mapping[str, Any]], tuple[Any, ...]],
    ) -> Self:
        """Return the first of these rows."""
        return cls(sorted(rows, key=order)[:limit], limit, order)

    def merge(self, other: Self) -> Self:
        """Return the first rows of both."""
        return self.of([*self.rows, *other.rows], self.limit, self.order)


def nulls_last(value: Any) -> tuple[bool, Any]:
    """Return what to sort a value by that may be None."""
    return value is None, 0 if value is None else value
