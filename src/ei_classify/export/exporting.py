"""`export`: all runs that were asked for, one after the other."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.dataset import FORMATS, UNASKED, Format, sole_user
from ei_classify.errors import ConfigurationError, ExportError
from ei_classify.operations import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE

from .gathering import gatherer
from .holding import entry_of, fresh_entry, open_holding
from .run import ROWS_PER_PART, RunExport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Unpack

    from ei_classify.client import ClassifyClient
    from ei_classify.operations import PageFilters

    from .run import Progress


@frozen
class Exported:
    """What an export did."""

    folder: Path
    samples: int
    """How many samples are in, over all variants."""
    new: int
    """How many of them this call read."""


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
    """Write all results of a project's classify job into a folder; called again, go on where that stopped.

    Args:
        client: What reads the results.
        folder: Where they go; made if it is not there. Other projects and variants may be in it already.
        project_id: The project.
        variants: The model variants, one after the other; None is the one that the server chooses.
        format: `parquet` for all tables (see `ei_classify.tables`), `csv` for predictions and scores, `jsonl`
            for the answers as they came, one sample a line. The first two need the extra `tables`.
        restart: Throw away what is there of these variants, once there is something to put in its place, and
            begin anew; as another format, if the folder holds nothing else.
        page_size: How many samples to ask for at a time.
        concurrency: How many calls may be under way.
        rows_per_part: After how many rows a part is written. Until then they are held in memory.
        on_progress: Called after each page.
        filters: Which samples; see `PageFilters`.

    Raises:
        ExportChangedError: The results are no longer those that the folder holds a part of.
        ExportLockedError: Another export is writing into the folder.
        ExportDamagedError: What the folder holds is not what was written.
        ExportError: The folder cannot be written, or holds another kind of export.
        ResultsChangedError: The results changed while they were read.
        MissingExtraError: pyarrow is not installed.
        CallError: A call failed. What was written stays, and the same call goes on from there.
        ConfigurationError: The format is not known, or `variants` is empty or holds `@default`.
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
        holding = open_holding(root, format, restart, [fresh.folder for fresh in asked])
        entries = []
        for fresh in asked:
            entry = entry_of(holding, fresh, restart)
            before = entry.samples
            RunExport(
                client, holding, entry, gather(entry), page_size, concurrency, rows_per_part, on_progress
            ).go_on(filters)
            new += entry.samples - before
            entries.append(entry)
    return Exported(root, sum(entry.samples for entry in entries), new)


@contextlib.contextmanager
def _named_failures(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if isinstance(error, TimeoutError) or error.errno is None:
            raise  # not of the disk
        reason = f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)
        raise ExportError(
            f"cannot write: {reason}. What the manifest names is whole; once this is mended, the same "
            "command goes on",
            str(root),
        ) from error
