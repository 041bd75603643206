"""What every kind of score has in common: a task that is prepared and measured, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ei_classify.scoring.counting import Counting
    from ei_classify.scoring.engine import Engine
    from ei_classify.scoring.estimates import Estimate
    from ei_classify.scoring.results import Kind


@frozen
class Options:
    """How to measure."""

    replicates: int
    """The number of replicates of the bootstrap; 0 for no intervals."""
    seed: int
    """Chooses the replicates."""
    target: str
    """The figure of a threshold that is made as large as possible."""
    worst: int
    """The largest number of wrong windows and samples that are listed."""


@frozen(eq=False, kw_only=True)
class Measured:
    """The figures of one task."""

    windows: int
    samples: int
    metrics: Mapping[str, Estimate]
    sample_metrics: Mapping[str, Estimate] = field(factory=dict)
    classes: Sequence[tuple[str, int, Mapping[str, Estimate]]] = ()
    extras: Mapping[str, Any] = field(factory=dict)
    """Other properties of the `Score`."""
    notes: Sequence[str] = ()


class Task(Protocol):
    """One score of a run. Its `prepare` makes the view `decided_all`, which other views refer to.

    `decided_all` has a row per window or image: `sample_id`, `window`, `start_ms`, `end_ms`, `expected`,
    `predicted` and `correct`, which is what the server says.
    """

    @property
    def kind(self) -> Kind:
        """The kind of the score."""

    @property
    def learn_block_id(self) -> int | None:
        """The block that decides; None if the run's predictions are scored."""

    @property
    def label_map_key(self) -> str | None:
        """The key of a label map; None if the score is of no label map."""

    def prepare(self, engine: Engine) -> None:
        """Create the views of everything that the task is about."""

    def measure(self, options: Options) -> Counting[Measured | None]:
        """Return the figures of what is in scope and in the view `decided`; None if nothing is judged.

        Afterwards, the view `verdicts` of each database that was counted has `cluster`, `sample_id`,
        `window`, `expected`, `predicted` and `is_right`.
        """
