"""`--columns`: which columns a command prints, and in which order."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS: Final = ("sample", "file", "expected", "predicted", "correct")
"""The columns of `results` unless others are asked for."""
ALL_RESULTS: Final = (*RESULTS, "variant", "windows", "length_ms", "added", "category", "device")
SCORE: Final = ("figure", "value", "interval")
COMPARE: Final = ("figure", "first", "second", "difference", "interval")


def pick(text: str | None, known: Sequence[str], *, table: bool) -> list[str] | None:
    """Return the columns that a text such as `a,b` names; None without a text.

    Args:
        text: What the command line says.
        known: The columns that there are.
        table: Whether the command prints a table, rather than JSON.

    Raises:
        typer.BadParameter: A column is not known, none is named, or there is no table.
    """
    if text is None:
        return None
    if not table:
        raise _wrong("chooses columns of the table; JSON has everything")
    names = list(dict.fromkeys(filter(None, map(str.strip, text.split(",")))))
    if not names:
        raise _wrong(f"it takes names, such as {known[0]},{known[1]}")
    for name in names:
        if name not in known:
            alike = difflib.get_close_matches(name, known, n=1)
            meant = f" (did you mean {alike[0]}?)" if alike else ""
            raise _wrong(f"there is no column {name!r}{meant}. There are {', '.join(known)}")
    return names


def _wrong(problem: str) -> typer.BadParameter:
    return typer.BadParameter(problem, param_hint="--columns")
