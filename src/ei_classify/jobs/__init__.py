"""Jobs: a state machine without I/O that follows a job until its result is available, and its drivers."""

from .driving import follow, follow_async
from .policy import PollPolicy
from .watch import GetStatus, JobWatch, RepeatCall

__all__ = ["GetStatus", "JobWatch", "PollPolicy", "RepeatCall", "follow", "follow_async"]
