"""Gathers what a report shows: scores, what stands behind them, and how they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.errors import ScoringError
from ei_classify.scoring import details, score
from ei_classify.scoring.comparison import compare_runs
from ei_classify.scoring.scores import chosen_runs, options_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ei_classify.scoring import Comparison, Score, Verdict
    from ei_classify.scoring.detailing import Details
    from ei_classify.scoring.results import Place
    from ei_classify.scoring.sources import RunSource, Sources

    from .signals import Signal


@frozen(kw_only=True)
class Section:
    """One score, with all that the page shows of it."""

    id: str
    """The name of its place on the page."""
    score: Score
    details: Details
    subsets: tuple[Score, ...]
    comparison: Comparison | None
    """How it differs from the baseline."""


@frozen(kw_only=True)
class Facts:
    """All that a report shows."""

    sections: tuple[Section, ...]
    verdict: Verdict | None
    mislabelled: tuple[Place, ...]
    notes: tuple[str, ...]
    signals: Mapping[tuple[int, int], Signal]
    """The raw signal of samples, by the ids of the project and of the sample."""

    def worst(self, number: int) -> list[tuple[Score, int]]:
        """Return the first samples to look at, each once: the score, and the id of the sample."""
        chosen: dict[tuple[int, int], tuple[Score, int]] = {}
        for section in self.sections:
            for each in section.details.samples[:number]:
                key = (section.score.project_id, each.place.sample_id)
                chosen.setdefault(key, (section.score, each.place.sample_id))
        return list(chosen.values())


def gather(
    source: Sources,
    *,
    by: str | None,
    against: Sources | None,
    variants: Sequence[str | None] | None,
    target: str,
    replicates: int,
    seed: int,
    worst: int,
    verdict: Verdict | None,
) -> Facts:
    """Return all that a report shows; `report` says what the arguments are."""
    sources = _listed(source)
    scores = score(
        sources, by=by, variants=variants, target=target, replicates=replicates, seed=seed, worst=worst
    )
    behind = details(sources, scores, samples=worst)
    notes: list[str] = []
    pairs = _pairs(chosen_runs(sources, variants), None if against is None else _listed(against))
    comparisons = list(_comparisons(pairs, notes, replicates, seed, worst, is_asked=against is not None))
    sections = [
        Section(
            id=f"score-{number}",
            score=each,
            details=found,
            subsets=tuple(one for one in scores if one.subset is not None and _task(one) == _task(each)),
            comparison=next((one for one in comparisons if _task(one.second) == _task(each)), None),
        )
        for number, (each, found) in enumerate(zip(scores, behind, strict=True), start=1)
        if found is not None
    ]
    return Facts(
        sections=tuple(sections),
        verdict=verdict,
        mislabelled=scores.probably_mislabelled,
        notes=tuple(notes),
        signals={},
    )


def _listed(source: Sources) -> Sources:
    """Return a source that can be read more than once."""
    if isinstance(source, str) or hasattr(source, "__fspath__") or hasattr(source, "samples"):
        return source
    from ei_classify.dataset import Storage, StoredExport

    return source if isinstance(source, (Storage, StoredExport)) else list(source)


def _task(score: Score) -> tuple[object, ...]:
    run = (score.source, score.project_id, score.impulse_id, score.variant)
    return *run, score.kind, score.learn_block_id, score.label_map_key


def _pairs(runs: Sequence[RunSource], against: Sources | None) -> list[tuple[RunSource, RunSource]]:
    """Return which runs are compared: with the baseline, or the two variants of a project."""
    if against is not None:
        before = {_model(run): run for run in chosen_runs(against, None)}
        pairs = [(before[_model(run)], run) for run in runs if _model(run) in before]
        if not pairs:
            known = "; ".join(run.name for run in before.values())
            raise ScoringError(f"the baseline has no run of the same project, impulse and variant: {known}")
        return pairs
    groups: dict[tuple[object, ...], list[RunSource]] = {}
    for run in runs:
        groups.setdefault((run.origin, run.project_id, run.impulse_id), []).append(run)
    return [pair for group in groups.values() for pair in _variants(group)]


def _variants(group: Sequence[RunSource]) -> Iterator[tuple[RunSource, RunSource]]:
    known = {run.variant: run for run in group}
    if len(group) == len(known):
        if {"float32", "int8"} <= known.keys():
            yield known["float32"], known["int8"]
        elif len(group) == 2:
            yield group[0], group[1]


def _model(run: RunSource) -> tuple[int, int | None, str | None]:
    return run.project_id, run.impulse_id, run.variant


def _comparisons(
    pairs: Sequence[tuple[RunSource, RunSource]],
    notes: list[str],
    replicates: int,
    seed: int,
    worst: int,
    *,
    is_asked: bool,
) -> Iterator[Comparison]:
    options = options_of(replicates=replicates, seed=seed, worst=worst)
    for first, second in pairs:
        try:
            yield from compare_runs(first, second, options)
        except ScoringError as error:
            if is_asked:
                raise
            notes.append(f"not compared: {error}")
