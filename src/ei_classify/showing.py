"""Objects as text for a console, and as HTML for a notebook."""

from __future__ import annotations

import html
import itertools
from typing import TYPE_CHECKING, Final

from ei_classify_api.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_ROWS: Final = 60
MOST_CHARACTERS: Final = 120
"""The largest number of rows of a table of HTML, and of characters in each of its cells."""
LONGEST_LINE: Final = 200
"""The largest number of characters of a `repr`."""


def one_line(text: str) -> str:
    """Return a text for a `repr`: in one line, and with `…` before its last character if it is long."""
    line = visible(text)
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 2]}…{line[-1]}"


def text_table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines with aligned columns."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in shown)
    return "\n".join(lines)


def html_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a table of HTML. A long cell ends with `…`, and further rows are counted."""
    left = iter(rows)
    body = "".join(_html_row("td", row) for row in itertools.islice(left, MOST_ROWS))
    if more := sum(1 for _ in left):
        body += _html_row("td", [f"… {more} more", *[""] * (len(head) - 1)])
    return f"<table><caption>{_escaped(title)}</caption>{_html_row('th', head)}{body}</table>"


def cell(value: object) -> str:
    """Return the text of a value; nothing for one that the server did not send."""
    return "" if value is None else str(value)


def _html_row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_escaped(cell)}</{tag}>" for cell in cells) + "</tr>"


def _escaped(text: str) -> str:
    short = text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"
    return html.escape(visible(short))
