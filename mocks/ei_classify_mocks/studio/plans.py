"""What the double means to do for a call, before the faults that strike the call have changed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Outcome: TypeAlias = Literal["succeed", "keep", "empty", "fail", "vanish", "hang"]
"""What becomes of a job.

It succeeds; it succeeds, and the results of the job before stay until its own are there (`keep`); it succeeds
without results (`empty`); it fails; it is unknown from the moment it would have started to run (`vanish`); it
never ends (`hang`).
"""

OUTCOMES: dict[str, Outcome] = {
    "succeed": "succeed",
    "keep": "keep",
    "empty": "empty",
    "fail": "fail",
    "vanish": "vanish",
    "hang": "hang",
}
"""The outcomes, by the names that requests and faults have for them."""


@dataclass(frozen=True)
class PageSlice:
    """Which samples a page holds, of those that pass the filters.

    Attributes:
        offset: How many are skipped.
        limit: How many the page holds at most.
        hidden: How many at the front are treated as if they did not exist.
    """

    offset: int
    limit: int
    hidden: int = 0


@dataclass(frozen=True)
class JobPlan:
    """What is to become of a job that a call starts."""

    outcome: Outcome = "succeed"
