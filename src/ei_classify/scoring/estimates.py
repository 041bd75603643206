"""A figure with its replicates, and what is shown of it: a value with its interval, or why there is none."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from .resampling import LEVEL
from .results import Figure

if TYPE_CHECKING:
    from .resampling import Floats

UNDEFINED = "the figure is not defined for these results"
_TAILS = (1 - LEVEL) / 2


@frozen(eq=False)
class Estimate:
    """A figure, and its value in each replicate of the bootstrap."""

    value: float
    """The figure; NaN if it is not defined."""
    replicates: Floats | None = None
    """The figure in each replicate, NaN where it is not defined; None if there are no replicates."""
    reason: str = UNDEFINED
    """Why the figure is not defined, or has no interval."""
    samples: int = 0
    """The number of samples that the figure is about."""
    is_share: bool = True
    """Whether the figure is between 0 and 1."""

    def figure(self) -> Figure:
        """Return the figure with its interval of 95 %."""
        if math.isnan(self.value):
            return Figure(value=None, low=None, high=None, reason=self.reason)
        if self.replicates is None:
            return Figure(value=self.value, low=None, high=None, reason=self.reason)
        if self.samples < 2:
            return Figure(
                value=self.value, low=None, high=None, reason="an interval needs two samples or more"
            )
        drawn = self.replicates[np.isfinite(self.replicates)]
        if len(drawn) < len(self.replicates) / 2:
            return Figure(value=self.value, low=None, high=None, reason="too few samples for an interval")
        if np.ptp(drawn) < 1e-12:
            return self._of_one_kind()
        low, high = map(float, np.quantile(drawn, [_TAILS, 1 - _TAILS]))
        if self.is_share:
            low, high = max(low, 0.0), min(high, 1.0)
        return Figure(value=self.value, low=min(low, self.value), high=max(high, self.value))

    def _of_one_kind(self) -> Figure:
        """Return the interval where no replicate differs: that of Clopper and Pearson, by samples."""
        bound = _TAILS ** (1 / self.samples)
        if self.is_share and math.isclose(self.value, 1):
            return Figure(value=self.value, low=bound, high=self.value)
        if self.is_share and math.isclose(self.value, 0, abs_tol=1e-12):
            return Figure(value=self.value, low=self.value, high=1 - bound)
        return Figure(value=self.value, low=None, high=None, reason="it is the same in every replicate")

    def minus(self, other: Estimate) -> Estimate:
        """Return the difference of two figures of the same samples, which have the same weights."""
        both = self.replicates is not None and other.replicates is not None
        return Estimate(
            self.value - other.value,
            self.replicates - other.replicates if both else None,  # type: ignore[operator]
            reason=self.reason if math.isnan(self.value) or self.replicates is None else other.reason,
            samples=min(self.samples, other.samples),
            is_share=False,
        )
