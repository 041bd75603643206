"""Faults of paging: pages that do not hold the samples that they should."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ei_classify_mocks.studio.plans import PageSlice

from .arguments import COUNT, value
from .base import PlanFault


@dataclass(frozen=True)
class OffsetIgnored(PlanFault[PageSlice]):
    """Every page begins at the first sample."""

    name = "offset-ignored"
    examples = ("offset-ignored",)
    plan = PageSlice

    def change(self, plan: PageSlice, _turn: int) -> PageSlice:
        """Skip nothing."""
        return replace(plan, offset=0)


@dataclass(frozen=True)
class LimitCap(PlanFault[PageSlice]):
    """No page holds more than COUNT samples."""

    name = "limit-cap"
    examples = ("limit-cap=50",)
    plan = PageSlice

    most: int = value(COUNT)

    def change(self, plan: PageSlice, _turn: int) -> PageSlice:
        """Cap the limit."""
        return replace(plan, limit=min(plan.limit, self.most))


@dataclass(frozen=True)
class Appear(PlanFault[PageSlice]):
    """COUNT samples (1) do not exist at first; with each page, one of them appears at the front."""

    name = "appear"
    examples = ("appear=3",)
    plan = PageSlice

    count: int = value(COUNT, 1)

    def change(self, plan: PageSlice, turn: int) -> PageSlice:
        """Hide those that have not appeared yet."""
        return replace(plan, hidden=plan.hidden + max(0, self.count - turn))


@dataclass(frozen=True)
class Vanish(PlanFault[PageSlice]):
    """COUNT samples (1) disappear from the front with each page after the first."""

    name = "vanish"
    examples = ("vanish=1",)
    plan = PageSlice

    count: int = value(COUNT, 1)

    def change(self, plan: PageSlice, turn: int) -> PageSlice:
        """Hide those that have disappeared."""
        return replace(plan, hidden=plan.hidden + self.count * turn)
