"""Writes the parts of a run: one, or one after the other, each added to the manifest once it is complete."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic

from ei_classify.dataset import ChecksummedStream, FileEntry, Part, packed
from ei_classify.decoding import SetAsideCounts

from .digests import sample_digest
from .gathering import P

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify.dataset import RunEntry, Storage

    from .gathering import Gatherer, PartFile
    from .resuming import ExportFolder

ROWS_PER_PART = 262_144
"""The number of rows after which a part is written. Until then, they are held in memory."""
SECONDS_PER_PART = 30.0
"""The time after which a part is written in any case, so that a slow export loses little when interrupted."""


class PartGatherer(Generic[P]):
    """Gathers pages, and writes them as a part, which stays hidden."""

    def __init__(self, storage: Storage, folder: str, gatherer: Gatherer[P]) -> None:
        """Start to gather. `folder` is that of the run."""
        self._storage = storage
        self._folder = folder
        self._gatherer = gatherer
        self.set_aside = SetAsideCounts()
        """The values in the pages that were added that do not fit the contract."""
        self._begin()

    def _begin(self) -> None:
        self._sample_ids: list[int] = []
        self._last: P | None = None

    def add(self, page: P) -> None:
        """Add the next page."""
        self._gatherer.add(page)
        self._sample_ids += page.sample_ids
        if page.set_aside:
            self.set_aside = self.set_aside.merge(SetAsideCounts.of(page.set_aside))
        self._last = page

    @property
    def pending(self) -> int:
        """The number of samples that were added and have not been written yet."""
        return len(self._sample_ids)

    @property
    def rows(self) -> int:
        """The number of rows that were added and have not been written yet."""
        return self._gatherer.rows

    @property
    def facts(self) -> dict[str, object]:
        """The facts about all pages so far, as JSON values."""
        return self._gatherer.facts

    def write(self, number: int, offset: int) -> Part | None:
        """Write the pages that were added as a part, and return it; None if there are none.

        Args:
            number: The number of the part.
            offset: The number of samples of the run before it.
        """
        ids, last = self._sample_ids, self._last
        if last is None:
            return None
        files = write_files(
            self._storage, self._folder, number, self._gatherer.extension, self._gatherer.take()
        )
        digest = sample_digest(last, len(last.sample_ids) - 1)
        self._begin()
        return Part(number, offset, len(ids), packed(ids), digest, files)


class PartWriter(PartGatherer[P]):
    """Writes the pages of a run in parts, and commits each."""

    def __init__(
        self, export_folder: ExportFolder, entry: RunEntry, gatherer: Gatherer[P], rows_per_part: int
    ) -> None:
        super().__init__(export_folder.storage, entry.folder, gatherer)
        self._export_folder = export_folder
        self._entry = entry
        self._rows_per_part = rows_per_part
        self._set_aside_before = entry.set_aside

    def _begin(self) -> None:
        super()._begin()
        self._begun_s = time.monotonic()

    @property
    def due(self) -> bool:
        """Whether it is time to write a part."""
        late = time.monotonic() - self._begun_s > SECONDS_PER_PART
        return late or self.rows >= self._rows_per_part

    def commit(self) -> None:
        """Write the pages that were added as a part, if there are any, and add it to the manifest."""
        entry = self._entry
        number = self._export_folder.next_number(entry, self._gatherer.extension)
        part = self.write(number, entry.samples)
        if part is None:
            return
        entry.parts.append(part)
        entry.facts = self.facts
        entry.set_aside = self._set_aside_before.merge(self.set_aside)
        self._export_folder.commit((entry, part.files))
        self._begin()

    def complete(self) -> None:
        """Write the last part, and the files that a complete run has in addition to its parts."""
        self.commit()
        files = finish_run(self._storage, self._entry, self._gatherer)
        self._export_folder.commit((self._entry, files))


def finish_run(storage: Storage, entry: RunEntry, gatherer: Gatherer[P]) -> dict[str, FileEntry]:
    """Mark a run as complete, and write the files that it has then in addition. They stay hidden.

    Returns:
        The files, by path within the folder of the run.
    """
    entry.complete = True
    if not entry.parts:  # there are no samples, and those of an earlier export are removed
        return {}
    number = entry.parts[0].number
    files = write_files(storage, entry.folder, number, gatherer.extension, gatherer.finish())
    entry.parts[-1].files.update(files)
    return files


def write_files(
    storage: Storage, folder: str, number: int, extension: str, files: Iterable[PartFile]
) -> dict[str, FileEntry]:
    """Write the files of a part, which stay hidden until they are committed.

    Args:
        storage: The place of the export.
        folder: The folder of the run.
        number: The number of the part.
        extension: The extension of the files' names.
        files: The files.

    Returns:
        What was written, by path within the folder of the run.
    """
    written = {}
    for file in files:
        name = f"{file.folder}/part-{number:05}.{extension}"
        with storage.hidden_file(f"{folder}/{name}") as hidden:
            stream = ChecksummedStream(hidden)
            file.write(stream)
        written[name] = FileEntry(file.rows, stream.size, stream.checksum)
    storage.settle(f"{folder}/{name}" for name in written)
    return written
