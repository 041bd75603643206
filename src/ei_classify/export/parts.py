"""Writes the parts of a run one after the other, and adds each to the manifest once it is complete."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic

from ei_classify.dataset import ChecksummedStream, FileEntry, Part, packed
from ei_classify.decoding import SetAsideCounts

from .digests import sample_digest
from .gathering import P

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify.dataset import RunEntry

    from .gathering import Gatherer, PartFile
    from .resuming import ExportFolder

ROWS_PER_PART = 262_144
"""The number of rows after which a part is written. Until then, they are held in memory."""
SECONDS_PER_PART = 30.0
"""The time after which a part is written in any case, so that a slow export loses little when interrupted."""


class PartWriter(Generic[P]):
    """Writes the pages of a run in parts."""

    def __init__(
        self, export_folder: ExportFolder, entry: RunEntry, gatherer: Gatherer[P], rows_per_part: int
    ) -> None:
        self._export_folder = export_folder
        self._entry = entry
        self._gatherer = gatherer
        self._rows_per_part = rows_per_part
        self._storage = export_folder.storage
        self._set_aside_before = entry.set_aside
        self.set_aside = SetAsideCounts()
        """The values in the pages that were added that do not fit the contract."""
        self._begin()

    def _begin(self) -> None:
        self._sample_ids: list[int] = []
        self._last: P | None = None
        self._begun_s = time.monotonic()

    def add(self, page: P) -> None:
        """Add the next page to the next part."""
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
    def due(self) -> bool:
        """Whether it is time to write a part."""
        late = time.monotonic() - self._begun_s > SECONDS_PER_PART
        return late or self._gatherer.rows >= self._rows_per_part

    def write(self) -> None:
        """Write the pages that were added as a part, if there are any."""
        entry, last = self._entry, self._last
        if last is None:
            return
        number, ids = self._export_folder.next_number(entry, self._gatherer.extension), self._sample_ids
        files = self._write(number, self._gatherer.take())
        digest = sample_digest(last, len(last.sample_ids) - 1)
        entry.parts.append(Part(number, entry.samples, len(ids), packed(ids), digest, files))
        entry.facts = self._gatherer.facts
        entry.set_aside = self._set_aside_before.merge(self.set_aside)
        self._export_folder.commit(entry, files)
        self._begin()

    def complete(self) -> None:
        """Write the last part, and the files that a complete run has in addition to its parts."""
        self.write()
        self._entry.complete = True
        files: dict[str, FileEntry] = {}
        if self._entry.parts:  # otherwise there are no samples, and those of an earlier export are removed
            files = self._write(self._entry.parts[0].number, self._gatherer.finish())
            self._entry.parts[-1].files.update(files)
        self._export_folder.commit(self._entry, files)

    def _write(self, number: int, files: Iterable[PartFile]) -> dict[str, FileEntry]:
        """Write the files of a part, which stay hidden until they are committed."""
        written = {}
        for file in files:
            name = f"{file.folder}/part-{number:05}.{self._gatherer.extension}"
            with self._storage.hidden_file(f"{self._entry.folder}/{name}") as hidden:
                stream = ChecksummedStream(hidden)
                file.write(stream)
            written[name] = FileEntry(file.rows, stream.size, stream.checksum)
        self._storage.settle(f"{self._entry.folder}/{name}" for name in written)
        return written
