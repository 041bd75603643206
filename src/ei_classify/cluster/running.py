"""The export of one run by slices: checks them over the whole run, and adds them to the run in order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from ei_classify.dataset import hidden_name, unpacked
from ei_classify.decoding import SetAsideCounts
from ei_classify.errors import ClusterError, ResultsChangedError
from ei_classify.export.checking import Results
from ei_classify.export.exporting import continued
from ei_classify.export.parts import finish_run
from ei_classify.walking import SeenIds

from .planning import RunPlan

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.dataset import Part, RunEntry, Storage
    from ei_classify.export.gathering import Gatherer
    from ei_classify.export.resuming import ExportFolder

    from .slices import Slice, SliceRead

_SHARED_DISK: Final = "A folder must be on a disk that the workers and this machine share; or use a URL."


class RunExport:
    """One run, as the driver of an export sees it."""

    def __init__(
        self,
        export_folder: ExportFolder,
        entry: RunEntry,
        gather: Callable[[RunEntry], Gatherer[Any]],
        *,
        page_size: int,
        rows_per_part: int,
    ) -> None:
        self.entry = entry
        """The run with the slices that were accepted."""
        self.results = Results(export_folder, entry)
        """What checks the samples that are there already."""
        self.resumed = entry.samples
        """The number of samples that were there at the start."""
        self.new: list[str] = []
        """The files that were added and not committed yet, by path within the folder of the run."""
        self.bytes = 0
        """The number of bytes that workers have received."""
        self.set_aside = SetAsideCounts()
        """The values that workers have left out."""
        self._storage: Storage = export_folder.storage
        self._gathering = continued(gather, entry, self._storage)
        number = export_folder.next_number(entry, self._gathering.extension)
        self._plan = RunPlan(entry, number, page_size=page_size, rows_per_part=rows_per_part)
        self._seen = SeenIds()
        if known := entry.ids:
            self._seen.add(known)

    @property
    def over(self) -> bool:
        """Whether all slices have been accepted."""
        return self._plan.over

    def slices(self) -> list[Slice]:
        """Return the slices to read now, in addition to those under way."""
        return self._plan.slices()

    def accept(self, piece: Slice, read: SliceRead) -> None:
        """Take a slice, and add those to the run whose turn has come.

        Raises:
            ResultsChangedError: The slices do not fit together.
            ClusterError: The files are not where they should be.
        """
        self.bytes += read.bytes
        self.set_aside = self.set_aside.merge(read.set_aside)
        self._plan.received(piece, read)
        while (taken := self._plan.take()) is not None:
            self._check(*taken)
            self._add(taken[1])

    def finish(self) -> None:
        """Complete the run, with the files that it has then in addition."""
        self.new += finish_run(self._storage, self.entry, self._gathering)
        self._seen = SeenIds()  # its ids take 8 bytes each

    def _check(self, piece: Slice, read: SliceRead) -> None:
        entry, part = self.entry, read.part
        if read.total is not None and entry.total not in (None, read.total):
            raise _changed(f"the total was {entry.total} and is now {read.total}", piece)
        total = entry.total if read.total is None else read.total
        end = piece.start + read.samples
        if end > piece.end:
            what = f"the server sent {read.samples} samples and was asked for {piece.end - piece.start}"
            raise _changed(what, piece)
        if total is not None and end < min(piece.end, total):
            raise _changed(f"there are only {end} samples, but the total is {total}", piece)
        if part is None:
            return
        if (repeated := self._seen.add(unpacked(part.ids))) is not None:
            raise _changed(f"sample {repeated} was sent twice", piece)
        self._check_files(part)

    def _check_files(self, part: Part) -> None:
        path, file = next(iter(part.files.items()))
        place = f"{self.entry.folder}/{hidden_name(path)}"
        try:
            with self._storage.open(place, buffered=False) as written:
                size = written.seek(0, os.SEEK_END)
        except FileNotFoundError:
            raise ClusterError(f"a worker has written {place}, and it is not there", _SHARED_DISK) from None
        if size != file.bytes:
            raise ClusterError(
                f"{place} has {size} bytes, and a worker has written {file.bytes}", _SHARED_DISK
            )

    def _add(self, read: SliceRead) -> None:
        entry = self.entry
        entry.total = entry.total if read.total is None else read.total
        entry.first = entry.first or read.first
        if read.part is not None:
            entry.parts.append(read.part)
            self.new += read.part.files
            self._gathering.merge(read.facts)
            entry.facts = self._gathering.facts
            entry.set_aside = entry.set_aside.merge(read.set_aside)


def _changed(what: str, piece: Slice) -> ResultsChangedError:
    return ResultsChangedError(what, offset=piece.start, samples_read=piece.start)
