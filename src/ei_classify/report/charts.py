"""Charts of scores, for the report and for notebooks. Each is an Altair chart, which shows itself there.

The data are in the charts. All of them are as wide as their container, except the images.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from ei_classify.errors import MissingExtraError

try:
    import altair as alt
except ImportError as error:
    raise MissingExtraError((error.name or "altair").partition(".")[0], "report") from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ei_classify.scoring import Comparison, Score
    from ei_classify.scoring.detailing import Details, Sample, TimelineWindow

    from .signals import Signal

Chart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart

BLUE, GREEN, ORANGE, RED, GREY = "#3b82c4", "#2e9e6b", "#d9822b", "#d1495b", "#8a8f98"
"""Colours with enough contrast on white and on black."""
FRAME = "#00d5ff"
"""A colour that is not in the heat map."""
PALETTE = (
    "#4c78a8", "#f58518", "#54a24b", "#e45756", "#72b7b2", "#b279a2",
    "#eeca3b", "#9d755d", "#ff9da6", "#79706e",
)  # fmt: skip
"""The colours of labels; Vega calls them tableau10."""
HEIGHT = 220
MARGIN = 70
"""The width of the labels beside a timeline, so that the charts of a sample stand below each other."""
IMAGE_WIDTH = 300


def reliability(score: Score) -> Chart:
    """Return the reliability diagram: how often windows are right, by how confident the block was."""
    rows = [
        {"confidence": each.confidence, "accuracy": each.accuracy, "windows": each.windows}
        for each in score.calibration
        if each.windows
    ]
    x = alt.X("confidence:Q", title="mean confidence", scale=alt.Scale(domain=[0, 1]), axis=_percent())
    y = alt.Y("accuracy:Q", title="share of right windows", scale=alt.Scale(domain=[0, 1]), axis=_percent())
    chart = alt.Chart(_data(rows)).encode(x=x, y=y)
    points = chart.mark_circle(color=BLUE, opacity=0.9).encode(
        size=alt.Size("windows:Q", legend=None, scale=alt.Scale(range=[40, 400])),
        tooltip=[
            alt.Tooltip("confidence:Q", format=".1%"),
            alt.Tooltip("accuracy:Q", format=".1%"),
            alt.Tooltip("windows:Q"),
        ],
    )
    return _sized(
        alt.layer(_diagonal(0, 1), chart.mark_line(color=BLUE), points),
        "Reliability: share of right windows by confidence. On the dashed line, both are equal.",
    )


_DISTRIBUTED = {
    "regression": "error (found − expected)",
    "anomaly": "anomaly score",
    "visual_anomaly": "anomaly score",
}


def distribution(score: Score, details: Details) -> Chart:
    """Return how many windows, or detected boxes, have which confidence, anomaly score or error."""
    title = _DISTRIBUTED.get(score.kind, "confidence")
    counted = "boxes" if score.kind == "object_detection" else "windows"
    rows = [each.to_dict() for each in details.bars]
    names = sorted({each.series for each in details.bars})
    colours = {"right": GREEN, "wrong": RED, "false alarm": RED, "anomaly": RED, "no anomaly": BLUE,
               "error": BLUE}  # fmt: skip
    bars = (
        alt.Chart(_data(rows))
        .mark_bar()
        .encode(
            x=alt.X(
                "low:Q",
                bin="binned",
                title=title,
                axis=alt.Axis(tickCount=8, labelOverlap=True),
                scale=alt.Scale(nice=False, zero=False),
            ),
            x2=alt.X2("high:Q"),
            y=alt.Y("windows:Q", title=counted, stack="zero"),
            color=alt.Color(
                "series:N",
                title=None,
                scale=alt.Scale(domain=names, range=[colours[name] for name in names]),
                legend=alt.Legend(orient="top") if len(names) > 1 else None,
            ),
            tooltip=[
                alt.Tooltip("low:Q", format=".3~g"),
                alt.Tooltip("high:Q", format=".3~g"),
                alt.Tooltip("series:N"),
                alt.Tooltip("windows:Q", title=counted),
            ],
        )
    )
    return _sized(bars, f"Number of {counted} by {title}.")


def thresholds(score: Score) -> Chart:
    """Return how the figures move with the threshold. Its parameter `threshold` moves a line."""
    names = {"accuracy": "right of those decided", "coverage": "decided", "precision": "precision",
             "recall": "recall", "f1": "F1"}  # fmt: skip
    if score.kind in ("anomaly", "visual_anomaly"):
        names = {name: names[name] for name in ("precision", "recall", "f1")}
    rows = [
        {"threshold": point.value, "figure": shown, "value": getattr(point, name)}
        for point in score.curve
        for name, shown in names.items()
        if getattr(point, name) is not None
    ]
    own = score.threshold or score.best_threshold
    parameter = alt.param(name="threshold", value=own.value if own else 0)
    lines = (
        alt.Chart(_data(rows))
        .mark_line()
        .encode(
            x=alt.X("threshold:Q", title="threshold", scale=alt.Scale(nice=False, zero=False)),
            y=alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=_percent()),
            color=alt.Color(
                "figure:N",
                title=None,
                scale=alt.Scale(
                    domain=list(names.values()), range=[BLUE, GREY, ORANGE, RED, GREEN][: len(names)]
                ),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=[
                alt.Tooltip("threshold:Q", format=".3~g"),
                alt.Tooltip("figure:N"),
                alt.Tooltip("value:Q", format=".1%"),
            ],
        )
    )
    rule = (
        alt.Chart(_data([{}]))
        .mark_rule(color=GREY, size=2, strokeDash=[4, 3])
        .transform_calculate(at="threshold")
        .encode(x=alt.X("at:Q"))
    )
    return _sized(alt.layer(lines, rule).add_params(parameter), "The figures by threshold.")


def numbers(details: Details) -> Chart:
    """Return the found numbers of a regression by the expected ones."""
    rows = [each.to_dict() for each in details.points]
    every = [number for each in details.points for number in (each.expected, each.found)]
    scale = alt.Scale(nice=True, zero=False)
    points = (
        alt.Chart(_data(rows))
        .mark_circle(color=BLUE, opacity=0.6)
        .encode(
            x=alt.X("expected:Q", title="expected", scale=scale),
            y=alt.Y("found:Q", title="found", scale=scale),
            size=alt.Size("windows:Q", legend=None, scale=alt.Scale(range=[30, 300])),
            tooltip=[
                alt.Tooltip("expected:Q", format=".4~g"),
                alt.Tooltip("found:Q", format=".4~g"),
                alt.Tooltip("windows:Q"),
            ],
        )
    )
    description = "Found numbers by expected ones. On the dashed line, both are equal."
    return _sized(alt.layer(_diagonal(min(every), max(every)), points), description)


def residuals(details: Details) -> Chart:
    """Return the errors of a regression by the expected number."""
    rows = [
        {"expected": each.expected, "error": each.found - each.expected, "windows": each.windows}
        for each in details.points
    ]
    points = (
        alt.Chart(_data(rows))
        .mark_circle(color=BLUE, opacity=0.6)
        .encode(
            x=alt.X("expected:Q", title="expected", scale=alt.Scale(zero=False)),
            y=alt.Y("error:Q", title="error (found − expected)"),
            size=alt.Size("windows:Q", legend=None, scale=alt.Scale(range=[30, 300])),
            tooltip=[
                alt.Tooltip("expected:Q", format=".4~g"),
                alt.Tooltip("error:Q", format=".4~g"),
                alt.Tooltip("windows:Q"),
            ],
        )
    )
    zero = alt.Chart(_data([{"y": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(y=alt.Y("y:Q"))
    return _sized(alt.layer(zero, points), "Errors by expected number.")


def differences(comparison: Comparison, names: Mapping[str, str]) -> Chart:
    """Return the differences of the figures that are shares, with their intervals.

    Args:
        comparison: What to show.
        names: The figures to show, and what each is called.
    """
    rows = [
        {
            "figure": shown,
            "value": each.value,
            "low": each.value if each.low is None else each.low,
            "high": each.value if each.high is None else each.high,
        }
        for name, shown in names.items()
        if (each := comparison.metrics.get(name)) is not None and each.value is not None
    ]
    y = alt.Y("figure:N", title=None, sort=None)
    chart = alt.Chart(_data(rows)).encode(y=y)
    layers = alt.layer(
        alt.Chart(_data([{"x": 0}])).mark_rule(color=GREY, strokeDash=[4, 3]).encode(x=alt.X("x:Q")),
        chart.mark_rule(color=BLUE, size=3).encode(x=alt.X("low:Q"), x2=alt.X2("high:Q")),
        chart.mark_circle(color=BLUE, size=90, opacity=1).encode(
            x=alt.X("value:Q", title="difference, with its 95 % interval", axis=alt.Axis(format="+.1%")),
            tooltip=[
                alt.Tooltip("figure:N"),
                *(alt.Tooltip(f"{name}:Q", format="+.1%") for name in ("value", "low", "high")),
            ],
        ),
    )
    return _sized(layers, "Differences, second minus first.", height=28 * len(rows))


# --- Samples -----------------------------------------------------------------------------------------------


def decisions(sample: Sample, labels: Sequence[str]) -> Chart:
    """Return what was expected and decided along a sample.

    Args:
        sample: What to show.
        labels: The labels that have a colour of their own, in all charts of the same score.
    """
    rows = [
        {**span, "row": row, "label": label, "window": each.window}
        for each, span in zip(sample.windows, _spans(sample.windows), strict=True)
        for row, label in (("expected", each.expected), ("decided", each.predicted))
        if label is not None
    ]
    bars = (
        alt.Chart(_data(rows))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=_time(sample.windows, title=None),
            x2=alt.X2("end:Q"),
            y=alt.Y("row:N", title=None, sort=["expected", "decided"], axis=alt.Axis(minExtent=MARGIN)),
            color=_labels(sample, labels),
            tooltip=[alt.Tooltip("row:N"), alt.Tooltip("label:N"), alt.Tooltip("window:Q")],
        )
    )
    return _sized(bars, "Expected and decided label of each window.", height=60)


def confidences(sample: Sample, labels: Sequence[str], *, is_confidence: bool = True) -> Chart:
    """Return the score of every label along a sample; bars if it has one window.

    Args:
        sample: What to show.
        labels: The labels that have a colour of their own, in all charts of the same score.
        is_confidence: Whether the scores are from 0 to 1.
    """
    if len(sample.windows) == 1:
        return _scores(sample.windows[0], is_confidence=is_confidence)
    rows = [
        {"at": span["at"], "label": label, "score": score, "window": each.window}
        for each, span in zip(sample.windows, _spans(sample.windows), strict=True)
        for label, score in each.scores.items()
    ]
    spans = _spans(sample.windows)
    edges = [spans[0]["start"], spans[-1]["end"]] if spans else [0, 1]
    lines = (
        alt.Chart(_data(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X("at:Q", title=_unit(sample.windows), scale=alt.Scale(domain=edges, nice=False)),
            y=alt.Y(
                "score:Q",
                title=None,
                axis=alt.Axis(minExtent=MARGIN, format="%" if is_confidence else ""),
                scale=alt.Scale(domain=[0, 1]) if is_confidence else alt.Scale(),
            ),
            color=_labels(sample, labels) if is_confidence else alt.value(BLUE),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("score:Q", format=".3~g"), alt.Tooltip("window:Q")],
        )
    )
    return _sized(lines, "Score of every label along the sample.", height=140)


def _scores(window: TimelineWindow, *, is_confidence: bool) -> Chart:
    rows = [{"label": label, "score": score} for label, score in window.scores.items()]
    bars = (
        alt.Chart(_data(rows))
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X(
                "score:Q",
                title=None,
                axis=alt.Axis(format="%" if is_confidence else ""),
                scale=alt.Scale(domain=[0, 1]) if is_confidence else alt.Scale(),
            ),
            y=alt.Y("label:N", title=None, sort="-x", axis=alt.Axis(minExtent=MARGIN)),
            tooltip=[alt.Tooltip("label:N"), alt.Tooltip("score:Q", format=".3~g")],
        )
    )
    return _sized(bars, "Score of every label.", height=24 * len(rows))


def signal(data: Signal) -> Chart:
    """Return the raw signal of a sample."""
    rows = [
        {"at": place * data.interval_ms / 1000, "axis": axis, "value": value}
        for axis, values in data.axes.items()
        for place, value in zip(range(0, len(values) * data.every, data.every), values, strict=True)
    ]
    lines = (
        alt.Chart(_data(rows))
        .mark_line(strokeWidth=1)
        .encode(
            x=alt.X("at:Q", title="seconds", scale=alt.Scale(nice=False)),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(minExtent=MARGIN)),
            color=alt.Color("axis:N", title=None, legend=alt.Legend(orient="top")),
        )
    )
    return _sized(lines, "The raw signal of the sample.", height=140)


STATES = {"expected": GREEN, "found": BLUE, "missed": ORANGE, "false alarm": RED}
_DASHES = {"expected": [1, 0], "found": [6, 3], "missed": [2, 2], "false alarm": [10, 2, 2, 2]}


def boxes(sample: Sample) -> Chart:
    """Return the boxes of an image and their centres: those of a match, missed ones, and false alarms."""
    colour = alt.Color(
        "state:N",
        title=None,
        scale=alt.Scale(domain=list(STATES), range=list(STATES.values())),
        legend=alt.Legend(orient="bottom", columns=2, symbolType="square"),
    )
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[1, 0], nice=False))
    frame = (
        alt.Chart(_data([{"x": 0, "y": 0, "x2": 1, "y2": 1}]))
        .mark_rect(filled=False, stroke=GREY)
        .encode(x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))
    )
    layers: list[alt.Chart] = [frame]
    for state, dash in _DASHES.items():
        rows = [
            {**each.to_dict(), "x2": each.x + each.width, "y2": each.y + each.height,
             "xc": each.x + each.width / 2, "yc": each.y + each.height / 2}
            for each in sample.boxes
            if each.state == state
        ]  # fmt: skip
        if rows:
            chart = alt.Chart(_data(rows)).encode(
                tooltip=[
                    alt.Tooltip("state:N"),
                    alt.Tooltip("label:N"),
                    alt.Tooltip("score:Q", format=".3~g"),
                ]
            )
            tone = STATES[state]
            layers += [
                chart.mark_rect(filled=False, stroke=tone, strokeWidth=2.5, strokeDash=dash).encode(
                    x=x, y=y, x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q")
                ),
                chart.mark_point(shape="cross", size=40, filled=True).encode(
                    x=alt.X("xc:Q", axis=None), y=alt.Y("yc:Q", axis=None), color=colour
                ),
            ]
            if state == "false alarm":  # below, as it often is where another label is missed
                text = chart.mark_text(align="left", baseline="top", dy=3, color=tone)
                layers.append(text.encode(x=x, y=alt.Y("y2:Q", axis=None), text=alt.Text("label:N")))
            elif state != "found":  # it stands on the expected box, which has the same label
                text = chart.mark_text(align="left", baseline="bottom", dy=-3, color=tone)
                layers.append(text.encode(x=x, y=y, text=alt.Text("label:N")))
    return _image(alt.layer(*layers), sample, "Expected and detected boxes of the image.")


def grid(
    sample: Sample, *, scale: tuple[float, float] | None = None, threshold: float | None = None
) -> Chart:
    """Return the anomaly scores of an image as a heat map.

    Args:
        sample: What to show.
        scale: The scores of the darkest and of the brightest colour; None for those of this image.
        threshold: Cells with at least this score get a frame; None for no frames.
    """
    rows = [
        {"row": row, "column": column, "score": score}
        for row, scores in enumerate(sample.grid)
        for column, score in enumerate(scores)
        if score is not None
    ]
    x, y = (alt.X("column:O", title=None, axis=None), alt.Y("row:O", title=None, axis=None))
    cells = (
        alt.Chart(_data(rows))
        .mark_rect()
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "score:Q",
                title="score",
                scale=alt.Scale(scheme="inferno", domain=list(scale))
                if scale
                else alt.Scale(scheme="inferno"),
                legend=alt.Legend(orient="bottom"),
            ),
            tooltip=[alt.Tooltip("row:Q"), alt.Tooltip("column:Q"), alt.Tooltip("score:Q", format=".3~g")],
        )
    )
    reached = [row for row in rows if threshold is not None and row["score"] >= threshold]
    frames = alt.Chart(_data(reached)).mark_rect(filled=False, stroke=FRAME, strokeWidth=3).encode(x=x, y=y)
    chart = alt.layer(cells, frames) if reached else cells
    return _image(chart, sample, "Anomaly scores of the image, cell by cell.")


# --- Parts -------------------------------------------------------------------------------------------------


def _data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    # Sums of floating-point numbers depend on the order of the parts, which is another one each time.
    return alt.InlineData(values=[{name: rounded(each) for name, each in row.items()} for row in rows])


def rounded(value: Any) -> Any:
    """Return a number with six digits that count, and anything else as it is."""
    return float(f"{value:.6g}") if isinstance(value, float) else value


def _percent() -> alt.Axis:
    return alt.Axis(format="%")


def _diagonal(low: float, high: float) -> alt.Chart:
    ends = _data([{"x": low, "y": low}, {"x": high, "y": high}])
    line: alt.Chart = alt.Chart(ends).mark_line(color=GREY, strokeDash=[4, 3])
    drawn: alt.Chart = line.encode(x=alt.X("x:Q"), y=alt.Y("y:Q"))
    return drawn


def _sized(chart: Chart, description: str, height: int = HEIGHT) -> Chart:
    sized: Chart = chart.properties(
        width="container", height=height, description=description, background="transparent"
    )
    return sized


def _image(chart: Chart, sample: Sample, description: str) -> Chart:
    ratio = (sample.height_px or 1) / (sample.width_px or 1)
    sized: Chart = chart.properties(
        width=IMAGE_WIDTH,
        height=round(IMAGE_WIDTH * ratio),
        description=description,
        background="transparent",
    )
    return sized


def _spans(windows: Sequence[TimelineWindow]) -> list[dict[str, float]]:
    """Return from where to where each window is drawn, and its middle, in seconds or as numbers of windows.

    Windows may overlap, so each is drawn to the start of the next.
    """
    if not _has_times(windows):
        return [{"start": each.window, "end": each.window + 1, "at": each.window + 0.5} for each in windows]
    starts = [(each.start_ms or 0) / 1000 for each in windows]
    ends = [(each.end_ms or 0) / 1000 for each in windows]
    return [
        {"start": start, "end": shown, "at": (start + end) / 2}
        for start, shown, end in zip(starts, [*starts[1:], ends[-1]], ends, strict=True)
    ]


def _has_times(windows: Sequence[TimelineWindow]) -> bool:
    known = all(each.start_ms is not None and each.end_ms is not None for each in windows)
    return known and bool(windows) and bool(windows[-1].end_ms)


def _unit(windows: Sequence[TimelineWindow]) -> str:
    return "seconds" if _has_times(windows) else "window"


def _time(windows: Sequence[TimelineWindow], title: str | None) -> alt.X:
    spans = _spans(windows)
    edges = [spans[0]["start"], spans[-1]["end"]] if spans else [0, 1]
    return alt.X(
        "start:Q",
        title=title,
        scale=alt.Scale(domain=edges, nice=False),
        axis=alt.Axis(labels=False, ticks=False),
    )


def _labels(sample: Sample, labels: Sequence[str]) -> alt.Color:
    names = {label for each in sample.windows for label in (each.expected, each.predicted, *each.scores)}
    known = [label for label in labels if label in names]
    known += sorted(label for label in names if label is not None and label not in known)
    colours = [
        GREY if label not in labels else PALETTE[labels.index(label) % len(PALETTE)] for label in known
    ]
    return alt.Color(
        "label:N", title=None, scale=alt.Scale(domain=known, range=colours), legend=alt.Legend(orient="top")
    )
