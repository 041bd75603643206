"""Faults of jobs."""

from __future__ import annotations

from dataclasses import dataclass

from ei_classify_mocks.studio.plans import OUTCOMES, JobPlan

from .arguments import one_of, value
from .base import PlanFault


@dataclass(frozen=True)
class JobFault(PlanFault[JobPlan]):
    """The job that the request starts fails, is unknown as soon as it should run, or never ends.

    With `empty` it ends without results; with `keep`, the earlier results stay until its own are there.
    """

    name = "job"
    examples = ("job=fail", "job=vanish", "job=hang")
    plan = JobPlan

    outcome: str = value(one_of("fail", "vanish", "hang", "empty", "keep"))

    def change(self, _plan: JobPlan, _turn: int) -> JobPlan:
        """Let the job end badly."""
        return JobPlan(OUTCOMES[self.outcome])
