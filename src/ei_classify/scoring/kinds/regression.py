"""Regression: windows that get a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from attrs import evolve, frozen

from ei_classify.errors import ScoringError
from ei_classify.scoring.counts import CountTable, unit_of
from ei_classify.scoring.estimates import Estimate
from ei_classify.scoring.metrics import UNBOUNDED
from ei_classify.scoring.resampling import Resampler

from .measured import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ei_classify.scoring.engine import Engine
    from ei_classify.scoring.resampling import Floats
    from ei_classify.scoring.results import Kind

    from .measured import Options

_REASONS = {
    "r2": "all expected numbers are the same",
    "within_tolerance": "the tolerance of the block is not known",
}


@frozen(eq=False, kw_only=True)
class RegressionCounts:
    """What is counted of a regression."""

    anchor: float
    """The number from which the expected ones are measured."""
    unit: float
    """What sums are counted in. Counts with other anchors or units do not merge."""
    sums: CountTable
    """Sums by `cluster`."""
    largest: float
    """The largest error."""

    def merge(self, other: Self) -> Self:
        """Return the counts of both.

        Raises:
            ScoringError: The anchors or the units differ.
        """
        if (self.anchor, self.unit) != (other.anchor, other.unit):
            raise ScoringError("counts from different anchors or in different units do not add up")
        return evolve(self, sums=self.sums.merge(other.sums), largest=max(self.largest, other.largest))


def count(engine: Engine, tolerance: float | None, anchor: float, unit: float) -> RegressionCounts:
    """Count what is in the table `regressed`."""
    columns = engine.columns("regression_sums", anchor=anchor, unit=unit, tolerance=tolerance)
    largest = columns.pop("largest")
    return RegressionCounts(
        anchor=anchor,
        unit=unit,
        sums=CountTable.of(columns, "cluster"),
        largest=float(largest.max(initial=0.0)),
    )


def figures(sums: Mapping[str, Floats], *, tolerance: float | None) -> dict[str, Floats]:
    """Return the figures that follow from sums over windows; NaN where one divides by zero.

    Source of `r2`: Draper and Smith, "Applied Regression Analysis", 1998: 1 - Σ error² / Σ (truth - mean)².
    """
    windows = sums["windows"]
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = sums["truth_squared"] - sums["truth"] ** 2 / windows
        spread = np.where(spread > 1e-12 * sums["truth_squared"], spread, np.nan)
        found = {
            "mae": sums["absolute"] / windows,
            "rmse": np.sqrt(sums["squared"] / windows),
            "r2": 1 - sums["squared"] / spread,
            "bias": sums["error"] / windows,
            "within_tolerance": sums["within"] / windows,
        }
    if tolerance is None:
        found["within_tolerance"] = np.full_like(windows, np.nan)
    return found


@frozen
class Regression:
    """The score of a regression block."""

    learn_block_id: int | None
    threshold: float | None
    """The largest error that counts as right."""
    kind: Kind = "regression"
    label_map_key: str | None = None

    def prepare(self, engine: Engine) -> None:
        """Create the views of everything that the task is about."""
        engine.let(learn_block_id=self.learn_block_id, threshold=self.threshold)
        engine.do("no_confidences")
        engine.do("decided_by_regression")

    def measure(self, engine: Engine, options: Options) -> Measured | None:
        """Return the figures; None if no window has two numbers."""
        engine.do("regressed")
        checks = engine.rows("regression_checks", tolerance=self.threshold)[0]
        if not checks["windows"]:
            return None
        scale = engine.rows("regression_anchor")[0]
        counts = count(engine, self.threshold, scale["anchor"], unit_of(scale["largest"]))
        engine.do("regression_verdicts")
        return Measured(
            windows=checks["windows"],
            samples=checks["samples"],
            metrics=self._metrics(counts, options),
            notes=list(_notes(checks)),
            extras={"wrong_windows": engine.rows("worst_numbers", limit=options.worst)},
        )

    def _metrics(self, counts: RegressionCounts, options: Options) -> dict[str, Estimate]:
        table = counts.sums
        resampler = Resampler(table["cluster"], replicates=options.replicates, seed=options.seed)
        one_column = np.zeros(len(table), np.int64)
        drawn = {}
        for name in table.names if options.replicates else ():
            sums = resampler.sums(table["cluster"], one_column, table[name], 1)
            drawn[name] = sums[:, 0]  # type: ignore[index]  # one column is never too much
        values = figures(
            {name: np.asarray(table.total(name)) for name in table.names}, tolerance=self.threshold
        )
        replicates = figures(drawn, tolerance=self.threshold) if drawn else {}
        samples = int(table.total("samples"))
        estimates = {
            name: Estimate(
                float(value),
                replicates.get(name),
                reason=_REASONS.get(name, "intervals were not asked for"),
                samples=samples,
                is_share=name not in UNBOUNDED,
            )
            for name, value in values.items()
        }
        estimates["max_error"] = Estimate(
            counts.largest, reason="resampling says nothing of the largest value", is_share=False
        )
        return estimates


def _notes(checks: Mapping[str, int]) -> Iterator[str]:
    if checks["decided"] > checks["windows"]:
        left_out = checks["decided"] - checks["windows"]
        yield f"{left_out} windows without an expected and a found number do not count"
    if checks["judged_otherwise"]:
        number = checks["judged_otherwise"]
        yield f"the server judged {number} windows otherwise than by the tolerance of the block"
