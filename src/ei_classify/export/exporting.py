"""`export`: a run per variant, one after the other."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from attrs import frozen

from ei_classify.dataset import FORMATS, NAME, UNASKED, Format, sole_user
from ei_classify.errors import ConfigurationError, ExportDamagedError, ExportError
from ei_classify.operations import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE

from .formats import gatherer
from .parts import ROWS_PER_PART, PartWriter
from .reading import RunReader
from .resuming import entry_of, fresh_entry, open_folder
from .run import export_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Unpack

    from ei_classify.client import ClassifyClient
    from ei_classify.dataset import RunEntry
    from ei_classify.operations import PageFilters

    from .gathering import Gatherer
    from .run import Progress


@frozen
class Exported:
    """What an export did."""

    folder: Path
    samples: int
    """The number of samples that the folder has of these variants."""
    new: int
    """The number of them that this call has read."""


def export(
    client: ClassifyClient,
    folder: str | Path,
    project_id: int,
    *,
    variants: Sequence[str | None] = (None,),
    format: Format = "parquet",  # the word of the command line  # noqa: A002
    restart: bool = False,
    page_size: int = DEFAULT_PAGE_SIZE,
    concurrency: int = DEFAULT_CONCURRENCY,
    rows_per_part: int = ROWS_PER_PART,
    on_progress: Callable[[Progress], object] | None = None,
    **filters: Unpack[PageFilters],
) -> Exported:
    """Write all results of a project's classify job into a folder. Called again, continue where that stopped.

    `ei_classify.open_export` reads what this writes.

    Args:
        client: Reads the results.
        folder: Where to write them. It is made if it is not there, and may have other projects and variants.
        project_id: The project.
        variants: The model variants, read one after the other. None is the one that the server chooses.
        format: `parquet` for all tables (see `ei_classify.tables`), `csv` for predictions and scores, `jsonl`
            for the answers as they came, one sample per line. The first two need the extra `tables`.
        restart: Read these variants again from the start. What the folder has of them is removed once there
            is something to put in its place. The format may change if the folder has nothing else.
        page_size: The number of samples to ask for per page.
        concurrency: The number of calls that may be in progress at a time.
        rows_per_part: After how many rows a part is written. Until then they are held in memory.
        on_progress: Called after each page.
        filters: Which samples; see `PageFilters`.

    Returns:
        The folder, and how many samples it has.

    Raises:
        ExportChangedError: The results are no longer those of which the folder has a part.
        ExportLockedError: Another export is writing to the folder.
        ExportDamagedError: A file of the folder is not what was written.
        ExportError: The folder cannot be written to, or has another kind of export.
        ResultsChangedError: The results changed while they were read.
        MissingExtraError: pyarrow is not installed.
        CallError: A call failed. What was written stays, and the same call continues from there.
        ConfigurationError: The format is not known, or `variants` is empty or includes `@default`.
    """
    if format not in FORMATS:
        raise ConfigurationError(
            f"must be {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {format!r}", name="format"
        )
    if not variants or isinstance(variants, str):
        raise ConfigurationError("must be a list of at least one variant", name="variants")
    if filters.get("variant") is not None:
        raise ConfigurationError("give variants, not variant")
    if UNASKED["variant"] in variants:
        raise ConfigurationError(
            f"cannot be {UNASKED['variant']}, the folder of the variant that the server chooses",
            name="variants",
            advice="Ask for None.",
        )
    gather = gatherer(format)  # before anything is read or written
    root = Path(folder)
    new = 0
    with _named_failures(root), sole_user(root):
        asked = [
            fresh_entry(project_id, variant, dict(filters))
            for variant in dict.fromkeys(None if each is None else str(each) for each in variants)
        ]
        export_folder = open_folder(root, format, restart, [fresh.folder for fresh in asked])
        entries = []
        for fresh in asked:
            entry = entry_of(export_folder, fresh, restart)
            before = entry.samples
            reader = RunReader(client, entry, filters, page_size, concurrency)
            writer = PartWriter(export_folder, entry, _continued(gather, entry, root), rows_per_part)
            export_run(export_folder, entry, reader, writer, on_progress or (lambda _: None))
            new += entry.samples - before
            entries.append(entry)
    return Exported(root, sum(entry.samples for entry in entries), new)


def _continued(gather: Callable[[RunEntry], Gatherer], entry: RunEntry, root: Path) -> Gatherer:
    try:
        return gather(entry)
    except msgspec.ValidationError as error:
        raise ExportDamagedError(
            f"{NAME} cannot be read (the facts of {entry.folder}: {error}); use another folder, or --restart",
            str(root),
        ) from error


@contextlib.contextmanager
def _named_failures(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, TimeoutError) or error.errno is None:
            raise  # not of the disk
        reason = f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)
        raise ExportError(
            f"cannot write: {reason}. The parts that the manifest names are complete; once this is "
            "solved, the same command continues",
            str(root),
        ) from error
