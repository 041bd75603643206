"""Which processes a process has started, and whether they are still there."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    listing = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = {int(child): int(parent) for child, parent in map(str.split, listing.stdout.splitlines())}
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in parents.items() if parent == ancestor]
    return found[1:]


def still_alive(pids: list[int]) -> list[int]:
    """Those that are there still, a moment later."""
    deadline = time.monotonic() + 2  # an orphan that has ended is there until its new parent has noticed
    while (alive := [pid for pid in pids if _is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    return alive


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False
