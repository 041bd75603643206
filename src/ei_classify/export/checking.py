"""Checks before an export continues: whether its files are intact and the results have not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.dataset import StoredExport, stored_run
from ei_classify.errors import ExportChangedError, ExportDamagedError

from .digests import sample_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.dataset import RunEntry

    from .gathering import RunPage
    from .resuming import ExportFolder


def check_files(export_folder: ExportFolder, entry: RunEntry, *, verify: bool) -> None:
    """Check that the files of a run are as they were written.

    Args:
        export_folder: The folder.
        entry: The run.
        verify: Whether to read the files and compare their checksums.

    Raises:
        ExportDamagedError: A file is missing, or has the wrong size, number of rows or checksum.
    """
    storage = export_folder.storage
    manifest = export_folder.manifest
    stored = StoredExport(storage, manifest.format, manifest.server, (stored_run(storage, entry),))
    for path, problem in stored.damaged(verify=verify):
        raise ExportDamagedError(
            f"{path} {problem}. Use --restart to read these results again", str(storage.folder)
        )


@frozen
class SampleFound:
    """What is known of a sample that was read to check it."""

    sample_id: int
    digest: str
    total: int | None
    """The number of samples over all pages; None if the server does not send it."""

    @classmethod
    def of(cls, page: RunPage) -> SampleFound:
        """Return what the first sample of a page tells."""
        return cls(page.sample_ids[0], sample_digest(page, 0), page.total)


class Results:
    """The results that a run reads, to detect when the server has different ones."""

    def __init__(self, export_folder: ExportFolder, entry: RunEntry) -> None:
        self._export_folder = export_folder
        self._entry = entry

    def note(self, page: RunPage) -> None:
        """Compare the total of a page with the total so far, and record it and the first sample.

        Raises:
            ExportChangedError: The page has another total.
        """
        self.note_total(page.total)
        if self._entry.first is None:
            self._entry.first = sample_digest(page, 0)

    def note_total(self, total: int | None) -> None:
        """Compare a total with the one so far, and record it.

        Raises:
            ExportChangedError: It is another one.
        """
        entry = self._entry
        known = entry.samples if entry.total is None and entry.complete else entry.total
        if total is not None:  # otherwise the total so far is still valid
            if entry.parts and known not in (None, total):
                raise self.changed(f"there were {known} samples, and now there are {total}")
            entry.total = total

    @property
    def offsets(self) -> tuple[int, ...]:
        """The offsets of the samples that `check` may read."""
        count = self._entry.samples
        return (*dict.fromkeys((0, count - 1)), *((count,) if self._entry.complete else ()))

    def check(self, read: Callable[[int], SampleFound | None]) -> None:
        """Check that the results are the same as those in the folder.

        The API does not say which classify job produced the results. To find out whether it was another one,
        the first and the last sample in the folder are read again and compared.

        Args:
            read: A function that returns the sample at an offset; None if there is none.

        Raises:
            ExportChangedError: The results have changed.
        """
        entry, total_known = self._entry, False
        ids = entry.ids
        places = {0: (ids[0], entry.first), len(ids) - 1: (ids[-1], entry.parts[-1].last)}
        for offset, (sample_id, before) in places.items():
            found = read(offset)
            if found is None or found.sample_id != sample_id:
                raise self.changed(f"sample {sample_id} is no longer the one at offset {offset}")
            self.note_total(found.total)
            total_known = total_known or found.total is not None
            if found.digest != before:
                raise self.changed(f"sample {sample_id} has different results")
        if entry.complete and not total_known and read(len(ids)) is not None:
            raise self.changed(f"there were {len(ids)} samples, and now there are more")

    def changed(self, what: str) -> ExportChangedError:
        """Return the error for results that have changed."""
        return ExportChangedError(
            f"the results have changed since they were exported: {what}. Use --restart to export the new "
            "results",
            str(self._export_folder.storage.folder),
        )
