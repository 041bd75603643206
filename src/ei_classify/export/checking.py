"""Checks before an export continues: whether its files are intact and the results have not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


class Results:
    """The results that a run reads, to detect when the server has different ones."""

    def __init__(self, export_folder: ExportFolder, entry: RunEntry) -> None:
        self._export_folder = export_folder
        self._entry = entry

    def note(self, page: RunPage) -> None:
        """Compare the total of a page with the total so far, and record it.

        Raises:
            ExportChangedError: The page has another total.
        """
        entry = self._entry
        known = entry.samples if entry.total is None and entry.complete else entry.total
        if page.total is not None:  # otherwise the total so far is still valid
            if entry.parts and known not in (None, page.total):
                raise self.changed(f"there were {known} samples, and now there are {page.total}")
            entry.total = page.total
        if entry.first is None:
            entry.first = sample_digest(page, 0)

    def check(self, read: Callable[[int], RunPage | None]) -> None:
        """Check that the results are the same as those in the folder.

        The API does not say which classify job produced the results. To find out whether it was another one,
        the first and the last sample in the folder are read again and compared.

        Args:
            read: A function that returns the sample at an offset, as a page; None if there is none.

        Raises:
            ExportChangedError: The results have changed.
        """
        entry, total_known = self._entry, False
        ids = entry.ids
        places = {0: (ids[0], entry.first), len(ids) - 1: (ids[-1], entry.parts[-1].last)}
        for offset, (sample_id, before) in places.items():
            page = read(offset)
            if page is None or page.sample_ids[0] != sample_id:
                raise self.changed(f"sample {sample_id} is no longer the one at offset {offset}")
            self.note(page)
            total_known = total_known or page.total is not None
            if sample_digest(page, 0) != before:
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
