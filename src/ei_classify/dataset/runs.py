"""A run in an export."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from .checksums import file_checksum
from .ids import id_ranges

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Iterable, Mapping

    from ei_classify.decoding import SetAsideCounts

    from .manifest import FileEntry, RunEntry
    from .storage import Storage


@frozen
class StoredPart:
    """Consecutive samples of a run, whose rows are all in files of their own."""

    ids: str
    """The ids of the samples in order, as `packed` returns them."""
    files: tuple[str, ...]
    """The paths of the files within the folder of the export."""

    def may_share(self, other: StoredPart) -> bool:
        """Return whether both may have the same sample: the ranges of their ids overlap."""
        (low, high), (other_low, other_high) = _ends(self.ids), _ends(other.ids)
        return low <= other_high and other_low <= high


def _ends(ids: str) -> tuple[int, int]:
    ranges = list(id_ranges(ids))
    return min(each.start for each in ranges), max(each.stop - 1 for each in ranges)


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
    set_aside: SetAsideCounts
    """How many values do not fit the contract and were left out. In a table, they are null."""
    folder: str
    """The folder of the run within that of the export."""
    files: Mapping[str, FileEntry] = field(repr=False)
    """The rows, bytes and checksum that each file should have, by path within the folder of the export."""
    parts: tuple[StoredPart, ...] = field(repr=False)
    """The parts of the run, in their order."""
    damage: Mapping[str, str]
    """What is wrong with the files that are missing or have the wrong size, by the same paths.

    If the export was opened with `verify=True`, files with another checksum are included.
    """

    def limited_to(self, parts: Iterable[StoredPart]) -> StoredRun:
        """Return the run with some of its parts only, and with the table `runs` in full."""
        chosen = tuple(parts)
        paths = {path for part in chosen for path in part.files}
        paths |= {path for path in self.files if path.startswith(f"{self.folder}/runs/")}
        return evolve(self.with_files(paths), parts=chosen)

    def with_files(self, paths: Collection[str]) -> StoredRun:
        """Return the run with these of its files only."""
        return evolve(
            self,
            files={path: entry for path, entry in self.files.items() if path in paths},
            damage={path: problem for path, problem in self.damage.items() if path in paths},
        )

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


def stored_run(storage: Storage, entry: RunEntry, *, verify: bool = False) -> StoredRun:
    """Describe a run of an export. Files that an interruption left hidden are found as well.

    Args:
        storage: The place of the export.
        entry: The run in its manifest.
        verify: Whether to read the files and compare their checksums. Otherwise, no file is opened.

    Raises:
        OSError: An existing file cannot be read.
    """
    files, damage, paths = {}, {}, {}
    listed = {f"{entry.folder}/{name}": file for name, file in entry.files.items()}
    there = storage.shown(listed)
    for name, file in listed.items():
        found = there.get(name)
        path = found.path if found else name
        files[path] = file
        paths[name] = path
        problem = size_problem(found.size, file) if found else "is missing"
        if problem is None and verify:
            problem = content_problem(storage, path, file)
        if problem:
            damage[path] = problem
    return StoredRun(
        project_id=entry.project_id,
        impulse_id=entry.impulse_id,
        variant=entry.variant,
        filters=entry.filters,
        read_at=entry.started,
        sample_count=entry.samples,
        total_count=entry.total,
        complete=entry.complete,
        set_aside=entry.set_aside,
        folder=entry.folder,
        files=files,
        parts=tuple(
            StoredPart(part.ids, tuple(paths[f"{entry.folder}/{name}"] for name in part.files))
            for part in entry.parts
        ),
        damage=damage,
    )


def size_problem(size: int, entry: FileEntry) -> str | None:
    """Return what is wrong with the size of a file; None if nothing is."""
    return None if size == entry.bytes else f"has {size} bytes instead of {entry.bytes}"


def content_problem(storage: Storage, path: str, entry: FileEntry) -> str | None:
    """Return what is wrong with a file, of which all bytes are read; None if nothing is.

    Raises:
        OSError: The file exists, and cannot be read.
    """
    try:
        with storage.open(path) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            problem = size_problem(size, entry)
            if problem is None and file_checksum(file) != entry.checksum:
                problem = "has another checksum: its content has changed"
    except FileNotFoundError:
        return "is missing"
    return problem
