"""`compare`: two models on the same windows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ei_classify.errors import InvalidArgumentError, ScoringError
from ei_classify.showing import html_table, one_line, text_table

from .blocks import blocks_of
from .engine import Engine
from .mcnemar import exact_mcnemar
from .measuring import measured
from .resampling import REPLICATES
from .results import Figure, Form, Place, Score
from .scores import WORST, chosen_runs, options_of, place, score_of
from .tasks import tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .estimates import Estimate
    from .kinds.measured import Measured, Options, Task
    from .sources import RunSource, Sources


class ClassDifference(Form, frozen=True, kw_only=True):
    """The differences of one label, the second model minus the first."""

    label: str
    support: int
    precision: Figure
    recall: Figure
    f1: Figure
    average_precision: Figure


class Changes(Form, frozen=True, kw_only=True):
    """How many windows are right in both models, in one, or in neither, and the exact test of McNemar."""

    both_right: int
    lost: int
    """Right in the first model, and wrong in the second."""
    won: int
    """Wrong in the first model, and right in the second."""
    both_wrong: int
    p_value: float
    """The two-sided p value of the exact test of McNemar, which treats windows as independent."""


class Comparison(Form, frozen=True, kw_only=True):
    """Two models at one task, on the windows that both have."""

    first: Score
    second: Score
    """The scores are of the windows that pair."""
    metrics: dict[str, Figure]
    """The difference of each figure, second minus first, with its interval."""
    sample_metrics: dict[str, Figure]
    classes: tuple[ClassDifference, ...]
    changes: Changes
    lost: tuple[Place, ...]
    won: tuple[Place, ...]
    pairs: int
    """The number of windows that pair."""
    only_first: int
    """The number of windows of the first model that do not pair."""
    only_second: int
    relabelled: int
    """The number of windows that do not pair because the models expect different labels."""

    @property
    def title(self) -> str:
        """What is compared, in words."""
        return f"{self.first.title} → {self.second.title}"

    def rows(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Yield name, both values, the difference and its interval of each figure that is defined in both."""
        for name, difference in self.metrics.items():
            if difference.value is not None:
                yield name, *_values(self.first.metrics[name], self.second.metrics[name], difference)
        before = {each.label: each for each in self.first.classes}
        after = {each.label: each for each in self.second.classes}
        for each in self.classes:
            if each.f1.value is not None:
                yield f"f1[{each.label}]", *_values(before[each.label].f1, after[each.label].f1, each.f1)

    def summary(self) -> str:
        """Return in words what changed."""
        changes = self.changes
        unpaired = self.only_first + self.only_second + self.relabelled
        tail = f"; {unpaired} windows do not pair" if unpaired else ""
        return (
            f"{self.pairs} windows: {changes.lost} were right and are wrong, {changes.won} were wrong and "
            f"are right, McNemar p = {changes.p_value:.3g}{tail}"
        )

    def __repr__(self) -> str:
        return one_line(f"<Comparison: {self.title}, windows: {self.pairs}>")

    def __str__(self) -> str:
        return f"{self.title}\n{text_table(self.rows())}\n{self.summary()}"

    def _repr_html_(self) -> str:
        head = ("figure", "first", "second", "difference", "95 % interval")
        return html_table(f"{self.title}: {self.summary()}", head, self.rows())


class Comparisons(Form, frozen=True, kw_only=True):
    """All tasks that two runs have in common."""

    version: int = 1
    comparisons: tuple[Comparison, ...]

    def __iter__(self) -> Iterator[Comparison]:
        return iter(self.comparisons)

    def __len__(self) -> int:
        return len(self.comparisons)

    def __getitem__(self, index: int) -> Comparison:
        return self.comparisons[index]

    def __str__(self) -> str:
        return "\n\n".join(map(str, self.comparisons))

    def _repr_html_(self) -> str:
        return "".join(each._repr_html_() for each in self.comparisons)


def compare(
    first: Sources,
    second: Sources | None = None,
    *,
    variants: tuple[str | None, str | None] | None = None,
    replicates: int = REPLICATES,
    seed: int = 0,
    worst: int = WORST,
) -> Comparisons:
    """Compare two runs on the windows that both have: of the same sample, with the same times and label.

    Args:
        first: Exports or tables with the first run.
        second: Exports or tables with the second run; None if `first` has both.
        variants: The variants of the first and the second run, if the sources have several.
        replicates: The number of replicates of the bootstrap for the intervals; 0 for no intervals.
        seed: Chooses the replicates.
        worst: The largest number of windows that are listed as lost, and as won.

    Raises:
        ScoringError: The runs have nothing in common, or it is not clear which runs to compare.
        InvalidArgumentError: An argument has an unusable value.
        ExportError: A folder is not an export, or is damaged.
        MissingExtraError: A package of the extra `scoring` is not installed.
    """
    options = options_of(replicates=replicates, seed=seed, worst=worst)
    return Comparisons(comparisons=tuple(compare_runs(*_two_runs(first, second, variants), options)))


def _two_runs(
    first: Sources, second: Sources | None, variants: tuple[str | None, str | None] | None
) -> tuple[RunSource, RunSource]:
    if variants is not None and len(variants) != 2:
        raise InvalidArgumentError("must be two variants", name="variants")
    if second is None:
        runs = chosen_runs(first, variants)
        if variants is not None:
            runs = [run for variant in variants for run in runs if run.variant == variant]
        if len(runs) != 2:
            raise ScoringError(
                f"two runs can be compared, not {len(runs)}: {'; '.join(run.name for run in runs)}. Choose "
                "two variants of one project"
            )
        return runs[0], runs[1]
    return (
        _one_run(first, variants[0] if variants else None, "the first source", chosen=variants is not None),
        _one_run(second, variants[1] if variants else None, "the second source", chosen=variants is not None),
    )


def _one_run(source: Sources, variant: str | None, name: str, *, chosen: bool) -> RunSource:
    runs = chosen_runs(source, (variant,) if chosen else None)
    if len(runs) != 1:
        listed = "; ".join(run.name for run in runs)
        raise ScoringError(f"{name} has {len(runs)} runs: {listed}. Choose one by its variant")
    return runs[0]


def compare_runs(first: RunSource, second: RunSource, options: Options) -> Iterator[Comparison]:
    """Yield the comparison of each task that two runs have in common.

    Raises:
        ScoringError: The runs have nothing in common.
    """
    with Engine(first) as one, Engine(second) as other:
        tasks = list(_common_tasks(*(list(tasks_of(blocks_of(engine))) for engine in (one, other))))
        if not tasks:
            raise ScoringError(f"{first.name} and {second.name} have no task in common")
        found = False
        for before, after in tasks:
            comparison = _compared_task((first, one, before), (second, other, after), options)
            if comparison is not None:
                found = True
                yield comparison
        if not found:
            raise ScoringError(f"{first.name} and {second.name} {_why_nothing(one, other)}")


def _common_tasks(ours: Sequence[Task], theirs: Sequence[Task]) -> Iterator[tuple[Task, Task]]:
    """Yield the tasks that match: by kind, key and block, or by kind and key if that is unambiguous."""
    for task in ours:
        alike = [
            each for each in theirs if (each.kind, each.label_map_key) == (task.kind, task.label_map_key)
        ]
        same = [each for each in alike if each.learn_block_id == task.learn_block_id]
        if same or len(alike) == 1:
            yield task, (same or alike)[0]


def _compared_task(
    before: tuple[RunSource, Engine, Task], after: tuple[RunSource, Engine, Task], options: Options
) -> Comparison | None:
    (first, one, ours), (second, other, theirs) = before, after
    for _, engine, task in (before, after):
        engine.choose()
        task.prepare(engine)
    one.offer("other_windows", other.columns("windows_to_pair"))
    one.do("pairs")
    found = one.rows("pair_counts")[0]
    if not found["pairs"]:
        return None
    other.offer("pairs", one.columns("pair_list"))
    figures = []
    for _, engine, task in (before, after):
        engine.do("only_pairs")
        figures.append(measured(engine, task, options))
    if figures[0] is None or figures[1] is None:
        return None
    return _comparison((first, one, ours, figures[0]), (second, other, theirs, figures[1]), found, options)


def _comparison(
    before: tuple[RunSource, Engine, Task, Measured],
    after: tuple[RunSource, Engine, Task, Measured],
    found: Mapping[str, int],
    options: Options,
) -> Comparison:
    first, one, ours, old = before
    second, other, theirs, new = after
    one.offer("other_verdicts", other.columns("verdict_list"))
    row = one.rows("changes")[0]
    lists = {
        name: tuple(
            place(first, each) for each in one.rows("changed_windows", was_right=right, limit=options.worst)
        )
        for name, right in (("lost", True), ("won", False))
    }
    return Comparison(
        first=score_of(first, ours, old),
        second=score_of(second, theirs, new),
        metrics=_differences(old.metrics, new.metrics),
        sample_metrics=_differences(old.sample_metrics, new.sample_metrics),
        classes=tuple(_class_differences(old, new)),
        changes=Changes(**row, p_value=exact_mcnemar(row["lost"], row["won"])),
        pairs=found["pairs"],
        only_first=found["ours"] - found["pairs"] - found["relabelled"],
        only_second=found["theirs"] - found["pairs"] - found["relabelled"],
        relabelled=found["relabelled"],
        **lists,
    )


def _differences(old: Mapping[str, Estimate], new: Mapping[str, Estimate]) -> dict[str, Figure]:
    return {name: new[name].minus(each).figure() for name, each in old.items() if name in new}


def _class_differences(old: Measured, new: Measured) -> Iterator[ClassDifference]:
    others = {label: figures for label, _, figures in new.classes}
    for label, support, figures in old.classes:
        if label in others:
            yield ClassDifference(label=label, support=support, **_differences(figures, others[label]))


def _why_nothing(one: Engine, other: Engine) -> str:
    one.offer("other_samples", other.columns("sample_list"))
    shared = one.rows("shared_samples")[0]
    if not shared["samples"]:
        return "have no sample in common: they are of other projects, or read with other filters"
    return (
        f"have {shared['samples']} samples in common, but no window: the lengths of their windows, or their "
        "labels, differ"
    )


def _values(first: Figure, second: Figure, difference: Figure) -> tuple[str, str, str, str]:
    values = [each.value for each in (first, second)]
    shown = ["-" if each is None or math.isnan(each) else f"{each:.4g}" for each in values]
    interval = ""
    if difference.low is not None and difference.high is not None:
        interval = f"{difference.low:+.4g} to {difference.high:+.4g}"
    return shown[0], shown[1], f"{difference.value:+.4g}", interval
