"""The raw signal of a sample, as the report draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003  # attrs resolves them

from attrs import frozen

MAX_READINGS = 600
"""The largest number of readings of an axis that are drawn."""


@frozen(kw_only=True)
class Signal:
    """The readings of a sample."""

    interval_ms: float
    """The time between two readings, in milliseconds."""
    axes: Mapping[str, Sequence[float]]
    """The readings of each axis that are drawn."""
    every: int = 1
    """Of so many readings, one is drawn."""

    @classmethod
    def of(cls, interval_ms: float, names: Sequence[str], values: Sequence[Sequence[float]]) -> Signal:
        """Return the signal with at most 600 readings of each axis.

        Args:
            interval_ms: The time between two readings, in milliseconds.
            names: The names of the axes.
            values: The readings, each with one number per axis.
        """
        every = max(1, -(-len(values) // MAX_READINGS))
        kept = values[::every]
        axes = {name: [row[place] for row in kept] for place, name in enumerate(names)}
        return cls(interval_ms=interval_ms, axes=axes, every=every)
