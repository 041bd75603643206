"""`check`: whether the scores of a source meet requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify.errors import InvalidArgumentError
from ei_classify.showing import html_table, text_table

from .comparison import compare
from .requirements import SAMPLES, TOLERANCE, MaxDrop, Requirement
from .resampling import REPLICATES
from .results import Form
from .scores import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .comparison import Comparison
    from .requirements import Subject
    from .results import Figure, Score, Scores
    from .sources import Sources


class Finding(Form, frozen=True, kw_only=True):
    """One requirement, judged for one score."""

    requirement: str
    title: str
    """What was judged, in words."""
    met: bool | None
    """None if it could not be judged."""
    value: float | None
    """The figure, the end of its interval, or its drop, whichever the requirement limits."""
    limit: float
    reason: str
    """Why it could not be judged; empty if it could."""


class Verdict(Form, frozen=True, kw_only=True):
    """Whether requirements are met."""

    version: int = 1
    met: bool | None
    """False if one is not met; otherwise None if one could not be judged."""
    findings: tuple[Finding, ...]

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield the verdict, the requirement, the figure, and what was judged, of each finding."""
        for each in self.findings:
            word = {True: "met", False: "NOT MET", None: "not judged"}[each.met]
            value = each.reason if each.value is None else f"{each.value:.4g}"
            yield word, each.requirement, value, each.title

    def __str__(self) -> str:
        return text_table(self.rows())

    def _repr_html_(self) -> str:
        head = ("verdict", "requirement", "figure", "of")
        return html_table({True: "met", False: "not met", None: "not judged"}[self.met], head, self.rows())


def read_requirements(
    require: Sequence[str | Requirement], max_drop: Sequence[str | MaxDrop], *, has_baseline: bool
) -> tuple[list[Requirement], list[MaxDrop]]:
    """Read requirements, to find before a long wait whether `check` can use them.

    Raises:
        InvalidArgumentError: A requirement cannot be read, there is none, or a drop has no baseline.
    """
    floors = [Requirement.parse(each) if isinstance(each, str) else each for each in require]
    drops = [MaxDrop.parse(each) if isinstance(each, str) else each for each in max_drop]
    if not floors and not drops:
        raise InvalidArgumentError(
            "must not be empty: without requirements, there is nothing to check", name="require"
        )
    if drops and not has_baseline:
        raise InvalidArgumentError(
            "needs a baseline to compare with", name="max_drop", advice="Pass `against`"
        )
    return floors, drops


def check(
    source: Sources,
    *,
    require: Sequence[str | Requirement] = (),
    max_drop: Sequence[str | MaxDrop] = (),
    against: Sources | None = None,
    variants: Sequence[str | None] | None = None,
    replicates: int = REPLICATES,
    seed: int = 0,
) -> Verdict:
    """Judge whether every run of a source meets every requirement.

    Args:
        source: The folder of an export, a `StoredExport`, `Tables`, or several of these.
        require: Floors and ceilings, such as `accuracy >= 0.85`; `docs/scores.md` describes them.
        max_drop: How much worse a figure may be than in `against`, such as `accuracy=0.01`, on the windows
            that pair.
        against: The baseline.
        variants: Only runs of these variants.
        replicates: The number of replicates of the bootstrap for the intervals.
        seed: Chooses the replicates.

    Raises:
        InvalidArgumentError: A requirement cannot be read, there is none, or a drop has no baseline.
        ScoringError: There is nothing to score.
        ExportError: A folder is not an export, or is damaged.
        MissingExtraError: A package of the extra `scoring` is not installed.
    """
    floors, drops = read_requirements(require, max_drop, has_baseline=against is not None)
    findings = [
        *_of_requirements(source, floors, variants, replicates, seed),
        *_of_drops(source, against, drops, variants, replicates, seed),
    ]
    verdicts = {each.met for each in findings}
    met = False if False in verdicts else None if None in verdicts else True
    return Verdict(met=met, findings=tuple(findings))


# --- Floors and ceilings -----------------------------------------------------------------------------------


def _of_requirements(
    source: Sources,
    requirements: Sequence[Requirement],
    variants: Sequence[str | None] | None,
    replicates: int,
    seed: int,
) -> Iterator[Finding]:
    for by in dict.fromkeys(each.by for each in requirements):
        own = [each for each in requirements if each.by == by]
        with_intervals = any(each.subject.end != "value" for each in own)
        scores = score(
            source,
            by=by,
            variants=variants,
            replicates=replicates if with_intervals else 0,
            seed=seed,
            worst=0,
        )
        for requirement in own:
            yield from _judged(requirement, scores)


def _judged(requirement: Requirement, scores: Scores) -> Iterator[Finding]:
    runs: dict[tuple[object, ...], list[Score]] = {}
    for each in scores:
        runs.setdefault((each.source, each.project_id, each.impulse_id, each.variant), []).append(each)
    for of_run in runs.values():
        found = False
        for each in of_run:
            value = each.subset.value if each.subset else None
            if (each.subset is not None) != (requirement.by is not None) or value != requirement.subset:
                continue
            figure = requirement.subject.of(each)
            if figure is not None:
                found = True
                yield _finding(requirement, each, figure)
        if not found:
            what = "there are no such samples" if requirement.by else "no score has this figure"
            yield _unjudged(requirement, of_run[0].title, what)


def _finding(requirement: Requirement, score: Score, figure: Figure | str) -> Finding:
    if not score.complete:
        return _unjudged(requirement, score.title, "the run is not complete")
    if isinstance(figure, str):
        return _unjudged(requirement, score.title, figure)
    value = _end_of(figure, requirement.subject)
    if value is None:
        return _unjudged(requirement, score.title, str(figure.reason))
    return Finding(
        requirement=str(requirement),
        title=score.title,
        met=requirement.is_met(value),
        value=value,
        limit=requirement.limit,
        reason="",
    )


def _end_of(figure: Figure, subject: Subject) -> float | None:
    end: float | None = getattr(figure, subject.end)
    return end


# --- Drops -------------------------------------------------------------------------------------------------


def _of_drops(
    source: Sources,
    against: Sources | None,
    drops: Sequence[MaxDrop],
    variants: Sequence[str | None] | None,
    replicates: int,
    seed: int,
) -> Iterator[Finding]:
    if not drops or against is None:
        return
    with_intervals = any(each.subject.end != "value" for each in drops)
    for run in dict.fromkeys(
        each.variant for each in score(source, variants=variants, replicates=0, worst=0)
    ):
        compared = compare(
            against,
            source,
            variants=(run, run),
            replicates=replicates if with_intervals else 0,
            seed=seed,
            worst=0,
        )
        for drop in drops:
            found = False
            for each in compared:
                figure = drop.subject.of(each.second)
                if figure is None:
                    continue
                found = True
                if isinstance(figure, str):
                    yield _unjudged(drop, each.title, figure)
                elif not (each.first.complete and each.second.complete):
                    yield _unjudged(drop, each.title, "one of the runs is not complete")
                else:
                    yield _drop(drop, each.title, _difference(drop.subject, each))
            if not found:
                yield _unjudged(drop, compared[0].title, "no score has this figure")


def _difference(subject: Subject, compared: Comparison) -> Figure | None:
    if subject.label is None:
        metrics = compared.sample_metrics if subject.task == SAMPLES else compared.metrics
        return metrics.get(subject.metric)
    for each in compared.classes:
        if each.label == subject.label:
            figure: Figure = getattr(each, subject.metric)
            return figure
    return None


def _drop(drop: MaxDrop, title: str, difference: Figure | None) -> Finding:
    if difference is None:
        return _unjudged(drop, title, "the baseline has no such figure")
    value = drop.drop(difference)
    if value is None:
        return _unjudged(drop, title, str(difference.reason))
    return Finding(
        requirement=str(drop),
        title=title,
        met=value <= drop.limit + TOLERANCE,
        value=value,
        limit=drop.limit,
        reason="",
    )


def _unjudged(requirement: Requirement | MaxDrop, title: str, reason: str) -> Finding:
    return Finding(
        requirement=str(requirement),
        title=title,
        met=None,
        value=None,
        limit=requirement.limit,
        reason=reason,
    )
