"""Runs: the columns that identify one, the facts about it, and its row in the table `runs`."""

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
    """One reading of the results of one variant."""

    project_id: int
    impulse_id: int | None = None
    """The impulse that was requested; None for the project's default impulse."""
    variant: str | None = None
    """The model variant that was requested; None if the server chose it."""
    read_at: datetime.datetime
    """The time when the reading started, with a time zone."""
    filters: Mapping[str, object] = {}
    """The other filters of the request, as values that can be written as JSON."""

    @classmethod
    def for_call(cls, project_id: int, filters: Mapping[str, object]) -> Self:
        """Return the run of a call with these filters that starts now."""
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
    """Facts about a run as a whole, from the answers that have been read so far.

    `RunFacts()` is the value before the first answer. Facts can be compared and hashed, and msgspec can write
    them as JSON and read them back.
    """

    sample_count: int = 0
    """The number of samples that were read."""
    total_count: int | None = None
    """The number of samples over all pages; None if the server did not send it."""
    window_size_ms: int | None = None
    """The length of a window, in milliseconds; None if the server did not send it."""
    window_increase_ms: int | None = None
    """The time from the start of a window to the start of the next, in milliseconds; None if the server did
    not send it."""
    learn_blocks: tuple[BlockSettings, ...] = ()
    """The different learn blocks, in the order in which they first occurred."""

    def merge(self, later: RunFacts) -> RunFacts:
        """Return the facts of these answers together with those of later answers of the run.

        Merging is associative, so the parts of a run can be read and merged in groups, as long as the groups
        stay in order. The total and the window are those of the latest answer that has them. Learn blocks
        keep the order in which they first occurred.
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
    """Return the columns of the table `runs`, for the one row of a run."""
    return {
        "read_at": [run.read_at],
        "total_count": facts.total_count,
        "sample_count": facts.sample_count,
        "window_size_ms": facts.window_size_ms,
        "window_increase_ms": facts.window_increase_ms,
        "filters_json": json.dumps(run.filters, default=str, sort_keys=True) if run.filters else None,
        "learn_blocks": [[block.as_row() for block in facts.learn_blocks]],
    }
