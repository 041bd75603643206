"""The language of requirements, such as `accuracy >= 0.85` or `f1[standing].low >= 0.8`."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Literal, Self, get_args

from attrs import frozen

from ei_classify.errors import InvalidArgumentError

from .metrics import CLASS_METRICS, METRICS
from .results import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .results import Figure, Score

End = Literal["value", "low", "high"]

TOLERANCE = 1e-9
"""By how much a figure may miss a limit, for the sake of numbers that have no exact binary form."""

SAMPLES = "samples"
EXAMPLES = (
    "such as 'accuracy >= 0.85', 'f1[standing] >= 0.8', 'accuracy.low >= 0.8' or "
    "'mae <= 5 where device_name = lab'"
)

_FIGURE = r"""
    (?: (?P<task> [a-z_]+ ) \s* : \s* )?
    (?P<metric> [a-z][a-z0-9_]* )
    (?: \[ (?P<label> "(?:[^"\\]|\\.)*" | [^\]]* ) \] )?
    (?: \. (?P<end> low | high ) )?
"""
_REQUIREMENT = re.compile(
    rf"\s* {_FIGURE} \s* (?P<sign> >= | <= ) \s* (?P<limit> [-+0-9.eE]+ ) \s*"
    r"(?: where \s+ (?P<by> [^=]+? ) \s* = \s* (?P<subset> .*? ) \s* )?",
    re.VERBOSE | re.DOTALL,
)
_DROP = re.compile(rf"\s* {_FIGURE} \s* = \s* (?P<limit> [-+0-9.eE]+ ) \s*", re.VERBOSE | re.DOTALL)


@frozen
class Subject:
    """The figure that a requirement is about."""

    metric: str
    task: str | None = None
    """The kind of the score, or `samples` for the figures of whole samples; None for any kind."""
    label: str | None = None
    """The label, if it is a figure of one."""
    end: End = "value"
    """Which end of the interval counts, or the figure itself."""

    def __str__(self) -> str:
        task = f"{self.task}: " if self.task else ""
        label = "" if self.label is None else f"[{self.label}]"
        return f"{task}{self.metric}{label}{'' if self.end == 'value' else '.' + self.end}"

    @property
    def is_better_higher(self) -> bool:
        """Whether a larger figure is a better one."""
        return METRICS[self.metric] == "higher"

    def of(self, score: Score) -> Figure | str | None:
        """Return the figure in a score.

        Instead, a text says why it cannot be judged. None means that the score has no such figure.
        """
        if self.task not in (None, SAMPLES, score.kind):
            return None
        if self.label is not None:
            return self._of_label(score)
        return (score.sample_metrics if self.task == SAMPLES else score.metrics).get(self.metric)

    def _of_label(self, score: Score) -> Figure | str | None:
        if not score.classes:
            return None
        for each in score.classes:
            if each.label == self.label:
                figure: Figure = getattr(each, self.metric)
                return figure if each.support else "no window is expected to have this label"
        return f"there is no label {self.label!r}"


@frozen
class Requirement:
    """A floor or a ceiling of a figure."""

    subject: Subject
    limit: float
    by: str | None = None
    """What a subset is made by; None for all samples."""
    subset: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a requirement.

        Raises:
            InvalidArgumentError: The text is not one, or limits a figure on the side where it is better.
        """
        match = _REQUIREMENT.fullmatch(text)
        if match is None:
            raise InvalidArgumentError(f"must be a requirement, {EXAMPLES}, not {text!r}", name="require")
        subject = _subject(match, "require")
        sign = ">=" if subject.is_better_higher else "<="
        if match["sign"] != sign:
            better = "higher" if subject.is_better_higher else "lower"
            raise InvalidArgumentError(
                f"{text!r} limits {subject.metric} on the wrong side: {better} is better, so use {sign}",
                name="require",
            )
        return cls(subject, _number(match["limit"], text, "require"), match["by"], match["subset"])

    def __str__(self) -> str:
        where = "" if self.by is None else f" where {self.by} = {self.subset}"
        return f"{self.subject} {'>=' if self.subject.is_better_higher else '<='} {self.limit:g}{where}"

    def is_met(self, value: float) -> bool:
        """Return whether a figure is within the limit. Of a bias, its size counts."""
        if self.subject.is_better_higher:
            return value >= self.limit - TOLERANCE
        size = abs(value) if METRICS[self.subject.metric] == "nearer to 0" else value
        return size <= self.limit + TOLERANCE


@frozen
class MaxDrop:
    """How much worse a figure may be than that of a baseline."""

    subject: Subject
    limit: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a largest drop, such as `accuracy=0.01`.

        Raises:
            InvalidArgumentError: The text is not one.
        """
        match = _DROP.fullmatch(text)
        if match is None:
            raise InvalidArgumentError(
                f"must be a figure and a number, such as 'accuracy=0.01', not {text!r}", name="max_drop"
            )
        limit = _number(match["limit"], text, "max_drop")
        if limit < 0:
            raise InvalidArgumentError(f"must not be negative: {text!r}", name="max_drop")
        subject = _subject(match, "max_drop")
        if METRICS[subject.metric] == "nearer to 0":
            raise InvalidArgumentError(
                f"{subject.metric} has no drop; limit it with a requirement", name="max_drop"
            )
        return cls(subject, limit)

    def __str__(self) -> str:
        return f"drop of {self.subject} <= {self.limit:g}"

    def drop(self, difference: Figure) -> float | None:
        """Return how much worse the figure became; with an end of the interval, the most that it may have."""
        if self.subject.end == "value":
            change = difference.value
        else:
            change = difference.low if self.subject.is_better_higher else difference.high
        if change is None:
            return None
        return 0.0 - change if self.subject.is_better_higher else change


def _subject(match: re.Match[str], name: str) -> Subject:
    groups: Mapping[str, str | None] = match.groupdict()
    metric, label, task = str(groups["metric"]), groups["label"], groups["task"]
    if metric not in METRICS:
        raise InvalidArgumentError(
            f"there is no figure {metric!r}. There are {', '.join(METRICS)}", name=name
        )
    if label is not None and metric not in CLASS_METRICS:
        raise InvalidArgumentError(f"a label has no {metric}. It has {', '.join(CLASS_METRICS)}", name=name)
    kinds = (*get_args(Kind), SAMPLES)
    if task is not None and task not in kinds:
        raise InvalidArgumentError(f"there is no kind {task!r}. There are {', '.join(kinds)}", name=name)
    if label is not None and label.startswith('"'):
        label = json.loads(label)
    end: End = groups["end"] or "value"  # type: ignore[assignment]  # the pattern allows only these
    return Subject(metric, task, label, end)


def _number(text: str, whole: str, name: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InvalidArgumentError(f"{text!r} in {whole!r} is not a number", name=name)
    return number
