"""Classification: windows and whole samples that get a label."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from ei_classify.scoring.confusion import Margins, class_figures, headline_figures, margins_of
from ei_classify.scoring.counting import Listed, Tally, nulls_last
from ei_classify.scoring.counts import CountTable, sums_by
from ei_classify.scoring.estimates import Estimate
from ei_classify.scoring.metrics import UNBOUNDED
from ei_classify.scoring.ranking import influences_of, ranking, unit_of_influences
from ei_classify.scoring.resampling import Resampler
from ei_classify.scoring.results import AtThreshold, Bin, ClassAtThreshold, Confusion

from .measured import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ei_classify.scoring.counting import Counting
    from ei_classify.scoring.counts import Array
    from ei_classify.scoring.engine import Engine
    from ei_classify.scoring.ranking import Ranking
    from ei_classify.scoring.resampling import Floats
    from ei_classify.scoring.results import Kind

    from .measured import Options

UNCERTAIN = "uncertain"
ANOMALY = "anomaly"
OUTCOMES = frozenset({UNCERTAIN, ANOMALY})
"""What the server decides when it gives no label."""
BINS = 10
STEPS = 100
MAX_CONFUSION = 1000
"""The largest number of labels for which the confusion is a matrix."""
MAX_CLASSES_OF_CURVE = 20

NO_CONFIDENCES = "no single learn block has the confidences of these decisions"
NO_SUPPORT = "no window is expected to have this label"
TOO_MANY = "there are too many labels for intervals"


# --- Counts ------------------------------------------------------------------------------------------------


@frozen(eq=False, kw_only=True)
class ClassificationCounts:
    """What is counted of a classification. Labels are codes: their places in `labels`."""

    labels: tuple[str, ...]
    classes: frozenset[str]
    """The labels that are expected or that the block knows; the others are only decided."""
    known: frozenset[str]
    """The labels that the block has confidences for."""
    checks: Tally
    strays: CountTable
    """Windows by `expected` where the confidences belong to another label."""
    cells: CountTable
    """Windows by `cluster`, `expected` and `predicted`."""
    sample_cells: CountTable
    """Samples by the same."""
    losses: CountTable
    """Losses by `cluster`."""
    calibration: CountTable
    """Windows, confidence and hits by `cluster` and `bin`."""
    steps: CountTable
    """Windows by `step`, `reaches`, `is_anomaly`, `expected` and `top`."""
    ranks: CountTable
    """Positives and windows by `code` and `score`."""
    wrong_windows: Listed
    """The wrong windows that the block was most confident of."""
    wrong_samples: Listed
    """The samples whose windows are most often wrong."""

    def merge(self, other: Self) -> Self:
        """Return the counts of both."""
        labels = tuple(sorted({*self.labels, *other.labels}))
        mine, others = (each._relabelled(labels) for each in (self, other))
        tables = {name: getattr(mine, name).merge(getattr(others, name)) for name in _TABLES}
        return type(self)(
            labels=labels,
            classes=self.classes | other.classes,
            known=self.known | other.known,
            checks=self.checks.merge(other.checks),
            wrong_windows=self.wrong_windows.merge(other.wrong_windows),
            wrong_samples=self.wrong_samples.merge(other.wrong_samples),
            **tables,
        )

    @property
    def stray_windows(self) -> int:
        """The number of windows whose label the block knows, but whose confidences belong to another one."""
        known = [label in self.known for label in self.labels] or [False]
        return int(self.strays["windows"][np.asarray(known)[self.strays["expected"]]].sum())

    def _relabelled(self, labels: Sequence[str]) -> Self:
        places = {label: place for place, label in enumerate(labels)}
        numbers = [places[label] for label in self.labels] or [0]
        tables = {}
        for name, codes in _TABLES.items():
            table = getattr(self, name)
            for code in codes:
                table = table.renumbered(code, numbers)
            tables[name] = table
        return evolve(self, labels=tuple(labels), **tables)


_TABLES = {
    "strays": ("expected",),
    "cells": ("expected", "predicted"),
    "sample_cells": ("expected", "predicted"),
    "losses": (),
    "calibration": (),
    "steps": ("expected", "top"),
    "ranks": ("code",),
}
"""The tables of counts, with the keys that are codes of labels."""


def judge(engine: Engine) -> None:
    """Create the tables `labels` and `judged` of the views `decided` and `confidences`."""
    engine.do("labels")
    engine.do("judged")
    for part in engine.rows("parts"):
        engine.do("judge_part", **part)


def count(engine: Engine, threshold: float | None, worst: int = 0) -> ClassificationCounts:
    """Count the windows in the table `judged`, and the confidences that are in scope."""
    found = engine.columns("label_list")
    labels = tuple(found["label"].tolist())
    codes = {label: code for code, label in enumerate(labels)}
    expected, known = (
        frozenset(found["label"][found[name].astype(bool)].tolist()) for name in ("is_expected", "is_scored")
    )
    checks = engine.rows(
        "judged_counts",
        threshold=threshold,
        anomaly=codes.get(ANOMALY),
        uncertain=codes.get(UNCERTAIN),
    )[0]
    steps = engine.columns("steps", threshold=threshold, anomaly=codes.get(ANOMALY))
    return ClassificationCounts(
        labels=labels,
        classes=expected | known,
        known=known,
        checks=Tally(checks),
        strays=CountTable.of(engine.columns("strays"), "expected"),
        cells=CountTable.of(engine.columns("cells"), "cluster", "expected", "predicted"),
        sample_cells=CountTable.of(engine.columns("sample_cells"), "cluster", "expected", "predicted"),
        losses=CountTable.of(engine.columns("losses"), "cluster"),
        calibration=CountTable.of(engine.columns("calibration"), "cluster", "bin"),
        steps=CountTable.of(steps, "step", "reaches", "is_anomaly", "expected", "top"),
        ranks=CountTable.of(engine.columns("ranks"), "code", "score"),
        wrong_windows=Listed.of(engine.rows("confidently_wrong", limit=worst), worst, _most_confident_first),
        wrong_samples=Listed.of(engine.rows("wrong_samples", limit=worst), worst, _most_wrong_first),
    )


def _most_confident_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return -row["confidence"], row["sample_id"], nulls_last(row["window"])


def _most_wrong_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return -row["confidence"], -row["wrong"], row["sample_id"]


def count_influences(engine: Engine, labels: Sequence[str], influences: Mapping[str, Array]) -> CountTable:
    """Sum up by `cluster` and `code` how much confidences influence the areas under the curves.

    Args:
        engine: The database.
        labels: The labels of all parts, in the order of their codes.
        influences: By `code` and `score`, those of windows that are, and are not, expected to have the label.
    """
    codes = np.arange(len(labels), dtype=np.int32)
    engine.offer("ranked_labels", {"label": np.array(labels, object), "code": codes})
    engine.offer("influences", influences)
    found = engine.columns("rank_influences", unit=unit_of_influences(influences))
    return CountTable.of(found, "cluster", "code")


# --- Figures -----------------------------------------------------------------------------------------------


class Figures:
    """The figures that follow from counts."""

    def __init__(
        self,
        counts: ClassificationCounts,
        resampler: Resampler,
        ranks: Mapping[int, Ranking],
        influences: CountTable | None,
    ) -> None:
        """Prepare the figures.

        Args:
            counts: The counts.
            resampler: Draws the replicates.
            ranks: What `ranked` returns for the counts.
            influences: What `count_influences` returns, for the intervals of areas; None for none.
        """
        self._counts = counts
        self._resampler = resampler
        self._ranks = ranks
        self._influences = self._rank_replicates(influences)
        self._behind = len(np.unique(counts.cells["cluster"]))

    @property
    def class_codes(self) -> list[int]:
        """The codes of the labels that have figures of their own."""
        known = self._counts.classes
        return [code for code, label in enumerate(self._counts.labels) if label in known]

    def metrics(self) -> dict[str, Estimate]:
        """Return the figures of the windows."""
        return {**self._decided(self._counts.cells, "windows"), **self._of_losses(), **self._areas()}

    def sample_metrics(self) -> dict[str, Estimate]:
        """Return the figures of whole samples."""
        return self._decided(self._counts.sample_cells, "samples")

    def classes(self) -> list[tuple[str, int, dict[str, Estimate]]]:
        """Return each label with its support and figures."""
        margins, drawn, samples = self._margins(self._counts.cells, "windows")
        values = class_figures(margins)
        replicates = class_figures(drawn) if drawn else None
        rows = []
        for code in self.class_codes:
            support = int(margins.expected[code])
            figures = {
                name: Estimate(
                    float(each[code]) if support or name == "precision" else float("nan"),
                    replicates[name][:, code] if replicates else None,
                    reason=_why_not(support, name, replicates is None and self._resampler.replicates > 0),
                    samples=int((samples.decided if name == "precision" else samples.expected)[code]),
                )
                for name, each in values.items()
            }
            figures["average_precision"] = self._area(code, "precision", support)
            rows.append((self._counts.labels[code], support, figures))
        return rows

    def confusion(self) -> Confusion | None:
        """Return the matrix of the windows; None if there are more than 1,000 labels."""
        return self._matrix(self._counts.cells, "windows")

    def sample_confusion(self) -> Confusion | None:
        """Return the matrix of whole samples; None if there are more than 1,000 labels."""
        return self._matrix(self._counts.sample_cells, "samples")

    def bins(self) -> tuple[Bin, ...]:
        """Return the bins of the reliability diagram; none without confidences."""
        table = self._counts.calibration
        if not len(table):
            return ()
        windows, confidence, hits = (
            sums_by(table["bin"], table[name], BINS) for name in ("windows", "confidence", "hits")
        )
        return tuple(
            Bin(
                low=number / BINS,
                high=(number + 1) / BINS,
                windows=int(windows[number]),
                confidence=float(confidence[number] / windows[number]) if windows[number] else None,
                accuracy=float(hits[number] / windows[number]) if windows[number] else None,
            )
            for number in range(BINS)
        )

    # --- Thresholds ----------------------------------------------------------------------------------------

    def curve(self) -> tuple[AtThreshold, ...]:
        """Return what the thresholds 0, 0.01, … 1 decide; none without confidences."""
        steps = self._counts.steps
        if not len(steps):
            return ()
        detailed = len(self.class_codes) <= MAX_CLASSES_OF_CURVE
        return tuple(
            self._at(step / STEPS, steps["step"] >= step, detailed=detailed) for step in range(STEPS + 1)
        )

    def at_own_threshold(self, threshold: float | None) -> AtThreshold | None:
        """Return what the block's own threshold decides; None without one."""
        if threshold is None or not len(self._counts.steps):
            return None
        return self._at(threshold, self._counts.steps["reaches"].astype(bool))

    def _at(self, value: float, reaches: NDArray[np.bool_], *, detailed: bool = True) -> AtThreshold:
        steps = self._counts.steps
        labels = len(self._counts.labels)
        expected = sums_by(steps["expected"], steps["windows"], labels)
        kept, decided = self._decided_at(reaches, expected)
        margins = margins_of(steps["expected"][kept], decided[kept], steps["windows"][kept], labels)
        figures = class_figures(Margins(expected, margins.decided, margins.right))
        there = expected > 0
        covered, right, every = margins.decided.sum(), margins.right.sum(), expected.sum()
        means = {name: float(np.nan_to_num(each)[there].mean()) for name, each in figures.items()}
        return AtThreshold(
            value=value,
            coverage=_ratio(covered, every),
            accuracy=_ratio(right, covered),
            **means,
            classes=tuple(
                ClassAtThreshold(
                    label=self._counts.labels[code],
                    **{name: _or_none(each[code]) for name, each in figures.items()},
                )
                for code in (self.class_codes if detailed else ())
            ),
        )

    def _decided_at(
        self, reaches: NDArray[np.bool_], expected: Floats
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return which rows of the steps get a label, and which one.

        An anomaly is a label only if it is expected somewhere. The threshold then has no say in it.
        """
        steps = self._counts.steps
        is_anomaly, top = steps["is_anomaly"].astype(bool), steps["top"].astype(np.int64)
        anomaly = self._counts.labels.index(ANOMALY) if ANOMALY in self._counts.labels else None
        if anomaly is None or not expected[anomaly]:
            return reaches & ~is_anomaly, top
        return reaches | is_anomaly, np.where(is_anomaly, anomaly, top)

    # --- Parts ---------------------------------------------------------------------------------------------

    def _decided(self, cells: CountTable, unit: str) -> dict[str, Estimate]:
        margins, drawn, _ = self._margins(cells, unit)
        values = headline_figures(margins)
        replicates = headline_figures(drawn) if drawn else None
        return {
            name: Estimate(
                float(value),
                replicates[name] if replicates else None,
                reason=TOO_MANY
                if replicates is None and self._resampler.replicates and not np.isnan(value)
                else _UNDEFINED.get(name, "there is no judged window"),
                samples=len(np.unique(cells["cluster"])),
                is_share=name not in UNBOUNDED,
            )
            for name, value in values.items()
        }

    def _margins(self, cells: CountTable, unit: str) -> tuple[Margins, Margins | None, Margins]:
        """Return the margins, those of each replicate, and the numbers of clusters behind them."""
        labels = len(self._counts.labels)
        expected, predicted, windows = cells["expected"], cells["predicted"], cells[unit]
        same = expected == predicted
        parts = ((expected, slice(None)), (predicted, slice(None)), (expected[same], same))
        sums = [
            self._resampler.sums(cells["cluster"][rows], codes, windows[rows], labels)
            for codes, rows in parts
        ]
        drawn = Margins(*sums) if all(each is not None for each in sums) else None  # type: ignore[arg-type]
        behind = [_distinct(cells["cluster"][rows], codes, labels) for codes, rows in parts]
        return margins_of(expected, predicted, windows, labels), drawn, Margins(*behind)

    def _matrix(self, cells: CountTable, unit: str) -> Confusion | None:
        labels = len(self._counts.labels)
        if labels > MAX_CONFUSION:
            return None
        flat = cells["expected"].astype(np.int64) * labels + cells["predicted"]
        matrix = sums_by(flat, cells[unit], labels**2).reshape(labels, labels).astype(int)
        rows = [code for code in range(labels) if matrix[code].any()]
        columns = [
            code
            for code in range(labels)
            if matrix[:, code].any() or code in rows or self._counts.labels[code] in self._counts.classes
        ]
        return Confusion(
            expected=tuple(self._counts.labels[code] for code in rows),
            predicted=tuple(self._counts.labels[code] for code in columns),
            counts=tuple(tuple(map(int, matrix[row, columns])) for row in rows),
        )

    def _of_losses(self) -> dict[str, Estimate]:
        losses = self._counts.losses
        windows = losses.total("windows")
        replicates: Mapping[str, Floats] = {}
        nothing = np.zeros(len(losses), np.int64)
        if self._resampler.replicates:
            replicates = {
                name: self._resampler.sums(losses["cluster"], nothing, losses[name], 1)[:, 0]  # type: ignore[index]
                for name in losses.names
            }
        estimates = {}
        for name in ("log_loss", "brier"):
            with np.errstate(invalid="ignore", divide="ignore"):
                estimates[name] = Estimate(
                    losses.total(name) / windows if windows else float("nan"),
                    replicates[name] / replicates["windows"] if replicates else None,
                    reason=NO_CONFIDENCES,
                    samples=len(losses),
                    is_share=False,
                )
        estimates["ece"] = self._calibration_error()
        return estimates

    def _calibration_error(self) -> Estimate:
        table = self._counts.calibration
        drawn = [
            self._resampler.sums(table["cluster"], table["bin"], table[name], BINS)
            for name in ("windows", "confidence", "hits")
        ]
        whole = [
            sums_by(table["bin"].astype(np.int64), table[name], BINS)
            for name in ("windows", "confidence", "hits")
        ]
        return Estimate(
            float(_expected_calibration_error(*whole)),
            _expected_calibration_error(*drawn) if self._resampler.replicates else None,  # type: ignore[arg-type]
            reason=NO_CONFIDENCES,
            samples=len(np.unique(table["cluster"])),
        )

    def _areas(self) -> dict[str, Estimate]:
        """Return the means over the labels of the areas under their curves."""
        estimates = {}
        for name, which in (("average_precision", "precision"), ("roc_auc", "roc")):
            support = self._support()
            each = [self._area(code, which, support[code]) for code in self.class_codes if support[code]]
            values = [one.value for one in each]
            drawn = [one.replicates for one in each]
            whole = bool(values) and not np.isnan(values).any()
            estimates[name] = Estimate(
                float(np.mean(values)) if whole else float("nan"),
                np.mean(drawn, axis=0) if whole and all(one is not None for one in drawn) else None,  # type: ignore[arg-type]
                reason=NO_CONFIDENCES
                if not self._ranks
                else "there is only one label, or one without confidences",
                samples=len(self._resampler.clusters),
            )
        return estimates

    def _support(self) -> Floats:
        cells = self._counts.cells
        return sums_by(cells["expected"], cells["windows"], len(self._counts.labels))

    def _area(self, code: int, which: str, support: float) -> Estimate:
        found = self._ranks.get(code)
        value = float("nan")
        if found is not None and support:
            value = found.average_precision if which == "precision" else found.roc_auc
        drawn = None
        if self._influences is not None and not np.isnan(value):
            drawn = np.clip(value + self._influences[which][:, code], 0, 1)
        return Estimate(
            value,
            drawn,
            reason=NO_SUPPORT
            if not support
            else NO_CONFIDENCES
            if found is None
            else NO_INTERVAL_OF_AREA
            if not np.isnan(value)
            else "every window is expected to have this label",
            samples=self._behind,
        )

    def _rank_replicates(self, rows: CountTable | None) -> dict[str, Floats] | None:
        if rows is None:
            return None
        labels = len(self._counts.labels)
        drawn = {
            name: self._resampler.sums(rows["cluster"], rows["code"], rows[name], labels)
            for name in rows.names
        }
        return None if any(each is None for each in drawn.values()) else drawn  # type: ignore[return-value]


def ranked(ranks: CountTable) -> dict[int, Ranking]:
    """Return how each label ranks the windows, by its code."""
    codes = ranks["code"]
    found = {}
    for code in np.unique(codes).tolist():
        rows = slice(*np.searchsorted(codes, [code, code + 1]))
        positives = ranks["positives"][rows]
        found[int(code)] = ranking(positives, ranks["windows"][rows] - positives)
    return found


NO_INTERVAL_OF_AREA = "there are no windows to resample, or too many labels"
_UNDEFINED = {"mcc": "only one label is expected, or only one is decided"}


def _expected_calibration_error(windows: Floats, confidence: Floats, hits: Floats) -> Floats:
    """Return the mean over windows of the gap between confidence and accuracy in their bin.

    Source: Guo et al., "On calibration of modern neural networks", 2017.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        error: Floats = np.abs(confidence - hits).sum(-1) / windows.sum(-1)
    return error


def _distinct(clusters: NDArray[Any], codes: NDArray[Any], labels: int) -> Floats:
    """Return for each label the number of its clusters."""
    pairs = np.unique(clusters.astype(np.int64) * max(labels, 1) + codes)
    return np.bincount(pairs % max(labels, 1), minlength=labels).astype(np.float64)


def _why_not(support: int, name: str, too_many: bool) -> str:
    if not support and name != "precision":
        return NO_SUPPORT
    return TOO_MANY if too_many else "the label is never decided"


def _ratio(part: float, whole: float) -> float | None:
    return float(part / whole) if whole else None


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


# --- The task ----------------------------------------------------------------------------------------------


@frozen
class Classification:
    """The score of a classification: of the run's predictions, of one block, or of one key of a label map."""

    kind: Kind
    learn_block_id: int | None
    label_map_key: str | None
    confidences_of: int | None
    """The block whose confidences belong to the decisions; None if there is none, or are several."""
    threshold: float | None
    """The lowest confidence that decides, if the server said it."""

    def prepare(self, engine: Engine) -> None:
        """Create the views of everything that the task is about."""
        engine.let(
            learn_block_id=self.confidences_of,
            label_map_key=self.label_map_key,
            threshold=self.threshold or 0.0,
        )
        if self.label_map_key is not None:
            engine.do("decided_by_label_map")
            engine.do("confidences_of_label_map")
            return
        engine.do("no_confidences" if self.confidences_of is None else "confidences_of_block")
        engine.do("decided_by_server" if self.learn_block_id is None else "decided_by_block")

    def measure(self, options: Options) -> Counting[Measured | None]:
        """Return the figures; None if no window is judged."""
        follow = False
        counts: ClassificationCounts = yield partial(self.judge_and_count, worst=options.worst)
        if counts.stray_windows and self.learn_block_id is None and self.confidences_of is not None:
            follow = True
            counts = yield partial(self.judge_and_count, worst=options.worst, follow_decisions=True)
        if not counts.checks["windows"]:
            return None
        resampler = Resampler(counts.cells["cluster"], replicates=options.replicates, seed=options.seed)
        ranks = ranked(counts.ranks)
        influences: CountTable | None = None
        if ranks and options.replicates:
            keys = {name: counts.ranks[name] for name in ("code", "score")}
            columns = keys | influences_of([ranks[code] for code in sorted(ranks)])
            influences = yield partial(
                self.influences, labels=counts.labels, influences=columns, follow_decisions=follow
            )
        figures = Figures(counts, resampler, ranks, influences)
        curve = figures.curve()
        return Measured(
            windows=counts.checks["windows"],
            samples=counts.checks["samples"],
            metrics=figures.metrics(),
            sample_metrics=figures.sample_metrics(),
            classes=figures.classes(),
            notes=list(self._notes(counts)),
            extras={
                "confusion": figures.confusion(),
                "sample_confusion": figures.sample_confusion(),
                "calibration": figures.bins(),
                "threshold": figures.at_own_threshold(self.threshold),
                "best_threshold": best(curve, options.target),
                "curve": curve,
                "similar_labels": similar(counts.labels),
                "wrong_windows": counts.wrong_windows.rows,
                "wrong_samples": counts.wrong_samples.rows,
            },
        )

    def judge_and_count(
        self, engine: Engine, *, worst: int, follow_decisions: bool = False
    ) -> ClassificationCounts:
        """Count the windows.

        Args:
            engine: The database.
            worst: The largest number of wrong windows and samples that are listed.
            follow_decisions: Whether a window's confidences are judged by the label that the server expected
                of the window, rather than the label that it expected of the block.
        """
        if follow_decisions:
            engine.do("confidences_of_decisions")
        judge(engine)
        engine.do("classification_verdicts")
        return count(engine, self.threshold, worst)

    def influences(
        self,
        engine: Engine,
        *,
        labels: Sequence[str],
        influences: Mapping[str, Array],
        follow_decisions: bool,
    ) -> CountTable:
        """Sum up how much confidences influence the areas under the curves."""
        if follow_decisions:
            engine.do("confidences_of_decisions")
        return count_influences(engine, labels, influences)

    def _notes(self, counts: ClassificationCounts) -> Iterator[str]:
        checks = counts.checks
        left_out = checks["decided"] - checks["windows"]
        if left_out:
            yield f"{_windows(left_out)} without an expected label or a decision do not count"
        if checks["judged_otherwise"]:
            yield (
                f"the server judged {_windows(checks['judged_otherwise'])} otherwise than by comparing "
                "the decision with the label"
            )
        if checks["unscored"]:
            yield (
                f"{_windows(checks['unscored'])} expect a label that the block has no confidence "
                "for, and are left out of log_loss and brier"
            )
        if checks["disagreements"] and self.threshold is not None and self.label_map_key is None:
            yield (
                f"the server decided {_windows(checks['disagreements'])} otherwise than the threshold "
                f"{self.threshold:g} says, so `threshold` and `curve` describe other decisions than `metrics`"
            )
        if self.confidences_of is not None and self.threshold is None:
            yield "the threshold of the block is not known, so there are no figures at it"


def best(curve: Sequence[AtThreshold], target: str) -> AtThreshold | None:
    """Return the lowest threshold at which the target is largest; None without points."""
    known = [point for point in curve if getattr(point, target) is not None]
    return max(known, key=lambda point: float(getattr(point, target)), default=None)


def similar(labels: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of labels that differ only by case, spaces or invisible characters."""
    groups: dict[str, list[str]] = {}
    for label in labels:
        plain = unicodedata.normalize("NFKC", label).casefold()
        seen = "".join(each for each in plain if unicodedata.category(each)[0] not in "CZ")
        groups.setdefault(seen, []).append(label)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _windows(number: int) -> str:
    return "1 window" if number == 1 else f"{number} windows"
