"""`details`: what stands behind scores, in amounts that a page can show however many windows there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .blocks import blocks_of
from .engine import Engine
from .kinds.classification import ANOMALY, STEPS
from .kinds.measured import Options
from .kinds.regression import Regression
from .measuring import measured
from .results import Form, Place
from .scores import WORST, place
from .sources import runs_of
from .tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .kinds.measured import Task
    from .results import Score, Scores
    from .sources import RunSource, Sources

MAX_LISTED = 3000
"""The largest number of windows that are listed of a score."""
MAX_PER_CELL = 100
MAX_SWEPT_LABELS = 30
MAX_TIMELINE = 400
"""The largest number of windows of a timeline."""
MAX_LINES = 12
"""The largest number of labels of a timeline."""
BARS = 20
SIDE = 60
"""The number of columns and rows of the grid on which the numbers of a regression are counted."""


class Bar(Form, frozen=True, kw_only=True):
    """How many windows, or detected boxes, of a series have a number between two others."""

    low: float
    high: float
    series: str
    windows: int


class Point(Form, frozen=True, kw_only=True):
    """Windows with nearly the same expected and found number."""

    expected: float
    """The mean of the expected numbers."""
    found: float
    """The mean of the found numbers."""
    windows: int


class Sweep(Form, frozen=True, kw_only=True):
    """What every threshold decides, as counts."""

    labels: tuple[str, ...]
    counts: tuple[tuple[int, int, int, int], ...]
    """The highest hundredth that the confidence reaches, the place of the expected and of the most confident
    label in `labels`, and the number of windows. The second place is -1 where an anomaly was decided, unless
    anomalies are expected: it is a label then, which every threshold decides."""


class TimelineWindow(Form, frozen=True, kw_only=True):
    """One window of a timeline."""

    window: int
    start_ms: float | None
    end_ms: float | None
    expected: str | None
    predicted: str | None
    scores: dict[str, float]
    """The confidence of each label, or the one number of the window under `score`."""


class Box(Form, frozen=True, kw_only=True):
    """A box of an image, as ratios of the image."""

    label: str
    score: float | None
    """The confidence of a detected box; None for an expected one."""
    x: float
    y: float
    width: float
    height: float
    state: str
    """`expected` and `found` for the two boxes of a match, `missed`, or `false alarm`."""


class Sample(Form, frozen=True, kw_only=True):
    """A sample to look at, with its windows."""

    place: Place
    windows: tuple[TimelineWindow, ...]
    width_px: int | None = None
    """The width of the image; None if the sample is no image."""
    height_px: int | None = None
    boxes: tuple[Box, ...] = ()
    grid: tuple[tuple[float | None, ...], ...] = ()
    """The rows of the anomaly scores of the image."""


class Details(Form, frozen=True, kw_only=True):
    """What stands behind one score."""

    server: str | None
    """The base URL of the server; None for tables in memory."""
    read_at: str | None
    """When the results were read; None if the run is not complete."""
    project_name: str | None = None
    """The name of the project; None if its samples do not have it."""
    tolerance: float | None = None
    """How far a number of a regression may be off; None if it is not known."""
    listed: tuple[Place, ...] = ()
    """Windows of every cell of the confusion, the wrong ones first."""
    per_cell: int = 0
    """The largest number of windows that are listed of a cell."""
    bars: tuple[Bar, ...] = ()
    """The distribution of the confidences of windows or boxes, of anomaly scores, or of errors."""
    points: tuple[Point, ...] = ()
    sweep: Sweep | None = None
    samples: tuple[Sample, ...] = ()
    """The samples to look at first."""


def details(source: Sources, scores: Scores, *, samples: int = WORST) -> tuple[Details | None, ...]:
    """Return what stands behind each score; None for scores of a subset.

    Args:
        source: What was scored.
        scores: The scores of it.
        samples: The largest number of samples that are described per score.

    Raises:
        ExportError: A folder is not an export, or is damaged.
        MissingExtraError: A package of the extra `scoring` is not installed.
    """
    found = {}
    for run in runs_of(source):
        of_run = {_key_of_task(each): each for each in scores if each.subset is None and _is_of(run, each)}
        if of_run:
            with Engine(run) as engine:
                for task in tasks_of(blocks_of(engine)):
                    score = of_run.get(_key_of_task(task))
                    if score is not None:
                        found[id(score)] = _details(run, engine, task, score, samples)
    return tuple(found.get(id(score)) for score in scores)


def _key_of_task(task: Task | Score) -> tuple[object, ...]:
    return task.kind, task.learn_block_id, task.label_map_key


def _is_of(run: RunSource, score: Score) -> bool:
    return (run.origin, run.project_id, run.impulse_id, run.variant) == (
        score.source,
        score.project_id,
        score.impulse_id,
        score.variant,
    )


def _details(run: RunSource, engine: Engine, task: Task, score: Score, samples: int) -> Details:
    engine.choose()
    task.prepare(engine)
    engine.do("all_pairs")
    measured(engine, task, Options(replicates=0, seed=0, target="f1", worst=0))
    return Details(
        server=run.stored.server if run.stored else None,
        read_at=engine.rows("read_at")[0]["read_at"],
        project_name=next((row["project_name"] for row in engine.rows("project_name")), None),
        tolerance=task.threshold if isinstance(task, Regression) else None,
        samples=tuple(_samples(engine, score, samples)),
        **_of_kind(run, engine, score),
    )


def _of_kind(run: RunSource, engine: Engine, score: Score) -> dict[str, Any]:
    match score.kind:
        case "classification" | "label_map":
            limit = _per_cell(score)
            return {
                "listed": _places(run, engine.rows("listed_windows", limit=limit)),
                "per_cell": limit,
                "bars": _bars(engine.rows("confidence_bars", bars=BARS), 0, 1 / BARS),
                "sweep": _sweep(engine),
            }
        case "anomaly" | "visual_anomaly":
            return _of_anomalies(run, engine, score)
        case "regression":
            return _of_regression(engine)
        case "object_detection":
            return {"bars": _bars(engine.rows("detection_bars", bars=BARS), 0, 1 / BARS)}


# --- Windows and their distribution ------------------------------------------------------------------------


def _per_cell(score: Score) -> int:
    if score.confusion is None:
        return 1
    cells = sum(count > 0 for row in score.confusion.counts for count in row)
    return max(1, min(MAX_PER_CELL, MAX_LISTED // max(cells, 1)))


def _places(run: RunSource, rows: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(place(run, row) for row in rows[:MAX_LISTED])


def _bars(rows: Sequence[Mapping[str, Any]], low: float, width: float) -> tuple[Bar, ...]:
    return tuple(
        Bar(
            low=low + row["bar"] * width,
            high=low + (row["bar"] + 1) * width,
            series=row["series"],
            windows=row["windows"],
        )
        for row in rows
    )


def _sweep(engine: Engine) -> Sweep | None:
    rows = engine.rows("label_list")
    labels = [row["label"] for row in rows]
    if len(labels) > MAX_SWEPT_LABELS:
        return None
    anomaly = labels.index(ANOMALY) if ANOMALY in labels else None
    # Where an anomaly is expected, it is a label like any other, and the threshold has no say in it.
    of_anomalies = (STEPS, anomaly) if anomaly is not None and rows[anomaly]["is_expected"] else None
    counts: dict[tuple[int, int, int], int] = {}
    for row in engine.rows("steps", threshold=None, anomaly=anomaly):
        step, top = min(max(row["step"], 0), STEPS), row["top"]
        if row["is_anomaly"]:
            step, top = of_anomalies or (step, -1)
        key = (step, row["expected"], top)
        counts[key] = counts.get(key, 0) + row["windows"]
    if not counts:
        return None
    return Sweep(labels=tuple(labels), counts=tuple((*key, counts[key]) for key in sorted(counts)))


def _of_anomalies(run: RunSource, engine: Engine, score: Score) -> dict[str, Any]:
    found = engine.rows("anomaly_range")[0]
    width = _width(found["low"], found["high"], BARS)
    rows = engine.rows("anomaly_bars", low=found["low"], width=width, bars=BARS)
    known: dict[str, Any] = {"bars": _bars(rows, found["low"], width)}
    if score.threshold is not None:
        rows = engine.rows("listed_anomalies", limit=MAX_PER_CELL, threshold=score.threshold.value)
        known.update(listed=_places(run, rows), per_cell=MAX_PER_CELL)
    return known


def _of_regression(engine: Engine) -> dict[str, Any]:
    found = engine.rows("regression_range")[0]
    low, low_error = found["low"], found["low_error"]
    width = _width(low_error, found["high_error"], BARS)
    rows = engine.rows("regression_bars", low=low_error, width=width, bars=BARS)
    points = engine.rows("regression_points", low=low, width=_width(low, found["high"], SIDE))
    return {
        "bars": _bars(rows, low_error, width),
        "points": tuple(Point(**row) for row in points),
    }


def _width(low: float, high: float, parts: int) -> float:
    return (high - low) / parts or 1.0


# --- Samples -----------------------------------------------------------------------------------------------


def _samples(engine: Engine, score: Score, limit: int) -> Iterator[Sample]:
    """Yield the samples that are wrong as a whole, then those with the most confidently wrong windows."""
    chosen: dict[int, Place] = {}
    for each in (*score.wrong_samples, *score.confidently_wrong):
        if len(chosen) < limit:
            chosen.setdefault(each.sample_id, each)
    ids = list(chosen)
    if not ids:
        return
    windows = _windows(engine, score, ids)
    sizes = {row["sample_id"]: row for row in engine.rows("image_sizes", samples=ids)}
    boxes, grids = _boxes(engine, score, ids), _grids(engine, score, ids)
    for sample_id, each in chosen.items():
        size = sizes.get(sample_id, {})
        yield Sample(
            place=each,
            windows=tuple(windows.get(sample_id, ())),
            width_px=size.get("width"),
            height_px=size.get("height"),
            boxes=tuple(boxes.get(sample_id, ())),
            grid=grids.get(sample_id, ()),
        )


def _windows(engine: Engine, score: Score, ids: Sequence[int]) -> dict[int, list[TimelineWindow]]:
    if score.kind == "object_detection":
        return {}
    labelled = score.kind in ("classification", "label_map")
    confidences: dict[tuple[int, int], dict[str, float]] = {}
    for row in engine.rows("timeline_confidences" if labelled else "timeline_numbers", samples=ids):
        confidences.setdefault((row["sample_id"], row["window"]), {})[row["label"]] = row["score"]
    windows: dict[int, list[TimelineWindow]] = {}
    for row in engine.rows("timelines", samples=ids, limit=MAX_TIMELINE):
        found = confidences.get((row["sample_id"], row["window"]), {})
        windows.setdefault(row.pop("sample_id"), []).append(TimelineWindow(**row, scores=found))
    return {sample: list(_with_fewer_lines(each)) for sample, each in windows.items()}


def _with_fewer_lines(windows: Sequence[TimelineWindow]) -> Iterator[TimelineWindow]:
    highest: dict[str, float] = {}
    for each in windows:
        for label, score in each.scores.items():
            highest[label] = max(score, highest.get(label, score))
    kept = sorted(highest, key=lambda label: (-highest[label], label))[:MAX_LINES]
    for each in windows:
        scores = {label: score for label, score in each.scores.items() if label in kept}
        yield TimelineWindow(
            window=each.window,
            start_ms=each.start_ms,
            end_ms=each.end_ms,
            expected=each.expected,
            predicted=each.predicted,
            scores=scores,
        )


def _boxes(engine: Engine, score: Score, ids: Sequence[int]) -> dict[int, list[Box]]:
    boxes: dict[int, list[Box]] = {}
    if score.kind == "object_detection":
        for row in engine.rows("image_boxes", samples=ids):
            boxes.setdefault(row.pop("sample_id"), []).append(Box(**row))
    return boxes


def _grids(
    engine: Engine, score: Score, ids: Sequence[int]
) -> dict[int, tuple[tuple[float | None, ...], ...]]:
    if score.kind != "visual_anomaly":
        return {}
    rows = engine.rows("image_grids", samples=ids, learn_block_id=score.learn_block_id)
    return {row["sample_id"]: tuple(map(tuple, row["grid"] or ())) for row in rows}
