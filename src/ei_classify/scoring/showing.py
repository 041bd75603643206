"""Results as text for a console, and as HTML for a notebook."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from ei_classify_api.errors import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def text_table(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as lines with aligned columns."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in shown)
    return "\n".join(lines)


def html_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a table of HTML."""
    body = "".join(_html_row("td", row) for row in rows)
    return f"<table><caption>{_escaped(title)}</caption>{_html_row('th', head)}{body}</table>"


def _html_row(tag: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{_escaped(cell)}</{tag}>" for cell in cells) + "</tr>"


def _escaped(text: str) -> str:
    return html.escape(visible(text))
