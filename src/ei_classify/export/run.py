"""Exports one run."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.walking import SeenIds

from .checking import Results, check_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.dataset import RunEntry
    from ei_classify.decoding import SetAsideCounts

    from .gathering import P
    from .parts import PartWriter
    from .reading import RunReader
    from .resuming import ExportFolder


@frozen(kw_only=True)
class Progress:
    """The progress of an export with one variant."""

    variant: str | None
    samples: int
    """The number of samples read, including those of earlier calls."""
    total: int | None
    """The number of samples over all pages; None if the server does not send it."""
    resumed: int
    """The number of samples that were in the folder when this call started."""
    bytes: int
    """The number of bytes received for this variant in this call, after decompression."""
    set_aside: SetAsideCounts
    """How many values received for this variant in this call do not fit the contract and are left out."""


def export_run(
    export_folder: ExportFolder,
    entry: RunEntry,
    reader: RunReader[P],
    writer: PartWriter[P],
    on_progress: Callable[[Progress], object],
    *,
    verify: bool,
) -> None:
    """Check the files of a run in the folder, then read and write the rest of the run.

    `verify` says whether the content of the files is checked as well.

    Raises:
        ExportDamagedError: A file is missing or has changed.
        ExportChangedError: The results have changed.
    """
    results = Results(export_folder, entry)
    resumed, received = entry.samples, 0

    def report() -> None:
        samples = entry.samples + writer.pending
        on_progress(
            Progress(
                variant=entry.variant,
                samples=samples,
                total=entry.total,
                resumed=resumed,
                bytes=received,
                set_aside=writer.set_aside,
            )
        )

    if entry.parts:
        check_files(export_folder, entry, verify=verify)
        export_folder.remove_leftovers(entry)
        results.check(reader.sample)
    if entry.complete:
        report()
        return
    seen = SeenIds()
    if known := entry.ids:
        seen.add(known)
    with contextlib.closing(reader.pages(entry.samples)) as pages:
        for page in pages:
            if (repeated := seen.add(page.sample_ids)) is not None:
                raise results.changed(f"sample {repeated} was sent twice")
            results.note(page)
            writer.add(page)
            received += len(page.content)
            report()
            if writer.due:
                writer.commit()
    read = entry.samples + writer.pending
    if entry.total not in (None, read):  # the total may come from an earlier call
        raise results.changed(f"there were {entry.total} samples, and now there are {read}")
    writer.complete()
