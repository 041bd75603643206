"""Runs: what names one, what is known of it, and its row in `runs`."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, Self, cast

import msgspec
from attrs import frozen

from .learn_blocks.settings import BlockSettings  # noqa: TC001  # msgspec reads it

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .arrays import Columns


@frozen(kw_only=True)
class Run:
    """What the rows of a run have in common: one reading of the results of one variant."""

    project_id: int
    impulse_id: int | None = None
    """The impulse that was asked for; None for the project's default impulse."""
    variant: str | None = None
    """The model variant that was asked for; None if the server chose."""
    read_at: datetime.datetime
    """When reading began, with a time zone."""
    filters: Mapping[str, object] = {}
    """What else was asked for, in values that can be written as JSON."""

    @classmethod
    def for_call(cls, project_id: int, filters: Mapping[str, object]) -> Self:
        """The run that a call with these filters reads, beginning now."""
        given = {name: value for name, value in filters.items() if value is not None}
        variant = given.pop("variant", None)
        return cls(
            project_id=project_id,
            impulse_id=cast("int | None", given.pop("impulse_id", None)),
            variant=None if variant is None else str(variant),
            read_at=datetime.datetime.now(datetime.UTC),
            filters=given,
        )


class RunFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the answers of a run say of the run as a whole, as far as they were read.

    `RunFacts()` are those of no answer. Facts can be compared and hashed, and msgspec writes them as JSON and
    reads them back.
    """

    sample_count: int = 0
    """How many samples were read."""
    total_count: int | None = None
    """The number of samples over all pages, if the server told it."""
    window_size_ms: int | None = None
    """How long a window is, if the answer told it."""
    window_increase_ms: int | None = None
    """How far a window begins after the one before it, if the answer told it."""
    learn_blocks: tuple[BlockSettings, ...] = ()
    """The different learn blocks, in the order in which they were first seen."""

    def merge(self, later: RunFacts) -> RunFacts:
        """The facts of these answers and of those that come later in the run.

        Merging is associative, so the parts of a run may be read and merged in groups, as long as each part
        is merged after those before it. Later answers decide the total and the window; learn blocks keep the
        order in which they were first seen.
        """
        return RunFacts(
            sample_count=self.sample_count + later.sample_count,
            total_count=_latest(self.total_count, later.total_count),
            window_size_ms=_latest(self.window_size_ms, later.window_size_ms),
            window_increase_ms=_latest(self.window_increase_ms, later.window_increase_ms),
            learn_blocks=tuple(dict.fromkeys((*self.learn_blocks, *later.learn_blocks))),
        )


def _latest(earlier: int | None, later: int | None) -> int | None:
    return earlier if later is None else later


def run_columns(run: Run, facts: RunFacts) -> Columns:
    """The columns of `runs`, for the one row of a run."""
    return {
        "read_at": [run.read_at],
        "total_count": facts.total_count,
        "sample_count": facts.sample_count,
        "window_size_ms": facts.window_size_ms,
        "window_increase_ms": facts.window_increase_ms,
        "filters_json": json.dumps(run.filters, default=str, sort_keys=True) if run.filters else None,
        "learn_blocks": [[block.as_row() for block in facts.learn_blocks]],
    }
