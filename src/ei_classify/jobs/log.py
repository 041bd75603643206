"""Puts what a server sends of a log into lines: in order, and none twice. No I/O."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_api.models import JobLog, LogLine

logger = logging.getLogger("ei_classify")


class LogReader:
    """Reads the log of one job, which the server sends anew each time, at most its last lines."""

    def __init__(self) -> None:
        self._last: list[LogLine] = []
        self._count = 0

    def read(self, log: JobLog) -> list[str]:
        """Return the new lines, the oldest first."""
        lines = oldest_first(log.stdout)
        new = self._new(lines, log.total_count)
        if len(new) > len(lines):
            lost = len(new) - len(lines)
            logger.warning("%d lines of the log are lost: the server keeps only the last", lost)
        fresh = lines[len(lines) - min(len(new), len(lines)) :]
        self._last = lines or self._last
        self._count += len(new)
        return [line.data.rstrip("\r\n") for line in fresh]

    def _new(self, lines: Sequence[LogLine], total: int | None) -> range:
        """Return the numbers of the lines that are new."""
        if total is not None:
            return range(self._count, max(self._count, total))
        overlap = min(len(self._last), len(lines))
        while overlap and self._last[-overlap:] != list(lines[:overlap]):
            overlap -= 1
        return range(self._count, self._count + len(lines) - overlap)


def oldest_first(lines: Sequence[LogLine]) -> list[LogLine]:
    """Return lines in the order in which they were printed. Servers send the newest one first."""
    dates = [line.created for line in lines if line.created is not None]
    if len(dates) == len(lines) and len(lines) > 1 and dates[0] < dates[-1]:
        return list(lines)
    return list(reversed(lines))
