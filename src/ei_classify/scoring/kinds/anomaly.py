"""Anomaly detection: windows or images that get one score, where the outcome is expected."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

from ei_classify.scoring.counting import Listed, Tally, nulls_last
from ei_classify.scoring.counts import CountTable, sums_by
from ei_classify.scoring.estimates import Estimate
from ei_classify.scoring.ranking import influences_of, ranking, unit_of_influences
from ei_classify.scoring.resampling import Resampler
from ei_classify.scoring.results import AtThreshold, Confusion

from .measured import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ei_classify.scoring.counting import Counting
    from ei_classify.scoring.counts import Array
    from ei_classify.scoring.engine import Engine
    from ei_classify.scoring.ranking import Ranking
    from ei_classify.scoring.resampling import Floats
    from ei_classify.scoring.results import Kind

    from .measured import Options

NO_POSITIVES = "no window is expected to be an anomaly"
NO_NEGATIVES = "every window is expected to be an anomaly"
MAX_POINTS = 200
"""The largest number of points of the curve, evenly spread over the scores."""


@frozen(eq=False, kw_only=True)
class AnomalyCounts:
    """What is counted of an anomaly block."""

    checks: Tally
    cells: CountTable
    """Windows by `cluster`, `is_positive` and `is_flagged`."""
    ranks: CountTable
    """Positives and windows by `score`."""
    wrong: Listed
    """The wrong windows that are farthest from the threshold."""

    def merge(self, other: Self) -> Self:
        """Return the counts of both."""
        return type(self)(
            checks=self.checks.merge(other.checks),
            cells=self.cells.merge(other.cells),
            ranks=self.ranks.merge(other.ranks),
            wrong=self.wrong.merge(other.wrong),
        )


def count(engine: Engine, threshold: float | None, worst: int = 0) -> AnomalyCounts:
    """Count the windows whose outcome is expected."""
    engine.once("flagged")
    engine.do("anomaly_verdicts")
    cells = engine.columns("anomaly_cells", threshold=threshold)
    wrong = engine.rows("wrong_anomalies", threshold=threshold, limit=worst)
    return AnomalyCounts(
        checks=Tally(engine.rows("anomaly_checks", threshold=threshold)[0]),
        cells=CountTable.of(cells, "cluster", "is_positive", "is_flagged"),
        ranks=CountTable.of(engine.columns("anomaly_ranks"), "score"),
        wrong=Listed.of(wrong, worst, _farthest_first),
    )


def _farthest_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return -row["distance"], row["sample_id"], nulls_last(row["window"])


def count_influences(engine: Engine, influences: Mapping[str, Array]) -> CountTable:
    """Sum up by `cluster` how much windows with these scores influence the areas under the curves."""
    engine.once("flagged")
    engine.offer("influences", influences)
    return CountTable.of(engine.columns("anomaly_influences", unit=unit_of_influences(influences)), "cluster")


@frozen
class Anomaly:
    """The score of an anomaly block."""

    learn_block_id: int | None
    threshold: float | None
    """The score from which on a window is an anomaly."""
    kind: Kind
    label_map_key: str | None = None

    def prepare(self, engine: Engine) -> None:
        """Create the views of everything that the task is about."""
        engine.let(learn_block_id=self.learn_block_id, threshold=self.threshold)
        engine.do("no_confidences")
        engine.do("decided_by_visual_anomaly" if self.kind == "visual_anomaly" else "decided_by_anomaly")

    def measure(self, options: Options) -> Counting[Measured | None]:
        """Return the figures; None if no outcome is expected."""
        counts: AnomalyCounts = yield partial(count, threshold=self.threshold, worst=options.worst)
        checks = counts.checks
        if not checks["windows"]:
            return None
        positives = counts.ranks["positives"]
        areas = ranking(positives, counts.ranks["windows"] - positives)
        resampler = Resampler(counts.cells["cluster"], replicates=options.replicates, seed=options.seed)
        influences: CountTable | None = None
        if options.replicates:
            columns = {"score": counts.ranks["score"], **influences_of([areas])}
            influences = yield partial(count_influences, influences=columns)
        best, points = _points(counts)
        return Measured(
            windows=checks["windows"],
            samples=checks["samples"],
            metrics={
                **_areas(influences, counts, areas, resampler, checks["samples"]),
                **self._at_threshold(counts, resampler, checks["samples"]),
            },
            notes=list(self._notes(checks)),
            extras={
                "confusion": self._confusion(counts),
                "threshold": self._own(counts),
                "best_threshold": best,
                "curve": points,
                "wrong_windows": counts.wrong.rows,
            },
        )

    def _at_threshold(self, counts: AnomalyCounts, resampler: Resampler, samples: int) -> dict[str, Estimate]:
        table = counts.cells
        cell = table["is_positive"].astype(np.int64) * 2 + table["is_flagged"]
        whole = sums_by(cell, table["windows"], 4)
        drawn = resampler.sums(table["cluster"], cell, table["windows"], 4)
        values = _shares(whole)
        replicates = {} if drawn is None else _shares(drawn)
        known = self.threshold is not None
        return {
            name: Estimate(
                float(value) if known else float("nan"),
                replicates.get(name),
                reason="the threshold of the block is not known" if not known else _why_not(name),
                samples=samples,
            )
            for name, value in values.items()
        }

    def _own(self, counts: AnomalyCounts) -> AtThreshold | None:
        if self.threshold is None:
            return None
        table = counts.cells
        cell = table["is_positive"].astype(np.int64) * 2 + table["is_flagged"]
        return _at(self.threshold, sums_by(cell, table["windows"], 4))

    def _confusion(self, counts: AnomalyCounts) -> Confusion | None:
        if self.threshold is None:
            return None
        table = counts.cells
        cell = table["is_positive"].astype(np.int64) * 2 + table["is_flagged"]
        matrix = sums_by(cell, table["windows"], 4).astype(int)
        names = ("no anomaly", "anomaly")
        rows = (tuple(map(int, matrix[:2])), tuple(map(int, matrix[2:])))
        return Confusion(expected=names, predicted=names, counts=rows)

    def _notes(self, checks: Tally) -> Iterator[str]:
        if checks["decided"] > checks["windows"]:
            left_out = checks["decided"] - checks["windows"]
            yield f"{left_out} windows without an expected outcome or a score do not count"
        if checks["judged_otherwise"]:
            number = checks["judged_otherwise"]
            yield f"the server judged {number} windows otherwise than by the threshold of the block"
        if self.threshold is None:
            yield "the threshold of the block is not known, so there are no figures at it"


def _shares(cells: Floats) -> dict[str, Floats]:
    """Return the figures of true negatives, false positives, false negatives and true positives."""
    _, false_alarms, missed, hits = np.moveaxis(cells, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "precision": hits / (hits + false_alarms),
            "recall": hits / (hits + missed),
            "f1": np.where(hits + missed > 0, 2 * hits / (2 * hits + false_alarms + missed), np.nan),
        }


def _why_not(name: str) -> str:
    return "no window is called an anomaly" if name == "precision" else NO_POSITIVES


def _at(value: float, cells: Floats) -> AtThreshold:
    precision, recall, f1 = (None if np.isnan(each) else float(each) for each in _shares(cells).values())
    accuracy = float((cells[0] + cells[3]) / cells.sum())
    return AtThreshold(
        value=value, coverage=1.0, accuracy=accuracy, precision=precision, recall=recall, f1=f1
    )


def _points(counts: AnomalyCounts) -> tuple[AtThreshold | None, tuple[AtThreshold, ...]]:
    """Return the threshold with the highest F1, and what thresholds at up to 200 of the scores decide."""
    positives = counts.ranks["positives"]
    negatives = counts.ranks["windows"] - positives
    hits = np.cumsum(positives[::-1])[::-1]
    false_alarms = np.cumsum(negatives[::-1])[::-1]
    cells = np.stack([negatives.sum() - false_alarms, false_alarms, positives.sum() - hits, hits], axis=-1)
    places = np.unique(np.linspace(0, len(cells) - 1, MAX_POINTS).astype(int))
    scores = counts.ranks["score"]
    points = tuple(_at(float(scores[place]), cells[place]) for place in places)
    if not positives.any():
        return None, points
    best = int(np.argmax(_shares(cells)["f1"]))
    return _at(float(scores[best]), cells[best]), points


def _areas(
    influences: CountTable | None,
    counts: AnomalyCounts,
    areas: Ranking,
    resampler: Resampler,
    samples: int,
) -> dict[str, Estimate]:
    drawn = {}
    if influences is not None:
        one_column = np.zeros(len(influences), np.int64)
        for name in influences.names:
            sums = resampler.sums(influences["cluster"], one_column, influences[name], 1)
            drawn[name] = sums[:, 0]  # type: ignore[index]  # one column is never too much
    nothing = NO_NEGATIVES if counts.ranks["positives"].any() else NO_POSITIVES
    return {
        name: Estimate(
            value, np.clip(value + drawn[which], 0, 1) if drawn else None, reason=nothing, samples=samples
        )
        for name, which, value in (
            ("roc_auc", "roc", areas.roc_auc),
            ("average_precision", "precision", areas.average_precision),
        )
    }
