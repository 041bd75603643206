"""Writes the page: HTML with its styles, scripts and data in one file, which asks for nothing else."""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from typing import TYPE_CHECKING, Any

import msgspec
from ei_classify_api.errors import visible

from ei_classify.errors import MissingExtraError
from ei_classify.scoring.metrics import UNBOUNDED

from . import charts, wording
from .findings import answers, expects, mixed_up, outcome_of
from .matrix import matrix_of

try:
    import jinja2
    import vl_convert
    from markupsafe import Markup
except ImportError as error:
    raise MissingExtraError((error.name or "jinja2").partition(".")[0].replace("_", "-"), "report") from error

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ei_classify.scoring import ClassFigures
    from ei_classify.scoring.results import Place

    from .gathering import Facts, Section

TITLE = "Model testing"
MAX_LABELS = 500
"""The largest number of labels in a table."""
MAX_PAIRS = 10
MAX_SUBSETS = 200
_STARTS_CHARTS = "window.vegaEmbed = vegaEmbed;"


def page_of(facts: Facts) -> str:
    """Return the page. The same facts give the same text."""
    style, script, library = _asset("page.css"), _asset("page.js"), _library()
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src {_hash(library)} {_hash(script)}",
            f"style-src {_hash(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    data = data_of(facts)
    template = _templates().get_template("page.html.jinja")
    return template.render(
        facts=facts,
        title=TITLE,
        policy=policy,
        style=Markup(style),  # noqa: S704  # files of the package, whose hashes the policy names
        script=Markup(script),  # noqa: S704
        library=Markup(library),  # noqa: S704
        data=Markup(embedded(data)),  # noqa: S704  # no `<` is in it
        wording=wording,
        answers=answers,
        expects=expects,
        outcome_of=outcome_of,
        mixed_up=mixed_up,
        matrix_of=matrix_of,
        by_f1=_by_f1,
        sample_charts=functools.partial(_sample_charts, drawn=data["charts"].keys()),
        has_two_projects=len({_project(section) for section in facts.sections}) > 1,
        servers=sorted({each.details.server for each in facts.sections if each.details.server}),
        limits={"labels": MAX_LABELS, "pairs": MAX_PAIRS, "subsets": MAX_SUBSETS},
    )


def embedded(data: object) -> str:
    """Return data as JSON that can stand in a script element: without `<`, and so without its end."""
    return msgspec.json.encode(data).decode().replace("<", "\\u003c")


@functools.cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _file("templates", name)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters.update(count=wording.count, percent=wording.percent, exact=charts.rounded)
    return environment


@functools.cache
def _library() -> str:
    """Return the script of Vega-Embed, which evaluates no text as code if it is told so."""
    library = vl_convert.javascript_bundle(_STARTS_CHARTS)
    if "</script" in library.lower():
        raise RuntimeError(
            "the script of the charts cannot stand in a page: it has the end of a script in it"
        )
    return library


def _asset(name: str) -> str:
    return _file("assets", name)


@functools.cache
def _file(folder: str, name: str) -> str:
    return importlib.resources.files(__package__).joinpath(folder, name).read_text("utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _by_f1(classes: Sequence[ClassFigures]) -> list[ClassFigures]:
    """Return labels, the weakest first; those without a figure are last."""
    return sorted(classes, key=lambda each: (2.0 if each.f1.value is None else each.f1.value, each.label))


def _sample_charts(section: Section, number: int, *, drawn: Collection[str]) -> list[tuple[str, str]]:
    """Return the names and the captions of the charts of a sample, by its number on the page."""
    classifies = section.score.kind in ("classification", "label_map")
    captions = {
        "decisions": "Expected and decided",
        "confidences": "Score of every label" if classifies else "Score",
        "boxes": "Boxes and centres",
        "grid": "Anomaly score of each cell",
        "signal": "Raw signal",
    }
    named = ((f"{name}-{number}", caption) for name, caption in captions.items())
    return [(name, caption) for name, caption in named if f"{section.id}-{name}" in drawn]


def _project(section: Section) -> tuple[str | None, int]:
    return section.score.source, section.score.project_id


# --- Data --------------------------------------------------------------------------------------------------


def data_of(facts: Facts) -> dict[str, Any]:
    """Return what the script of the page reads, in which every text shows what it holds."""
    found: dict[str, Any] = _shown(
        {
            "charts": {name: chart for section in facts.sections for name, chart in _charts(section, facts)},
            "sections": {section.id: _section(section) for section in facts.sections},
        }
    )
    return found


def _shown(value: Any) -> Any:
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    return charts.rounded(value)


def _section(section: Section) -> dict[str, Any]:
    score, details = section.score, section.details
    matrix = matrix_of(section)
    labels = sorted({label for each in details.listed for label in (each.expected, each.predicted) if label})
    places = {label: place for place, label in enumerate(labels)}
    return {
        "kind": score.kind,
        "own": score.threshold.value if score.threshold else None,
        "best": score.best_threshold.value if score.best_threshold else None,
        "curve": [
            [each.value, each.coverage, each.accuracy, each.precision, each.recall, each.f1]
            for each in score.curve
        ],
        "sweep": details.sweep.to_dict() if details.sweep else None,
        "rows": matrix.expected if matrix else [],
        "columns": matrix.predicted if matrix else [],
        "labels": labels,
        "link": _link(details.listed[0]) if details.listed else None,
        "listed": [
            [each.sample_id, each.filename, each.window, each.start_ms, each.end_ms,
             places.get(each.expected or ""), places.get(each.predicted or ""), each.confidence]
            for each in details.listed
        ],
    }  # fmt: skip


def _link(place: Place) -> tuple[str, str]:
    """Return what stands before and after the id of a sample in its address."""
    before, _, after = place.link.partition(f"sampleId={place.sample_id}")
    return f"{before}sampleId=", after


def _charts(section: Section, facts: Facts) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the name and the specification of each chart."""
    for name, chart in _charts_of(section, facts):
        yield f"{section.id}-{name}", chart.to_dict(validate=False)


def _charts_of(section: Section, facts: Facts) -> Iterator[tuple[str, charts.Chart]]:
    score, details = section.score, section.details
    labels = [each.label for each in score.classes] or ["no anomaly", "anomaly"]
    cells = [cell for each in details.samples for row in each.grid for cell in row if cell is not None]
    scale = (min(cells), max(cells)) if cells else None
    if any(each.windows for each in score.calibration):
        yield "reliability", charts.reliability(score)
    if details.bars:
        yield "distribution", charts.distribution(score, details)
    if score.curve:
        yield "thresholds", charts.thresholds(score)
    if details.points:
        yield "numbers", charts.numbers(details)
        yield "residuals", charts.residuals(details)
    if section.comparison is not None and shares(section):
        yield "differences", charts.differences(section.comparison, shares(section))
    for number, sample in enumerate(details.samples, start=1):
        if len(sample.windows) > 1 or (sample.windows and score.kind in ("classification", "label_map")):
            if score.kind in ("classification", "label_map", "anomaly") and len(sample.windows) > 1:
                yield f"decisions-{number}", charts.decisions(sample, labels)
            if any(each.scores for each in sample.windows):
                is_confidence = score.kind in ("classification", "label_map")
                yield f"confidences-{number}", charts.confidences(sample, labels, is_confidence=is_confidence)
        if sample.boxes:
            yield f"boxes-{number}", charts.boxes(sample)
        if sample.grid:
            threshold = score.threshold.value if score.threshold else None
            yield f"grid-{number}", charts.grid(sample, scale=scale, threshold=threshold)
        signal = facts.signals.get((score.project_id, sample.place.sample_id))
        if signal is not None:
            yield f"signal-{number}", charts.signal(signal)


def shares(section: Section) -> dict[str, str]:
    """Return the names of the figures of a comparison that are shares."""
    return {
        name: shown
        for name, shown in wording.NAMES.items()
        if name not in UNBOUNDED
        and section.comparison is not None
        and (figure := section.comparison.metrics.get(name)) is not None
        and figure.value is not None
    }
