"""The command line, `ei-classify`. Results go to stdout, everything else to stderr.

Exit codes: 0 success, 1 a failed call or export, 2 wrong usage or a missing extra, 3 nothing found, 4 a
requirement is not met, 130 interrupted.
"""

from __future__ import annotations

import gc

from .application import app


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    # Typed results are many small objects without cycles. With Python's default threshold, the garbage
    # collector runs after every 700 new objects, which takes a third of the time of decoding a page.
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    app()


__all__ = ["app", "main"]
