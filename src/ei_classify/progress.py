"""How far a read of many pages is: `progress=` of the methods that read them, and how `True` shows it.

On a terminal and in a notebook, one line of stderr changes. Elsewhere, such as in a log, a line is printed
every ten seconds.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from typing import TYPE_CHECKING, Final

from attrs import frozen
from ei_classify_api.errors import visible

from .errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    ProgressOption: TypeAlias = bool | Callable[["ReadProgress"], object]
    """True for a line on stderr, False for nothing, or a function that is called after each page."""

PRINT_EVERY_S: Final = 10.0
_MOVE_EVERY_S: Final = 0.1
_BAR: Final = 20  # characters


@frozen(kw_only=True)
class ReadProgress:
    """How far a read is."""

    samples: int
    """The number of samples read so far."""
    total: int | None
    """The number of samples to read; None if the server does not send it."""
    variant: str | None
    """The model variant that was asked for; None for the one that the server chooses."""


class Reading:
    """Follows a walk over all pages, and tells how far it is."""

    def __init__(self, option: Callable[[ReadProgress], object] | Line, variant: str | None) -> None:
        self._option = option
        self._variant = variant

    def moved(self, samples: int, total: int | None) -> None:
        """Tell how far the walk is after a page."""
        self._option(ReadProgress(samples=samples, total=total, variant=self._variant))

    def ended(self) -> None:
        """Tell that the walk has ended, for whatever reason."""
        if isinstance(self._option, Line):
            self._option.end()


def watch(option: object, variant: object) -> Reading | None:
    """Return what follows a walk; None for nothing.

    Raises:
        InvalidArgumentError: The option is neither a function nor True or False.
    """
    if option is None or option is False:
        return None
    if option is not True and not callable(option):
        raise InvalidArgumentError(f"must be True, False or a function, not {option!r}", name="progress")
    return Reading(Line() if option is True else option, None if variant is None else str(variant))


class Pace:
    """Says how far reads are, how fast they go and how long the rest takes, by variant."""

    def __init__(self) -> None:
        self._begun: dict[str | None, float] = {}
        self._last = time.monotonic()

    def rate(self, variant: str | None, samples: int, before: int = 0) -> float | None:
        """Return the samples per second of a variant; None as long as that says nothing.

        Its read began when the last one ended. `before` are the samples that were there by then.
        """
        begun = self._begun.setdefault(variant, self._last)
        self._last = time.monotonic()
        elapsed_s = self._last - begun
        return (samples - before) / elapsed_s if elapsed_s > 0.5 and samples > before else None

    def words(self, variant: str | None, samples: int, total: int | None, before: int = 0) -> str:
        """Return such as `int8: 200 of 1000 samples, 50 samples/s, 16 s left`."""
        rate = self.rate(variant, samples, before)
        of = "" if total is None else f" of {total}"
        unit = "sample" if (samples if total is None else total) == 1 else "samples"
        words = f"{'results' if variant is None else variant}: {samples}{of} {unit}"
        if rate is None:
            return words
        left = "" if total is None or samples >= total else f", {(total - samples) / rate:.0f} s left"
        return f"{words}, {rate:.0f} samples/s{left}"


class NowAndThen:
    """Prints a line every ten seconds, and the last one."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self._say = say
        self._last = time.monotonic()

    def __call__(self, text: str, *, is_last: bool) -> None:
        """Print a line if it is time to, or if it is the last one."""
        now = time.monotonic()
        if is_last or now - self._last >= PRINT_EVERY_S:
            self._last = now
            self._say(text)


class Line:
    """Shows on stderr how far a read is, until `end` is called."""

    def __init__(self) -> None:
        self._pace = Pace()
        self._moves = _moves()
        self._print = NowAndThen(lambda text: _write(f"{text}\n"))
        self._shown_at = 0.0
        self._text = self._shown = ""
        self._width = 0  # of what stands in the line

    def __call__(self, progress: ReadProgress) -> None:
        """Show how far the read is."""
        samples, total = progress.samples, progress.total
        text = visible(self._pace.words(progress.variant, samples, total))
        if not self._moves:
            self._print(text, is_last=samples == total)
            return
        self._text = f"{_bar(samples, total)}{text}"
        if time.monotonic() - self._shown_at >= _MOVE_EVERY_S:
            self._show()

    def end(self) -> None:
        """End the line, so that what is printed next begins a new one."""
        if self._text:
            if self._text != self._shown:
                self._show()
            _write("\n")
            self._text = self._shown = ""

    def _show(self) -> None:
        self._shown_at, self._shown = time.monotonic(), self._text
        most = shutil.get_terminal_size().columns - 1
        text = self._text if len(self._text) <= most else f"{self._text[: most - 1]}…"
        _write("\r" + text.ljust(min(self._width, most)))
        self._width = len(text)


def _bar(samples: int, total: int | None) -> str:
    if not total:
        return ""
    done = min(samples * _BAR // total, _BAR)
    return f"[{'#' * done}{'.' * (_BAR - done)}] "


def _moves() -> bool:
    """Return whether a line of stderr can be written again: on a terminal, and in a notebook."""
    if sys.stderr is None:  # it was closed before the start
        return False
    in_notebook = type(sys.stderr).__module__.partition(".")[0] == "ipykernel"
    return in_notebook or (sys.stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown"))


def _write(text: str) -> None:
    with contextlib.suppress(OSError, ValueError):  # a closed stderr does not end the read
        if sys.stderr is not None:
            sys.stderr.write(text)
            sys.stderr.flush()


__all__ = ["Line", "NowAndThen", "Pace", "ReadProgress", "Reading", "watch"]
