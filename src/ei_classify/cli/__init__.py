"""The command line, `ei-classify`. Results go to stdout, everything else to stderr.

Exit codes: 0 fine, 1 a failed call or export, 2 wrong usage or a missing extra, 3 nothing found,
130 interrupted.
"""

from __future__ import annotations

from .application import app


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    app()


__all__ = ["app", "main"]
