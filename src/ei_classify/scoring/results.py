"""What scoring returns, which is also the form of its JSON. `scores.schema.json` is its JSON Schema."""

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from ei_classify.showing import html_table, one_line, text_table

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = 1
"""The version of the form. Properties are added; when one changes or goes, the version increases."""

Kind = Literal["classification", "regression", "anomaly", "visual_anomaly", "object_detection", "label_map"]


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all results. Its `repr` is one line of at most 200 characters."""

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        shown = (f"{name}={_brief(value)}" for name, value in values if value is not msgspec.UNSET)
        return one_line(f"{type(self).__name__}({', '.join(shown)})")

    def to_dict(self) -> dict[str, Any]:
        """Return the result as JSON has it: dicts, lists, numbers and text."""
        built: dict[str, Any] = msgspec.to_builtins(self)
        return built


def _brief(value: Any) -> str:
    """Return a short text that tells what a value is."""
    if isinstance(value, tuple) and value and isinstance(value[0], Form):
        return f"[{len(value)} {type(value[0]).__name__}]"
    return reprlib.repr(value)


class Figure(Form, frozen=True, kw_only=True):
    """A figure with its interval."""

    value: float | None
    """The figure; None if it is not defined."""
    low: float | None
    """The lower end of the 95 % interval; None if there is none."""
    high: float | None
    """The upper end of the 95 % interval; None if there is none."""
    reason: str | msgspec.UnsetType = msgspec.UNSET
    """Why the figure is not defined or has no interval. It is there only if one of the others is None."""

    def __str__(self) -> str:
        if self.value is None:
            return "-"
        if self.low is None or self.high is None:
            return f"{self.value:.4g}"
        return f"{self.value:.4g} ({self.low:.4g} to {self.high:.4g})"


class ClassFigures(Form, frozen=True, kw_only=True):
    """The figures of one label."""

    label: str
    support: int
    """The number of windows, or boxes, that are expected to have the label."""
    precision: Figure
    recall: Figure
    f1: Figure
    average_precision: Figure


class Confusion(Form, frozen=True, kw_only=True):
    """How often which label was decided for which."""

    expected: tuple[str, ...]
    """The labels of the rows."""
    predicted: tuple[str, ...]
    """The labels of the columns, with the outcomes `uncertain` and `anomaly`."""
    counts: tuple[tuple[int, ...], ...]


class ClassAtThreshold(Form, frozen=True, kw_only=True):
    """The figures of one label at a threshold; None where one is not defined."""

    label: str
    precision: float | None
    recall: float | None
    f1: float | None


class AtThreshold(Form, frozen=True, kw_only=True):
    """What a threshold decides. A figure is None if it divides by zero windows."""

    value: float
    """The threshold: a lower confidence is uncertain, and a lower anomaly score is no anomaly."""
    coverage: float | None
    """The share of windows that get a label."""
    accuracy: float | None
    """The share of right windows among those that get a label."""
    precision: float | None
    """Of classification, the mean over the labels."""
    recall: float | None
    f1: float | None
    classes: tuple[ClassAtThreshold, ...] = ()


class Bin(Form, frozen=True, kw_only=True):
    """One bin of the reliability diagram."""

    low: float
    high: float
    windows: int
    confidence: float | None
    """The mean of the highest confidence; None without windows."""
    accuracy: float | None
    """How often the label with the highest confidence is the expected one; None without windows."""


class Subset(Form, frozen=True, kw_only=True):
    """The samples that a score is limited to."""

    by: str
    """A column of `samples`, or `metadata.` and a key."""
    value: str | None
    """Their value in it; None stands for samples without one."""


class Agreement(Form, frozen=True, kw_only=True):
    """Whether a figure equals that of the server."""

    name: str
    ours: float | None
    server: float
    agrees: bool
    difference: str
    """What differs; empty if nothing does."""


class Place(Form, frozen=True, kw_only=True):
    """A window, or a sample, to look at."""

    sample_id: int
    filename: str | None
    window: int | None
    """None for a whole sample."""
    start_ms: float | None
    end_ms: float | None
    expected: str | None
    predicted: str | None
    confidence: float | None
    link: str
    """The address of the sample in Studio."""


class Score(Form, frozen=True, kw_only=True):
    """How good one model is at one task."""

    project_id: int
    impulse_id: int | None
    variant: str | None
    kind: Kind
    learn_block_id: int | None
    """None if the score is of the run's predictions."""
    label_map_key: str | None = None
    """The key of a label map, if the score is of one."""
    subset: Subset | None = None
    """None if the score is of all samples."""
    source: str | None = None
    """The folder of the export; None for tables in memory."""
    complete: bool = True
    """Whether all samples of the run have been read."""
    windows: int
    """The number of judged windows, or images."""
    samples: int
    metrics: dict[str, Figure]
    sample_metrics: dict[str, Figure] = {}
    """The same of whole samples, each of which is what most of its windows are."""
    classes: tuple[ClassFigures, ...] = ()
    confusion: Confusion | None = None
    sample_confusion: Confusion | None = None
    threshold: AtThreshold | None = None
    """What the block's own threshold decides."""
    best_threshold: AtThreshold | None = None
    """What the best threshold decides."""
    curve: tuple[AtThreshold, ...] = ()
    calibration: tuple[Bin, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    confidently_wrong: tuple[Place, ...] = ()
    wrong_samples: tuple[Place, ...] = ()
    similar_labels: tuple[tuple[str, ...], ...] = ()
    """Labels that differ only by case, spaces or invisible characters."""
    notes: tuple[str, ...] = ()
    """What one should know about the figures."""

    @property
    def title(self) -> str:
        """What is scored, in words."""
        parts = [f"project {self.project_id}"]
        if self.impulse_id is not None:
            parts.append(f"impulse {self.impulse_id}")
        parts += [self.variant or "the server's variant", self.kind.replace("_", " ")]
        if self.learn_block_id is not None:
            parts.append(f"block {self.learn_block_id}")
        if self.label_map_key is not None:
            parts.append(f"key {self.label_map_key}")
        if self.subset is not None:
            parts.append(f"{self.subset.by} {self.subset.value}")
        return ", ".join(parts)

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield name, value and interval of each figure that is defined, and of each label."""
        for name, figure in self.metrics.items():
            if figure.value is not None:
                yield name, *_shown(figure)
        for each in self.classes:
            yield f"f1[{each.label}]", *_shown(each.f1)

    def __repr__(self) -> str:
        return one_line(f"<Score: {self.title}, windows: {self.windows}, samples: {self.samples}>")

    def __str__(self) -> str:
        counts = f"{self.windows} windows of {self.samples} samples"
        notes = "".join(f"\nnote: {note}" for note in self.notes)
        return f"{self.title}: {counts}\n{text_table(self.rows())}{notes}"

    def _repr_html_(self) -> str:
        return html_table(self.title, ("figure", "value", "95 % interval"), self.rows())


class Scores(Form, frozen=True, kw_only=True):
    """The scores of a source."""

    version: int = VERSION
    scores: tuple[Score, ...]
    probably_mislabelled: tuple[Place, ...] = ()
    """Windows whose label no variant agrees with, while all variants agree on another one."""

    def __iter__(self) -> Iterator[Score]:
        return iter(self.scores)

    def __len__(self) -> int:
        return len(self.scores)

    def __getitem__(self, index: int) -> Score:
        return self.scores[index]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.scores))

    def _repr_html_(self) -> str:
        return "".join(score._repr_html_() for score in self.scores)


def _shown(figure: Figure) -> tuple[str, str]:
    if figure.value is None:
        return "-", ""
    interval = "" if figure.low is None or figure.high is None else f"{figure.low:.4g} to {figure.high:.4g}"
    return f"{figure.value:.4g}", interval
