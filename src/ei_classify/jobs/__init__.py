"""Jobs: state machines without I/O that follow a job until its result is available, and their drivers."""

from .driving import follow, follow_async
from .freshness import NOTHING, Fingerprint
from .log import LogReader
from .policy import PollPolicy
from .testing import Ask, Intent, Question, Start, TestingWatch
from .watch import GetStatus, JobWatch, RepeatCall

__all__ = [
    "NOTHING",
    "Ask",
    "Fingerprint",
    "GetStatus",
    "Intent",
    "JobWatch",
    "LogReader",
    "PollPolicy",
    "Question",
    "RepeatCall",
    "Start",
    "TestingWatch",
    "follow",
    "follow_async",
]
