"""`export`: exports one run per variant, one after the other."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec
from attrs import frozen

from ei_classify.dataset import FORMATS, NAME, UNASKED, Format, Manifest, storage_of
from ei_classify.errors import ConfigurationError, ExportDamagedError, ExportError
from ei_classify.operations import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE, check_text, list_keywords
from ei_classify.showing import html_table

from .formats import gatherer
from .parts import ROWS_PER_PART, PartWriter
from .reading import RunReader
from .resuming import entry_of, fresh_entry, open_folder
from .run import export_run

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Unpack

    from ei_classify.client import ClassifyClient
    from ei_classify.dataset import RunEntry, Storage
    from ei_classify.operations import PageFilters

    from .gathering import Gatherer, P
    from .run import Progress


@frozen
class Exported:
    """The outcome of an export."""

    folder: Path | str
    """The folder: a path, or the URL on an object store."""
    samples: int
    """The number of samples of these variants in the folder."""
    new: int
    """The number of these samples that this call has read."""

    def _repr_html_(self) -> str:
        return html_table(str(self.folder), ("samples", "new"), [(str(self.samples), str(self.new))])


@list_keywords
def export(
    client: ClassifyClient,
    folder: str | os.PathLike[str] | Storage,
    project_id: int | None = None,
    *,
    variants: Sequence[str | None] = (None,),
    format: Format = "parquet",  # the word of the command line  # noqa: A002
    restart: bool = False,
    verify: bool = False,
    raw_csv: bool = False,
    page_size: int = DEFAULT_PAGE_SIZE,
    concurrency: int = DEFAULT_CONCURRENCY,
    rows_per_part: int = ROWS_PER_PART,
    on_progress: Callable[[Progress], object] | None = None,
    **filters: Unpack[PageFilters],
) -> Exported:
    """Write all results of a project's classify job to a folder.

    If an export was interrupted, the same call continues it. `ei_classify.open_export` reads the folder.

    Args:
        client: The client that reads the results.
        folder: The folder to write to: a path, or a URL such as `s3://bucket/folder`, which needs the extra
            `storage`. It is created if necessary, and can have other projects and variants.
        project_id: The project's id. The default is the client's, or that of the key.
        variants: The model variants, which are read one after the other. None is the variant that the server
            chooses.
        format: `parquet` for all tables (see `ei_classify.tables`), `csv` for predictions and scores, or
            `jsonl` for the answers as the server sent them, one sample per line. The first two need the extra
            `tables`.
        restart: Whether to read these variants again from the start. Their files in the folder are removed
            once there are new ones to replace them. If the folder has no other variants, the format and the
            server may change.
        verify: Whether to read the files of these variants that are in the folder, and compare their
            checksums, before the export continues. By default, their sizes and the footers of Parquet are
            checked.
        raw_csv: Whether to write texts to CSV as they are. By default, a text that a spreadsheet would take
            for a formula gets a `'` in front; `docs/tables.md` has the rule.
        page_size: The number of samples to request per page.
        concurrency: The maximum number of calls in progress at a time.
        rows_per_part: The number of rows after which a part is written. Until then, they are held in memory.
        on_progress: A function that is called after each page.
        filters: Which samples to read; see `PageFilters`.

    Returns:
        The folder and the number of samples in it.

    Raises:
        ExportChangedError: The results are different from those in the folder.
        ExportLockedError: Another export is writing to the folder.
        ExportDamagedError: A file in the folder is missing or has changed.
        ExportError: The folder cannot be written to, or has results from another server, in another format
            or with other filters.
        ResultsChangedError: The results changed while they were being read.
        UnfitValueError: A value is too large for its column.
        UnmatchedPredictionsError: A page has predictions for samples that it does not contain (`jsonl` only).
        MissingExtraError: pyarrow is not installed, and the format is not `jsonl`; or obstore is not, and
            the folder is the URL of an object store.
        CallError: A call failed. Completed parts are kept, and the same call continues the export.
        ConfigurationError: The format is not known, `variants` is empty or includes `@default`, or `raw_csv`
            is set for another format.
        InvalidArgumentError: An argument cannot be sent, or the folder is neither a path nor such a URL.
    """
    if project_id is None:
        project_id = client.default_project()
    if format not in FORMATS:
        raise ConfigurationError(
            f"must be {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {format!r}", name="format"
        )
    if not variants or isinstance(variants, str):
        raise ConfigurationError("must be a list of at least one variant", name="variants")
    if filters.get("variant") is not None:
        raise ConfigurationError("pass `variants`, not `variant`")
    if UNASKED["variant"] in variants:
        raise ConfigurationError(
            f"cannot be {UNASKED['variant']}, the folder of the variant that the server chooses",
            name="variants",
            advice="Pass None for that variant.",
        )
    if raw_csv and format != "csv":
        raise ConfigurationError(f"is only for format 'csv', not {format!r}", name="raw_csv")
    texts = [None if each is None else str(each) for each in variants]
    for text in filter(None, texts):
        check_text("variants", text)
    gather = gatherer(format, raw_csv=raw_csv)  # before anything is read or written
    storage = storage_of(folder)
    new = 0
    with named_failures(storage), storage.sole_user():
        asked = [fresh_entry(project_id, variant, dict(filters)) for variant in dict.fromkeys(texts)]
        manifest = Manifest(format, client.base_url, raw_csv=raw_csv)
        export_folder = open_folder(storage, manifest, restart, [fresh.folder for fresh in asked])
        entries = []
        for fresh in asked:
            entry = entry_of(export_folder, fresh, restart)
            before = entry.samples
            gathering = continued(gather, entry, storage)
            reader = RunReader(client, entry, gathering.reader(), filters, page_size, concurrency)
            writer = PartWriter(export_folder, entry, gathering, rows_per_part)
            export_run(export_folder, entry, reader, writer, on_progress or (lambda _: None), verify=verify)
            new += entry.samples - before
            entries.append(entry)
    return Exported(storage.folder, sum(entry.samples for entry in entries), new)


def continued(gather: Callable[[RunEntry], Gatherer[P]], entry: RunEntry, storage: Storage) -> Gatherer[P]:
    """Return the gatherer of a run, which may have parts.

    Raises:
        ExportDamagedError: The facts of the run in the manifest are wrong.
    """
    try:
        return gather(entry)
    except msgspec.ValidationError as error:
        raise ExportDamagedError(
            f"{NAME} cannot be read (the facts of {entry.folder}: {error}). Use another folder, or --restart",
            str(storage.folder),
        ) from error


@contextlib.contextmanager
def named_failures(storage: Storage) -> Iterator[None]:
    """Name the place of the export in failures of its disk.

    Raises:
        ExportError: The disk has failed.
    """
    try:
        yield
    except OSError as error:
        if isinstance(error, TimeoutError) or error.errno is None:
            raise  # an error of the network, not of the disk
        reason = f"{error.strerror} ({error.filename})" if error.filename else str(error.strerror)
        raise ExportError(
            f"cannot write: {reason}. Complete parts are kept: solve the problem, then export again to "
            "continue",
            str(storage.folder),
        ) from error
