"""Jobs: how a job is followed until its result is available, without I/O, and the drivers that do it."""

from .driving import follow, follow_async
from .policy import PollPolicy
from .watch import GetStatus, JobWatch, RepeatCall

__all__ = ["GetStatus", "JobWatch", "PollPolicy", "RepeatCall", "follow", "follow_async"]
