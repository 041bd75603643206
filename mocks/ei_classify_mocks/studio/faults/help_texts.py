"""What `--help` and `docs/studio.md` say of the faults, from the kinds and their docstrings."""

from __future__ import annotations

import inspect
import textwrap
from typing import TYPE_CHECKING

from .arguments import arguments_of
from .table import KINDS

if TYPE_CHECKING:
    from .base import FaultKind

_WIDTH = 100
_OPTIONS = {
    "on=OPERATION": "strikes one operation only: page, variants, job, start, or any other by its operationId",
    "skip=COUNT": "spares the first COUNT requests",
    "times=COUNT": "ends after it has struck COUNT requests",
    "p=SHARE": "strikes that share of the requests, decided by chance for each",
}


def usage(kind: type[FaultKind]) -> str:
    """How a kind of fault is written, with what may be left out in brackets."""
    parts = [kind.name]
    for argument in arguments_of(kind):
        letters = "" if argument.reader is None else f"={argument.reader.letters}"
        part = letters if argument.is_value else f",{argument.name}{letters}"
        parts.append(part if argument.is_required else f"[{part}]")
    return "".join(parts)


def description(kind: type[FaultKind]) -> str:
    """What a kind of fault does, in one paragraph."""
    return " ".join((inspect.getdoc(kind) or "").split())


def help_text() -> str:
    """All kinds of faults and the options of each, for a terminal."""
    lines = ["faults, each KIND[=VALUE][,OPTION=VALUE…]:"]
    for kind in KINDS.values():
        said = description(kind).replace("`", "")
        lines += [
            f"  {usage(kind)}",
            textwrap.fill(said, _WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6),
        ]
    lines += ["options of every fault:", *(f"  {name:<14}{said}" for name, said in _OPTIONS.items())]
    return "\n".join(lines)


def markdown_table() -> str:
    """All kinds of faults, as the table in `docs/studio.md`."""
    lines = ["| fault | for example | what happens |", "|---|---|---|"]
    for kind in KINDS.values():
        written = usage(kind).replace("|", "\\|")
        examples = ", ".join(f"`{each}`" for each in kind.examples)
        lines.append(f"| `{written}` | {examples} | {description(kind)} |")
    return "\n".join(lines)
