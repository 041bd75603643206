"""The path of an export's folder."""

from __future__ import annotations

from pathlib import Path

from ei_classify.errors import InvalidArgumentError
from ei_classify.texts import problem_of


def folder_path(folder: str | Path) -> Path:
    """Return the path of a folder.

    Raises:
        InvalidArgumentError: The text is empty, which would be the current folder, or the path cannot be
            written as UTF-8, as Arrow requires.
    """
    problem = "is empty" if folder == "" else problem_of(str(folder))
    if problem is None and problem_of(str(Path(folder).absolute())):
        problem = f"is relative to {Path.cwd()}, which cannot be written as UTF-8"
    if problem:
        raise InvalidArgumentError(problem, name="folder")
    return Path(folder)
