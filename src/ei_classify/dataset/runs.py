"""A run in an export."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from .storage import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .manifest import FileEntry, RunEntry


@frozen
class StoredRun:
    """One reading of one variant, in an export."""

    project_id: int
    impulse_id: int | None
    """None if the server chose the impulse."""
    variant: str | None
    """None if the server chose the variant."""
    filters: Mapping[str, Any]
    """The other filters of the request, as they were sent."""
    read_at: datetime.datetime
    """The time when the reading started, with a time zone."""
    sample_count: int
    """The number of samples in the export."""
    total_count: int | None
    """The number of samples over all pages; None if the server did not send it."""
    complete: bool
    """Whether all samples have been read."""
    folder: str
    """The folder of the run within that of the export."""
    files: Mapping[str, FileEntry] = field(repr=False)
    """The rows and bytes that each file should have, by path within the folder of the export."""
    damage: Mapping[str, str]
    """What is wrong with the files that are missing or have the wrong size, by the same paths."""

    @property
    def problems(self) -> list[str]:
        """What is wrong with the run: damaged files, and samples that have not been read."""
        problems = [f"{path} {problem}" for path, problem in self.damage.items()]
        if not self.complete:
            total = "" if self.total_count is None else f" of {self.total_count}"
            problems.append(
                f"{self.folder} is not complete: it has {self.sample_count}{total} samples. Repeat the same "
                "export to continue it"
            )
        return problems


def stored_run(root: Path, entry: RunEntry) -> StoredRun:
    """Describe a run of an export. No file is opened, but those that an interruption left hidden are shown.

    Raises:
        OSError: The size of an existing file cannot be read.
    """
    files, damage = {}, {}
    for name, file in entry.files.items():
        path = shown(root / entry.folder / name).relative_to(root).as_posix()
        files[path] = file
        try:
            size = (root / path).stat().st_size
        except FileNotFoundError:
            damage[path] = "is missing"
        else:
            if size != file.bytes:
                damage[path] = f"has {size} bytes instead of {file.bytes}"
    return StoredRun(
        project_id=entry.project_id,
        impulse_id=entry.impulse_id,
        variant=entry.variant,
        filters=entry.filters,
        read_at=datetime.datetime.fromisoformat(entry.started),
        sample_count=entry.samples,
        total_count=entry.total,
        complete=entry.complete,
        folder=entry.folder,
        files=files,
        damage=damage,
    )
