"""Faults of jobs."""

from __future__ import annotations

from dataclasses import dataclass

from ei_classify_mocks.studio.plans import OUTCOMES, JobPlan

from .arguments import one_of, value
from .base import PlanFault


@dataclass(frozen=True)
class JobFault(PlanFault[JobPlan]):
    """The job that the request starts fails (`fail`), or is unknown as soon as it should run (`vanish`)."""

    name = "job"
    examples = ("job=fail", "job=vanish")
    plan = JobPlan

    outcome: str = value(one_of("fail", "vanish"))

    def change(self, _plan: JobPlan, _turn: int) -> JobPlan:
        """Let the job end badly."""
        return JobPlan(OUTCOMES[self.outcome])
