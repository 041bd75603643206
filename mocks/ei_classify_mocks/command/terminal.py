"""What the command line prints, and how signals end it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


class OutputError(Exception):
    """Nothing can be written to stdout, so the user cannot learn where the servers are."""


def say(text: str) -> None:
    """Print to stdout.

    Raises:
        OutputError: It cannot be written to.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # or Python would try again when it ends
        os.close(nowhere)
        raise OutputError(error.strerror) from error


def complain(text: str) -> None:
    """Print an error to stderr, if there is one."""
    if sys.stderr is not None:  # None if it was closed before the start
        print(f"error: {printable(text)}", file=sys.stderr)


def printable(text: str) -> str:
    r"""The text with an escape, such as `\x1b`, in place of each character that cannot be printed."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode("ascii") for each in text
    )


@contextlib.contextmanager
def unwinding() -> Iterator[None]:
    """Let SIGTERM and Ctrl-C unwind the block, so that whatever it has started is stopped."""

    def unwind(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    previous = signal.signal(signal.SIGTERM, unwind)
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(128 + signal.SIGINT) from None
    finally:
        signal.signal(signal.SIGTERM, previous)
