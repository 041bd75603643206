"""`score`: all scores of exports or tables."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from attrs import frozen

from ei_classify.errors import InvalidArgumentError, ScoringError

from .agreement import agreement_of
from .blocks import blocks_of
from .counting import Listed, OnThisMachine, nulls_last, results
from .kinds.measured import Options
from .measuring import scoped
from .resampling import REPLICATES
from .results import ClassFigures, Place, Score, Scores, Subset
from .sources import runs_of
from .tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ei_classify_api.models import Accuracy

    from .counting import Counter, Step
    from .engine import Engine
    from .kinds.measured import Measured, Task
    from .sources import RunSource, Sources

WORST = 10
TARGETS = ("accuracy", "f1", "precision", "recall")
STUDIO = "https://studio.edgeimpulse.com"


def score(
    source: Sources,
    *,
    by: str | None = None,
    variants: Sequence[str | None] | None = None,
    target: str = "f1",
    replicates: int = REPLICATES,
    seed: int = 0,
    worst: int = WORST,
    server_accuracy: Mapping[str | None, Accuracy] | None = None,
) -> Scores:
    """Score each run of exports or tables.

    Runs are never mixed: each project, impulse and variant has scores of its own, and so does each learn
    block that decides something else than the predictions.

    Args:
        source: The folder of an export, a `StoredExport`, `Tables`, or several of these.
        by: Score each subset of the samples as well: a column of `samples`, or `metadata.` and a key.
        variants: Only runs of these variants.
        target: The figure that the best threshold makes as large as possible: `accuracy` (of what gets a
            label), `f1`, `precision` or `recall` (means over the labels).
        replicates: The number of replicates of the bootstrap for the intervals; 0 for no intervals.
        seed: Chooses the replicates.
        worst: The largest number of wrong windows and samples that are listed.
        server_accuracy: What `ClassifyClient.accuracy` returns, by variant, to say whether the server agrees.

    Raises:
        ScoringError: There is nothing to score.
        InvalidArgumentError: An argument has an unusable value.
        ExportError: A folder is not an export, or is damaged.
        MissingExtraError: A package of the extra `scoring` is not installed.
    """
    options = options_of(target, replicates, seed, worst)
    return score_runs(chosen_runs(source, variants), OnThisMachine(), options, by, server_accuracy)


def score_runs(
    runs: Sequence[RunSource],
    counter: Counter,
    options: Options,
    by: str | None = None,
    server_accuracy: Mapping[str | None, Accuracy] | None = None,
) -> Scores:
    """Score runs, which are counted by `counter`. The other arguments and the errors are those of `score`."""
    told = dict(server_accuracy or {})

    def of_run(run: RunSource) -> list[Score]:
        return list(_scores_of_run(run, counter, by, options, told))

    scores = tuple(itertools.chain.from_iterable(counter.each(of_run, runs)))
    if not scores:
        raise ScoringError(
            "nothing in it can be judged: no window has an expected label and a result. "
            f"There are the runs: {'; '.join(run.name for run in runs)}"
        )
    return Scores(scores=scores, probably_mislabelled=_mislabelled(runs, counter, options.worst))


def options_of(
    target: str = "f1", replicates: int = REPLICATES, seed: int = 0, worst: int = WORST
) -> Options:
    """Return the options of a call.

    Raises:
        InvalidArgumentError: One has an unusable value.
    """
    if target not in TARGETS:
        raise InvalidArgumentError(f"must be one of {', '.join(TARGETS)}, not {target!r}", name="target")
    for name, number in (("replicates", replicates), ("worst", worst)):
        if number < 0:
            raise InvalidArgumentError(f"must be 0 or more, not {number}", name=name)
    return Options(replicates, seed, target, worst)


def chosen_runs(source: Sources, variants: Sequence[str | None] | None) -> list[RunSource]:
    """Return the runs of a source, or those of these variants.

    Raises:
        ScoringError: There are no runs, or none of one of the variants.
    """
    runs = runs_of(source)
    known = sorted({str(run.variant) for run in runs})
    for variant in variants or ():
        if all(run.variant != variant for run in runs):
            raise ScoringError(f"there is no variant {variant!r} in it. There are {', '.join(known)}")
    return [run for run in runs if variants is None or run.variant in variants]


def _scores_of_run(
    run: RunSource,
    counter: Counter,
    by: str | None,
    options: Options,
    server: Mapping[str | None, Accuracy],
) -> Iterator[Score]:
    with counter.opened(run) as count:
        steps: list[Step] = [blocks_of] if by is None else [blocks_of, partial(_values, by=by)]
        blocks, *values = count(steps)
        tasks = list(tasks_of(blocks))
        asked = [(subset, task) for subset in (None, *_subsets(by, values)) for task in tasks]
        countings = (scoped(task, subset, options) for subset, task in asked)
        for (subset, task), measured in zip(asked, results(countings, count, counter.at_once), strict=True):
            if measured is not None:
                told = server.get(run.variant) if subset is None and _is_of_run(task) else None
                yield score_of(run, task, measured, subset=subset, server_accuracy=told)


def _is_of_run(task: Task) -> bool:
    """Return whether a task judges what the server judges, rather than a block of several."""
    return task.learn_block_id is None or task.kind == "regression"


@frozen
class _Values:
    """The values that tell subsets apart."""

    found: frozenset[str | None]

    def merge(self, other: Self) -> Self:
        return type(self)(self.found | other.found)


def _values(engine: Engine, by: str) -> _Values:
    engine.split(by)
    return _Values(frozenset(row["subset"] for row in engine.rows("subset_values")))


def _subsets(by: str | None, values: Sequence[_Values]) -> Iterator[Subset]:
    """Yield the subsets in the order of their values, that of the samples without one last."""
    for each in values:
        for value in sorted(each.found, key=nulls_last):
            yield Subset(by=str(by), value=value)


def score_of(
    run: RunSource,
    task: Task,
    measured: Measured,
    *,
    subset: Subset | None = None,
    server_accuracy: Accuracy | None = None,
) -> Score:
    """Return the score of a task, with an interval for each figure."""
    extras = dict(measured.extras)
    wrong_windows = extras.pop("wrong_windows", ())
    wrong_samples = extras.pop("wrong_samples", ())
    notes = list(measured.notes)
    if run.problem:
        notes.insert(0, f"the run is not complete: {run.problem}")
    return Score(
        project_id=run.project_id,
        impulse_id=run.impulse_id,
        variant=run.variant,
        kind=task.kind,
        learn_block_id=task.learn_block_id,
        label_map_key=task.label_map_key,
        subset=subset,
        source=run.origin,
        complete=run.problem is None,
        windows=measured.windows,
        samples=measured.samples,
        metrics={name: each.figure() for name, each in measured.metrics.items()},
        sample_metrics={name: each.figure() for name, each in measured.sample_metrics.items()},
        classes=tuple(
            ClassFigures(label=label, support=support, **{name: each.figure() for name, each in own.items()})
            for label, support, own in measured.classes
        ),
        agreement=()
        if server_accuracy is None
        else tuple(
            agreement_of(
                task.kind, measured.metrics, measured.windows, extras.get("confusion"), server_accuracy
            )
        ),
        confidently_wrong=tuple(place(run, row) for row in wrong_windows),
        wrong_samples=tuple(place(run, row) for row in wrong_samples),
        notes=tuple(notes),
        **extras,
    )


def place(run: RunSource, row: Mapping[str, Any]) -> Place:
    """Return where to find a window or a sample, from a row with its columns."""
    return Place(
        sample_id=row["sample_id"],
        filename=row.get("filename"),
        window=row.get("window"),
        start_ms=row.get("start_ms"),
        end_ms=row.get("end_ms"),
        expected=row.get("expected"),
        predicted=row.get("predicted"),
        confidence=row.get("confidence"),
        link=_link(run, row["sample_id"]),
    )


def _link(run: RunSource, sample_id: int) -> str:
    """Return the address of Studio's page on a classified sample."""
    impulse = "" if run.impulse_id is None else f"/impulse/{run.impulse_id}"
    query = {"sampleId": sample_id} | ({} if run.variant is None else {"modelVariant": run.variant})
    page = f"{STUDIO}/public/{run.project_id}/live{impulse}/classification"
    return f"{page}?{urlencode(query)}"


def _mislabelled(runs: Sequence[RunSource], counter: Counter, limit: int) -> tuple[Place, ...]:
    """Return the windows on which all variants of an impulse agree, but not with the label."""
    groups: dict[tuple[str | None, int, int | None], list[RunSource]] = {}
    for run in runs:
        groups.setdefault((run.origin, run.project_id, run.impulse_id), []).append(run)
    others = {id(group[0]): group[1:] for group in groups.values() if len(group) > 1}

    def of_group(first: RunSource) -> list[Place]:
        with counter.opened(first) as count:
            (found,) = count([partial(_agreed_against, others=others[id(first)], limit=limit)])
        return [place(first, row) for row in found.rows]

    firsts = [group[0] for group in groups.values() if len(group) > 1]
    return tuple(itertools.chain.from_iterable(counter.each(of_group, firsts)))


def _agreed_against(engine: Engine, others: Sequence[RunSource], limit: int) -> Listed:
    engine.attach("predictions", [run.near(engine.run) for run in others])
    found = engine.rows("agreed_against_label", variants=len(others) + 1, limit=limit)
    return Listed.of(found, limit, _by_sample)


def _by_sample(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["sample_id"], nulls_last(row["window"])
