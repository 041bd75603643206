"""`score`: all scores of exports or tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ei_classify.errors import InvalidArgumentError, ScoringError

from .agreement import agreement_of
from .engine import Engine
from .kinds.measured import Options
from .resampling import REPLICATES
from .results import ClassFigures, Place, Score, Scores, Subset
from .sources import runs_of
from .tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ei_classify_api.models import Accuracy

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
    runs = chosen_runs(source, variants)
    scores = [each for run in runs for each in _scores_of_run(run, by, options, dict(server_accuracy or {}))]
    if not scores:
        raise ScoringError(
            "nothing in it can be judged: no window has an expected label and a result. "
            f"There are the runs: {'; '.join(run.name for run in runs)}"
        )
    return Scores(scores=tuple(scores), probably_mislabelled=_mislabelled(runs, worst))


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
    run: RunSource, by: str | None, options: Options, server: Mapping[str | None, Accuracy]
) -> Iterator[Score]:
    with Engine(run) as engine:
        tasks = list(tasks_of(engine))
        for subset in _subsets(engine, by):
            engine.do("scope")
            if subset is not None:
                engine.do("narrow", subset=subset.value)
            for task in tasks:
                task.prepare(engine)
                engine.do("all_pairs")
                measured = task.measure(engine, options)
                if measured is not None:
                    told = server.get(run.variant) if subset is None and _is_of_run(task) else None
                    yield score_of(run, task, measured, subset=subset, server_accuracy=told)


def _is_of_run(task: Task) -> bool:
    """Return whether a task judges what the server judges, rather than a block of several."""
    return task.learn_block_id is None or task.kind == "regression"


def _subsets(engine: Engine, by: str | None) -> Iterator[Subset | None]:
    yield None
    if by is not None:
        engine.split(by)
        for row in engine.rows("subset_values"):
            yield Subset(by=by, value=row["subset"])


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


def _mislabelled(runs: Sequence[RunSource], limit: int) -> tuple[Place, ...]:
    """Return the windows on which all variants of an impulse agree, but not with the label."""
    groups: dict[tuple[str | None, int, int | None], list[RunSource]] = {}
    for run in runs:
        groups.setdefault((run.origin, run.project_id, run.impulse_id), []).append(run)
    return tuple(
        each for group in groups.values() if len(group) > 1 for each in _agreed_against(group, limit)
    )


def _agreed_against(group: Sequence[RunSource], limit: int) -> Iterator[Place]:
    first, *others = group
    with Engine(first) as engine:
        engine.attach("predictions", others)
        for row in engine.rows("agreed_against_label", variants=len(group), limit=limit):
            yield place(first, row)
