"""Writes a comparison as a table for a terminal, as Markdown for a pull request, or as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tools.drift.differences import Severity
from tools.drift.documents import write_pointer

if TYPE_CHECKING:
    from tools.drift.declarations import Sorted
    from tools.drift.differences import Difference

_COLOURS = {
    Severity.BREAKING: "red",
    Severity.TIGHTENED: "yellow",
    Severity.ADDITIVE: "green",
    Severity.TEXT: "dim",
}


def exit_code(found: Sorted) -> int:
    """Returns 0 if nothing differs on the wire, 2 if a difference breaks callers, and 1 otherwise."""
    worst = max((one.severity for one in found.undeclared), default=Severity.TEXT)
    return {Severity.TEXT: 0, Severity.BREAKING: 2}.get(worst, 1)


def summary(found: Sorted) -> str:
    """Returns the numbers on one line."""
    counts = [(level, sum(one.severity is level for one in found.undeclared)) for level in reversed(Severity)]
    said = ", ".join(f"{count} {level}" for level, count in counts if count) or "no difference"
    return f"{said}; {len(found.declared)} declared; {len(found.stale)} unused declarations"


def write_table(found: Sorted, contract: str, *, texts: bool, width: int | None = None) -> str:
    """Returns the report for a terminal, or with a given width in characters."""
    console = Console(highlight=False, width=width)
    with console.capture() as capture:
        rows = [one for one in found.undeclared if texts or _is_shown(one)]
        if rows:
            table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
            table.add_column("class", no_wrap=True)
            table.add_column("what", max_width=40)
            table.add_column("where", overflow="fold")
            for one in rows:
                where = Text(one.spot, "bold")
                places = [f"{contract}:{one.line}", _first_place(one), f"vendor {write_pointer(one.vendor)}"]
                where.append("".join(f"\n{place}" for place in places), "not bold")
                level = Text(str(one.severity), _COLOURS[one.severity])
                table.add_row(level, Text(f"{one.what}\n{one.kind}"), where)
            console.print(table)
        for pattern, declaration in found.stale:
            console.print(
                f"declared, but unused: {declaration.kind} at {pattern}", soft_wrap=True, markup=False
            )
        console.print(summary(found), soft_wrap=True, markup=False)
    return capture.get()


def write_markdown(found: Sorted, title: str) -> str:
    """Returns the report as Markdown, for a pull request."""
    lines = [f"## {title}", "", summary(found) + ".", ""]
    rows = [one for one in found.undeclared if _is_shown(one)]
    if rows:
        lines += _head("class", "in the contract", "what", "on the wire", "in the vendor's document")
        for one in rows:
            where = f"`{one.spot}`, line {one.line}"
            what = f"{one.what} ({one.kind})"
            vendor = f"`{write_pointer(one.vendor)}`"
            lines.append(_row(str(one.severity), where, what, f"`{_first_place(one)}`", vendor))
        lines.append("")
    if found.stale:
        lines += ["Declared in `openapi/differences.yaml`, but unused for this document:", ""]
        lines += [f"- {declaration.kind} at `{pattern}`" for pattern, declaration in found.stale] + [""]
    if found.declared:
        lines += ["<details><summary>Declared differences</summary>", ""]
        lines += _head("in the contract", "what", "reason")
        lines += [_row(f"`{one.spot}`", one.what, declaration.reason) for one, declaration in found.declared]
        lines += ["", "</details>", ""]
    return "\n".join(lines)


def write_json(found: Sorted) -> str:
    """Returns the whole report as JSON."""
    report = {
        "exitCode": exit_code(found),
        "differences": [_as_json(one) for one in found.undeclared],
        "declared": [{**_as_json(one), "reason": declaration.reason} for one, declaration in found.declared],
        "stale": [
            {"kind": declaration.kind, "at": pattern, "reason": declaration.reason}
            for pattern, declaration in found.stale
        ],
    }
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _as_json(one: Difference) -> dict[str, Any]:
    return {
        "class": str(one.severity),
        "kind": one.kind,
        "what": one.what,
        "places": one.places,
        "contract": {"name": one.spot, "pointer": write_pointer(one.contract), "line": one.line},
        "vendor": None
        if one.vendor is None
        else {"name": one.vendor_spot, "pointer": write_pointer(one.vendor)},
    }


def _is_shown(one: Difference) -> bool:
    """Returns whether a difference is listed. Words differ from the vendor's by design."""
    return one.kind != "text"


def _first_place(one: Difference) -> str:
    more = len(one.places) - 1
    return one.places[0] + (f" and {more} more" if more else "")


def _head(*cells: str) -> list[str]:
    return [_row(*cells), "|---" * len(cells) + "|"]


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
