"""Text and tables for a terminal. No other module of the command line imports rich.

Any string may contain text from a server, such as the name of a sample. Strings are therefore plain text
without markup, and `visible` replaces control characters and invisible characters in them by escapes.
"""

from __future__ import annotations

import contextlib
import logging
import os
import stat
import sys
import textwrap
import traceback
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from ei_classify_api.errors import visible
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import TracebackType

    from rich.console import JustifyMethod, OverflowMethod
    from rich.progress import Progress, Task
    from rich.style import Style

    _ExceptionInfo: TypeAlias = (
        tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    )


_NARROWEST: Final = 4  # characters of a column, unless all that is in it is shorter


class _Console(Console):
    def render_str(
        self,
        text: str,
        *,
        style: str | Style = "",
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        **_: object,
    ) -> Text:
        """Return the text of a string. rich calls this for every string, including the cells of a table."""
        return Text(visible(text), style, justify=justify, overflow=overflow)


def table(*headings: str) -> Table:
    """Return a table without rows. A cell that is wider than its column is folded, not cut."""
    made = Table(box=None, pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


class Rows:
    """A table that is printed some rows at a time. The first of them decide how wide its columns are.

    On a terminal, a longer cell that comes later is folded. Elsewhere, its column is wider from there on.
    """

    def __init__(self, *columns: tuple[str, Literal["left", "right"]]) -> None:
        """Name the columns, each with its justification."""
        self._columns = columns
        self._widths: list[int] = []

    def rendered(self, rows: Sequence[tuple[Sequence[str], str]], terminal: Terminal) -> bytes:
        """Return the encoded text of the next rows, after the head of the table if they are the first.

        Args:
            rows: The cells of each row, and the style of the row.
            terminal: Where they go.
        """
        head = [] if self._widths else [[title for title, _ in self._columns]]
        lines = [*head, *([visible(cell) for cell in cells] for cells, _ in rows)]
        if head or not terminal.is_terminal:
            widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
            self._widths = [*map(max, widths, self._widths or widths)]
        if not (terminal.is_terminal or terminal.has_colors):  # rich takes twenty times as long
            return terminal.encoded("".join(map(self._line, lines)))
        if head and terminal.is_terminal:
            self._fit(terminal.width)
        table = Table(box=None, pad_edge=False, show_header=bool(head))
        for (title, justify), width in zip(self._columns, self._widths, strict=True):
            table.add_column(title, justify=justify, overflow="fold", width=width)
        for cells, style in rows:
            table.add_row(*cells, style=style)
        return terminal.rendered(table)

    def _line(self, cells: Sequence[str]) -> str:
        padded = []
        for cell, (_, justify), width in zip(cells, self._columns, self._widths, strict=True):
            spaces = " " * (width - cell_len(cell))
            padded.append(spaces + cell if justify == "right" else cell + spaces)
        return "  ".join(padded).rstrip() + "\n"

    def _fit(self, width: int) -> None:
        """Make the widest columns narrower until the table fits."""
        free = width - 2 * (len(self._widths) - 1)  # there are two spaces between columns
        while sum(self._widths) > free and max(self._widths) > _NARROWEST:
            self._widths[self._widths.index(max(self._widths))] -= 1


class Terminal:
    """Stdout or stderr, for text that people read."""

    def __init__(self, *, stderr: bool = False) -> None:
        self._console = _Console(stderr=stderr, highlight=False)

    @property
    def is_terminal(self) -> bool:
        """Whether the output is a terminal rather than a file or a pipe, which get no line folded."""
        try:
            return self._console.file.isatty()
        except ValueError:  # it is closed
            return False

    @property
    def is_live(self) -> bool:
        """Whether what is on the output can be written over."""
        return self.is_terminal and not self._console.is_dumb_terminal

    @property
    def has_colors(self) -> bool:
        """Whether text is coloured: on a terminal, or if FORCE_COLOR says so, unless NO_COLOR does."""
        return self._console.color_system is not None and not self._console.no_color

    @property
    def is_file(self) -> bool:
        """Whether the output is a file on disk."""
        try:
            return stat.S_ISREG(os.fstat(self._console.file.fileno()).st_mode)
        except (OSError, ValueError):  # a stream without a file, or a closed one
            return False

    @property
    def width(self) -> int:
        """The width of the terminal in characters."""
        return self._console.width

    def encoded(self, text: str) -> bytes:
        """Return the bytes of a text. A character that the encoding of the output lacks becomes a `?`."""
        return text.encode(self._console.encoding, "replace")

    def rendered(self, what: Table | str, *, fold: bool = True, style: str = "") -> bytes:
        """Return the encoded text of a table or a line. A character that the encoding lacks becomes a `?`.

        Args:
            what: The table or the line.
            fold: Whether to fold lines at the edge of a terminal. If the output is not a terminal, no line is
                folded.
            style: The style of the whole.
        """
        if not self.is_terminal:
            self._console.width = 10_000
        with self._console.capture() as shown:
            self._console.print(what, soft_wrap=not fold, style=style)
        return self.encoded(shown.get())

    def say(self, text: str) -> None:
        """Print a line without folding it."""
        self._console.print(text, soft_wrap=True)

    def complain(self, text: str) -> None:
        """Print a paragraph to stderr. On a terminal, it is folded between words."""
        _write(textwrap.fill(visible(text), self._console.width) if self.is_terminal else visible(text))

    @contextlib.contextmanager
    def working(self, text: str) -> Iterator[Callable[[str], None]]:
        """Show a live line while the block runs. Yields a function that changes the line."""
        with self._console.status(self._console.render_str(text)) as status:
            yield lambda changed: status.update(self._console.render_str(changed))

    def bars(self, *texts: str) -> Progress:
        """Return progress bars, each with an estimate of the remaining time.

        Args:
            texts: The templates of the texts of a line, such as `{task.description}`. The first stands before
                the bar, the others after it.
        """
        from rich.progress import BarColumn, Progress, ProgressColumn, TimeRemainingColumn

        class Column(ProgressColumn):
            def __init__(self, template: str) -> None:
                super().__init__()
                self._template = template

            def render(self, task: Task) -> Text:
                return Text(visible(self._template.format(task=task)))

        first, *others = map(Column, texts)
        return Progress(first, BarColumn(), *others, TimeRemainingColumn(), console=self._console)


def print_traceback(error: BaseException) -> None:
    """Print the traceback of an error and of its causes to stderr."""
    _write(_visible_lines("".join(traceback.format_exception(error)).rstrip("\n")))


def log_to_stderr() -> None:
    """Send the log of the library to stderr, unless logging is configured already."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler])
    logging.getLogger("ei_classify").setLevel(logging.DEBUG)


def warnings_to(show: Callable[[str], object]) -> Callable[[], None]:
    """Show the warnings of the library, until what this returns is called.

    Values that do not fit the contract are left out: a command reports them in one line at its end.
    """
    handler = _Warnings(show)
    logger = logging.getLogger("ei_classify")
    logger.addHandler(handler)
    return lambda: logger.removeHandler(handler)


class _Warnings(logging.Handler):
    def __init__(self, show: Callable[[str], object]) -> None:
        super().__init__(logging.WARNING)
        self._show = show

    def emit(self, record: logging.LogRecord) -> None:
        if not hasattr(record, "set_aside"):
            self._show(f"warning: {record.getMessage()}")


class _Formatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the name in logging
        return visible(super().formatMessage(record))

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802  # the name in logging
        return _visible_lines(super().formatException(ei))


def _visible_lines(text: str) -> str:
    return "\n".join(map(visible, text.split("\n")))


def _write(text: str) -> None:
    if sys.stderr is not None:  # None if it was closed before the start
        print(text, file=sys.stderr)  # noqa: T201


__all__ = ["Rows", "Table", "Terminal", "log_to_stderr", "print_traceback", "table", "warnings_to"]
