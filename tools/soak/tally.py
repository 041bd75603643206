"""What was tried, and what fell."""

from __future__ import annotations

import random
import time
from collections import Counter
from typing import TYPE_CHECKING

from attrs import define, field

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_SHOWN = 20


@define
class Tally:
    """Counts trials by their outcome, and keeps what fell with the seed that brings it back."""

    count: int
    """How many trials to make."""
    until: float
    """When to stop, on the monotonic clock, in seconds."""
    seed: int
    """The seed of the first trial. The next ones count up from it."""
    outcomes: Counter[str] = field(factory=Counter)
    fell: list[str] = field(factory=list)
    slowest_s: float = 0.0
    _tried: int = 0
    _current: int = 0

    def seeds(self) -> Iterator[int]:
        """Yield the seed of each trial, until there are enough or the time is over."""
        for seed in range(self.seed, self.seed + self.count):
            if time.monotonic() > self.until:
                return
            yield seed

    def trials(self) -> Iterator[random.Random]:
        """Yield the source of chance of each trial."""
        for seed in self.seeds():
            self._current = seed
            begun = time.monotonic()
            yield random.Random(seed)  # noqa: S311  # no secret
            self._end(time.monotonic() - begun)

    def add(self, seed: int, outcome: str, took_s: float) -> None:
        """Count a trial that was made elsewhere."""
        self._current = seed
        self.outcomes[outcome] += 1
        self._end(took_s)

    def _end(self, took_s: float) -> None:
        self.slowest_s = max(self.slowest_s, took_s)
        self._tried += 1

    def fall(self, what: str) -> None:
        """Note that the last trial broke a promise."""
        self.fell.append(f"seed {self._current}: {what}")

    def __str__(self) -> str:
        outcomes = ", ".join(f"{count:,} {name}" for name, count in sorted(self.outcomes.items()))
        lines = [f"tried {self._tried:,}: {outcomes}; the slowest took {self.slowest_s:.2f} s"]
        lines += [f"  {each}" for each in self.fell[:_MOST_SHOWN]]
        lines.append(f"fell: {len(self.fell):,}")
        return "\n".join(lines)
