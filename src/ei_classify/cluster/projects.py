"""The runs to export, and the file that lists them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ei_classify.errors import ConfigurationError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

_COLUMNS: Final = ("project_id", "impulse_id", "variant")
_MOST_DIGITS: Final = 18


@frozen
class ProjectRun:
    """One run to export: a variant of an impulse of a project."""

    project_id: int
    impulse_id: int | None = None
    """None for the project's default impulse."""
    variant: str | None = None
    """None for the variant that the server chooses."""

    def __str__(self) -> str:
        impulse = "" if self.impulse_id is None else f", impulse {self.impulse_id}"
        variant = "" if self.variant is None else f", {self.variant}"
        return f"project {self.project_id}{impulse}{variant}"


def read_projects(
    path: str | os.PathLike[str], variants: Sequence[str | None] = (None,), impulse_id: int | None = None
) -> list[ProjectRun]:
    """Read a CSV file of runs.

    Its first line names the columns: `project_id`, and if need be `impulse_id` and `variant`. A cell of
    `variant` may have several variants, with spaces between. An empty cell stands for the default.

    Args:
        path: The file, in UTF-8.
        variants: The variants of lines that name none.
        impulse_id: The impulse of lines that name none.

    Raises:
        ConfigurationError: The file cannot be read. The error names the line.
    """
    name = str(path)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            return list(_runs(csv.reader(file, strict=True), name, variants, impulse_id))
    except OSError as error:
        raise ConfigurationError(f"cannot be read: {error.strerror}", name=name) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError("is not in UTF-8: save it as CSV in UTF-8", name=name) from error


def _runs(
    lines: Iterator[list[str]], name: str, variants: Sequence[str | None], impulse_id: int | None
) -> Iterator[ProjectRun]:
    columns: list[str] | None = None
    seen: dict[ProjectRun, int] = {}
    try:
        for cells in lines:
            number: int = lines.line_num  # type: ignore[attr-defined]  # the reader of csv has it
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if columns is None:
                columns = _header(cells, name)
                continue
            if len(cells) > len(columns):
                raise _wrong(name, number, f"has {len(cells)} cells, and there are {len(columns)} columns")
            row = dict(zip(columns, cells, strict=False))
            project = _whole(row, "project_id", name, number)
            if project is None:
                raise _wrong(name, number, "has no project_id")
            impulse = _whole(row, "impulse_id", name, number)
            for variant in row.get("variant", "").split() or variants:
                run = ProjectRun(project, impulse_id if impulse is None else impulse, variant)
                if run in seen:
                    raise _wrong(name, number, f"has {run}, as line {seen[run]} has")
                seen[run] = number
                yield run
    except csv.Error as error:
        raise ConfigurationError(f"is not CSV: {error}", name=name) from error
    if not seen:
        raise ConfigurationError("names no projects", name=name)


def _header(cells: list[str], name: str) -> list[str]:
    unknown = [cell for cell in cells if cell not in _COLUMNS]
    if unknown or "project_id" not in cells or len(set(cells)) < len(cells):
        raise ConfigurationError(
            "must begin with a line of columns, such as project_id,impulse_id,variant, not "
            f"{','.join(cells)!r}",
            name=name,
        )
    return cells


def _whole(row: dict[str, str], column: str, name: str, number: int) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise _wrong(name, number, f"has {text!r} for {column}, which must be a whole number")
    return int(text)


def _wrong(name: str, number: int, problem: str) -> ConfigurationError:
    return ConfigurationError(f"line {number} {problem}", name=name)
