"""Regression: windows that get a number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from ei_classify.errors import ScoringError
from ei_classify.scoring.counting import Listed, Tally, nulls_last
from ei_classify.scoring.counts import CountTable, unit_of
from ei_classify.scoring.estimates import Estimate
from ei_classify.scoring.metrics import UNBOUNDED
from ei_classify.scoring.resampling import Resampler

from .measured import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ei_classify.scoring.counting import Counting
    from ei_classify.scoring.engine import Engine
    from ei_classify.scoring.resampling import Floats
    from ei_classify.scoring.results import Kind

    from .measured import Options

_REASONS = {
    "r2": "all expected numbers are the same",
    "within_tolerance": "the tolerance of the block is not known",
}


@frozen(kw_only=True)
class Spread:
    """How far apart the numbers are, which has to be known before they are summed up."""

    checks: Tally
    lowest: float
    """The lowest of the expected numbers; infinite if there are none."""
    highest: float
    largest: float
    """The largest error."""
    wrong: Listed
    """The windows with the largest errors."""

    def merge(self, other: Self) -> Self:
        """Return the spread of both."""
        return type(self)(
            checks=self.checks.merge(other.checks),
            lowest=min(self.lowest, other.lowest),
            highest=max(self.highest, other.highest),
            largest=max(self.largest, other.largest),
            wrong=self.wrong.merge(other.wrong),
        )

    @property
    def anchor(self) -> float:
        """A number amid the expected ones, from which they are measured so that no digits are lost."""
        return self.lowest / 2 + self.highest / 2

    @property
    def unit(self) -> float:
        """What sums are counted in."""
        return unit_of(max(self.highest - self.lowest, self.largest))


@frozen(eq=False, kw_only=True)
class RegressionCounts:
    """What is counted of a regression."""

    anchor: float
    """The number from which the expected ones are measured."""
    unit: float
    """What sums are counted in. Counts with other anchors or units do not merge."""
    sums: CountTable
    """Sums by `cluster`."""

    def merge(self, other: Self) -> Self:
        """Return the counts of both.

        Raises:
            ScoringError: The anchors or the units differ.
        """
        if (self.anchor, self.unit) != (other.anchor, other.unit):
            raise ScoringError("counts from different anchors or in different units do not add up")
        return evolve(self, sums=self.sums.merge(other.sums))


def count(engine: Engine, tolerance: float | None, anchor: float, unit: float) -> RegressionCounts:
    """Count what is in the table `regressed`."""
    engine.once("regressed")
    columns = engine.columns("regression_sums", anchor=anchor, unit=unit, tolerance=tolerance)
    return RegressionCounts(anchor=anchor, unit=unit, sums=CountTable.of(columns, "cluster"))


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

    def measure(self, options: Options) -> Counting[Measured | None]:
        """Return the figures; None if no window has two numbers."""
        spread: Spread = yield partial(self.spread, worst=options.worst)
        if not spread.checks["windows"]:
            return None
        counts: RegressionCounts = yield partial(
            count, tolerance=self.threshold, anchor=spread.anchor, unit=spread.unit
        )
        return Measured(
            windows=spread.checks["windows"],
            samples=spread.checks["samples"],
            metrics={
                **self._metrics(counts, options),
                "max_error": Estimate(
                    spread.largest, reason="resampling says nothing of the largest value", is_share=False
                ),
            },
            notes=list(_notes(spread.checks)),
            extras={"wrong_windows": spread.wrong.rows},
        )

    def spread(self, engine: Engine, *, worst: int) -> Spread:
        """Return how far apart the numbers are."""
        engine.once("regressed")
        engine.do("regression_verdicts")
        found = engine.rows("regression_spread")[0]
        return Spread(
            checks=Tally(engine.rows("regression_checks", tolerance=self.threshold)[0]),
            wrong=Listed.of(engine.rows("worst_numbers", limit=worst), worst, _largest_first),
            **found,
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
        return {
            name: Estimate(
                float(value),
                replicates.get(name),
                reason=_REASONS.get(name, "intervals were not asked for"),
                samples=samples,
                is_share=name not in UNBOUNDED,
            )
            for name, value in values.items()
        }


def _largest_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return -row["distance"], row["sample_id"], nulls_last(row["window"])


def _notes(checks: Tally) -> Iterator[str]:
    if checks["decided"] > checks["windows"]:
        left_out = checks["decided"] - checks["windows"]
        yield f"{left_out} windows without an expected and a found number do not count"
    if checks["judged_otherwise"]:
        number = checks["judged_otherwise"]
        yield f"the server judged {number} windows otherwise than by the tolerance of the block"
