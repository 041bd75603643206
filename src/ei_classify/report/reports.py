"""`report`: a page about scores."""

from __future__ import annotations

import html
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from attrs import evolve, field, frozen

from ei_classify.scoring.resampling import REPLICATES
from ei_classify.scoring.scores import WORST

from .gathering import Facts, gather
from .page import page_of

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence

    from ei_classify.scoring import Score, Verdict
    from ei_classify.scoring.sources import Sources

    from .signals import Signal


@frozen(eq=False)
class Report:
    """A page about scores. In a notebook, it shows itself."""

    facts: Facts = field(repr=False)

    @cached_property
    def html(self) -> str:
        """The page. The same results give the same text."""
        return page_of(self.facts)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file.

        Raises:
            OSError: The file cannot be written.
        """
        Path(path).write_bytes(self.html.encode())

    def worst(self, number: int) -> list[tuple[Score, int]]:
        """Return the samples to look at first: the score, and the id of the sample.

        Args:
            number: The largest number of samples per score.
        """
        return self.facts.worst(number)

    def with_signals(self, signals: Mapping[tuple[int, int], Signal]) -> Self:
        """Return the report with the raw signals of samples.

        Args:
            signals: The signals, by the ids of the project and of the sample.
        """
        return evolve(self, facts=evolve(self.facts, signals={**self.facts.signals, **signals}))

    def _repr_html_(self) -> str:
        page = html.escape(self.html)
        return f'<iframe sandbox="allow-scripts" srcdoc="{page}" width="100%" height="800"></iframe>'


def report(
    source: Sources,
    *,
    by: str | None = None,
    against: Sources | None = None,
    variants: Sequence[str | None] | None = None,
    target: str = "f1",
    replicates: int = REPLICATES,
    seed: int = 0,
    worst: int = WORST,
    verdict: Verdict | None = None,
) -> Report:
    """Return a page about the scores of exports or tables.

    Args:
        source: The folder of an export, a `StoredExport`, `Tables`, or several of these.
        by: Show each subset of the samples as well: a column of `samples`, or `metadata.` and a key.
        against: The baseline. Without one, the variants `float32` and `int8` of a project are compared, or
            its only two.
        variants: Only runs of these variants.
        target: The figure that the best threshold makes as large as possible: `accuracy`, `f1`,
            `precision` or `recall`.
        replicates: The number of replicates of the bootstrap for the intervals; 0 for no intervals.
        seed: Chooses the replicates.
        worst: The largest number of samples that are shown per score.
        verdict: What `check` returned.

    Raises:
        ScoringError: There is nothing to score, or the baseline has no run in common with the source.
        InvalidArgumentError: An argument has an unusable value.
        ExportError: A folder is not an export, or is damaged.
        MissingExtraError: A package of the extra `report` is not installed.
    """
    return Report(
        gather(
            source,
            by=by,
            against=against,
            variants=variants,
            target=target,
            replicates=replicates,
            seed=seed,
            worst=worst,
            verdict=verdict,
        )
    )
