"""Tells the results of a classify job from those of the job before. No I/O.

The server does not say which job its results come from. They are those of a job if one of these holds:

- there were none before the job was started, or
- they were seen to be gone after that: refused or empty, or
- they differ from those before.

Otherwise they are either stale, or the same once more, as when an unchanged model is run again. In that case
they are taken once the job has been finished for as long as results may lag (`PollPolicy.max_lag_s`).
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import define

Fingerprint: TypeAlias = str
"""Stands for the results of a variant; different results have different ones. Empty if there are none."""

NOTHING: Fingerprint = ""


@define
class Freshness:
    """What is known of the results of one variant."""

    before: Fingerprint | None
    """The results before the job; None if that is not known."""
    were_gone: bool = False

    def note(self, found: Fingerprint) -> None:
        """Note what was found while the job was not finished."""
        if found == NOTHING:
            self.were_gone = True
        elif self.before is None:
            self.before = found

    def is_new(self, found: Fingerprint) -> bool:
        """Return whether what was found after the job's end is certainly its result."""
        if found == NOTHING:
            self.were_gone = True
            return False
        return self.were_gone or (self.before is not None and found != self.before)
