"""The files of an export as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from .runs import StoredRun

_LINE = msgspec.json.Decoder(dict[str, Any])


def read_lines(path: Path, count: int) -> Iterator[dict[str, Any]]:
    """The object in each line.

    Raises:
        ValueError: A line is not an object, or there are more or fewer lines.
        OSError: The file cannot be read.
    """
    found = 0
    with path.open("rb") as file:
        for found, line in enumerate(file, 1):
            try:
                yield _LINE.decode(line)
            except msgspec.DecodeError as error:
                raise ValueError(f"cannot be read: line {found}: {error}") from error
    if found != count:
        raise ValueError(f"has {found} lines and not {count}")


def unreadable_lines(folder: Path, runs: Iterable[StoredRun]) -> Iterator[tuple[str, str]]:
    """The files that cannot be read to their end, and what is wrong with each."""
    for run in runs:
        for path, entry in run.files.items():
            try:
                for _ in read_lines(folder / path, entry.rows):
                    pass
            except (ValueError, OSError) as error:
                yield path, str(error)
