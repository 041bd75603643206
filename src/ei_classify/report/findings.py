"""What one should know of a score first, as questions with their answers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.scoring.kinds.classification import OUTCOMES

from . import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ei_classify.scoring import AtThreshold, Comparison, Confusion
    from ei_classify.scoring.detailing import Sample
    from ei_classify.scoring.results import Kind

    from .gathering import Section

WANTED = 0.95
"""The share of right windows for which a threshold is named."""


@frozen
class Answer:
    """A question, and its answer."""

    question: str
    text: str
    href: str = ""
    """Where to read on: an address in the page, or in Studio."""


def answers(section: Section) -> Iterator[Answer]:
    """Yield what one should know first."""
    yield from _worst_label(section)
    yield from _mixed_up(section)
    yield from _threshold(section)
    yield from _first_sample(section)
    yield from _change(section)


def _worst_label(section: Section) -> Iterator[Answer]:
    known = [each for each in section.score.classes if each.support and each.f1.value is not None]
    if len(known) > 1:
        worst = min(known, key=lambda each: (each.f1.value or 0, each.label))
        between = wording.interval("f1", worst.f1)
        interval = f" ({between})" if between else ""
        yield Answer(
            "Weakest label",
            f"{worst.label}: F1 {wording.percent(worst.f1.value)}{interval}, expected "
            f"{wording.count(worst.support)} times",
            f"#{section.id}-labels",
        )


def mixed_up(confusion: Confusion) -> list[tuple[str, str, int, int]]:
    """Return pairs of labels, how often the first is taken for the second, and the other way round.

    The pairs that are mixed up most are first.
    """
    counts: dict[tuple[str, str], list[int]] = {}
    for row, expected in enumerate(confusion.expected):
        for column, predicted in enumerate(confusion.predicted):
            windows = confusion.counts[row][column]
            if windows and expected != predicted and not OUTCOMES & {expected, predicted}:
                pair = (min(expected, predicted), max(expected, predicted))
                counts.setdefault(pair, [0, 0])[expected > predicted] += windows
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return [
        (one, other, there, back) if there >= back else (other, one, back, there)
        for (one, other), (there, back) in ordered
    ]


def _mixed_up(section: Section) -> Iterator[Answer]:
    confusion = section.score.confusion
    if confusion is None or section.score.kind not in ("classification", "label_map"):
        return
    for expected, predicted, there, back in mixed_up(confusion)[:1]:
        yield Answer(
            "Mixed up most",
            f"{expected} and {predicted}: {wording.count(there)} windows of {expected} are taken for "
            f"{predicted}, {wording.count(back)} the other way round",
            f"#{section.id}-confusion",
        )


def threshold_for(curve: tuple[AtThreshold, ...], wanted: float, figure: str) -> AtThreshold | None:
    """Return the lowest threshold at which a figure is at least so large; None if there is none."""
    reached = (each for each in curve if (getattr(each, figure) or 0) >= wanted)
    return next(reached, None)


def _threshold(section: Section) -> Iterator[Answer]:
    score = section.score
    figure = "accuracy" if score.kind in ("classification", "label_map") else "precision"
    if not score.curve:
        return
    question = f"Threshold for {WANTED:.0%} precision".replace("%", " %")
    found = threshold_for(score.curve, WANTED, figure)
    if found is None:
        recall = score.metrics.get("recall")
        reason = recall.reason if recall is not None and recall.value is None else None
        yield Answer(question, reason or "no threshold reaches it", f"#{section.id}-threshold")
        return
    what = (
        f"{wording.percent(found.accuracy)} of the decisions are right, and "
        f"{wording.percent(found.coverage)} of the windows get one"
        if figure == "accuracy"
        else f"precision {wording.percent(found.precision)}, recall {wording.percent(found.recall)}"
    )
    own = f". The block has {score.threshold.value:.4g}" if score.threshold else ""
    yield Answer(question, f"{found.value:.4g}: {what}{own}", f"#{section.id}-threshold")


def _first_sample(section: Section) -> Iterator[Answer]:
    for each in section.details.samples[:1]:
        place = each.place
        name = f" ({place.filename})" if place.filename else ""
        expected = f" should be {place.expected}" if expects(section.score.kind, each) else ""
        outcome = outcome_of(section.score.kind, each)
        yield Answer(
            "Look first at",
            f"sample {place.sample_id}{name}{expected}{f': {outcome}' if outcome else ''}",
            f"#{section.id}-samples",
        )


def expects(kind: Kind, sample: Sample) -> bool:
    """Return whether one thing is expected of a sample. Of an image with objects, several are."""
    return kind != "object_detection" and sample.place.expected is not None


def outcome_of(kind: Kind, sample: Sample) -> str:
    """Return what is wrong with a sample, in words."""
    if kind == "object_detection":
        return _of_objects(sample)
    if sample.place.predicted is not None:
        return f"{'found' if kind == 'regression' else 'decided'} {sample.place.predicted}"
    wrong = Counter(
        each.predicted
        for each in sample.windows
        if each.predicted is not None and each.expected != each.predicted
    )
    labels = ", ".join(sorted(wrong, key=lambda label: (-wrong[label], label)))
    if len(sample.windows) < 2:
        return f"decided {labels}" if labels else ""
    of = f"{wording.count(wrong.total())} of {wording.count(len(sample.windows))}"
    return f"{of} windows decided {labels}" if labels else ""


def _of_objects(sample: Sample) -> str:
    states = Counter(each.state for each in sample.boxes)
    missed, alarms = states["missed"], states["false alarm"]
    words = []
    if missed:
        words.append(
            f"{wording.count(missed)} of {wording.count(missed + states['expected'])} objects missed"
        )
    if alarms:
        words.append(f"{wording.count(alarms)} false alarm{'s' if alarms > 1 else ''}")
    return ", ".join(words)


def _change(section: Section) -> Iterator[Answer]:
    comparison = section.comparison
    if comparison is None:
        return
    before, now = wording.side(comparison)
    name = wording.HEADLINES[section.score.kind][0]
    figure = comparison.metrics.get(name)
    if figure is None or figure.value is None:
        return
    between = wording.change_interval(name, figure)
    judged = {"better": "better", "worse": "worse", "unclear": "no clear difference"}
    changes = comparison.changes
    yield Answer(
        f"{now} against {before}",
        f"{wording.NAMES[name]} {wording.change(name, figure)}{f' ({between})' if between else ''}: "
        f"{judged[wording.direction(name, figure)]}. Right before and wrong now: "
        f"{wording.count(changes.lost)}; the other way round: {wording.count(changes.won)}"
        f"{_other_changes(comparison, name)}",
        f"#{section.id}-comparison",
    )


def _other_changes(comparison: Comparison, first: str) -> str:
    """Return which other figures differ clearly."""
    text = ""
    for direction in ("worse", "better"):
        found = [
            wording.NAMES[name]
            for name, figure in comparison.metrics.items()
            if name != first and wording.direction(name, figure) == direction
        ]
        if found:
            text += f". Clearly {direction}: {', '.join(found)}"
    return text
