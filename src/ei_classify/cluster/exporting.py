"""`export`: exports many runs on a cluster. Workers read slices; only this process writes the manifest."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from ei_classify.dataset import FORMATS, UNASKED, Manifest, storage_of
from ei_classify.dataset.storage.local import LocalStorage
from ei_classify.errors import ConfigurationError
from ei_classify.export.exporting import named_failures
from ei_classify.export.formats import gatherer
from ei_classify.export.parts import ROWS_PER_PART
from ei_classify.export.resuming import entry_of, fresh_entry, open_folder
from ei_classify.http import find_base_url
from ei_classify.operations import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE, check_text

from .driving import Drive, limited
from .keys import check_provider
from .running import RunExport
from .scheduler import connected
from .slices import Reading

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    import distributed

    from ei_classify.dataset import Format, Storage
    from ei_classify.errors import EiClassifyError

    from .driving import ClusterProgress
    from .projects import ProjectRun

DEFAULT_CALLS: Final = 16
"""How many calls are under way at a time over the whole cluster."""


@frozen
class ClusterExported:
    """The outcome of an export on a cluster."""

    folder: Path | str
    """The folder: a path, or the URL on an object store."""
    samples: int
    """The number of samples of these runs in the folder."""
    new: int
    """The number of these samples that this call has read."""
    failed: Mapping[ProjectRun, EiClassifyError]
    """The runs that have failed, and why. The same call continues them, and skips the others."""


def export(
    runs: Iterable[ProjectRun],
    folder: str | os.PathLike[str] | Storage,
    *,
    cluster: str | distributed.Client,
    format: Format = "parquet",  # the word of the command line  # noqa: A002
    restart: bool = False,
    verify: bool = False,
    raw_csv: bool = False,
    page_size: int = DEFAULT_PAGE_SIZE,
    concurrency: int = DEFAULT_CONCURRENCY,
    rows_per_part: int = ROWS_PER_PART,
    max_calls: int = DEFAULT_CALLS,
    key_provider: str | None = None,
    base_url: str | None = None,
    allow_insecure: bool = False,
    on_progress: Callable[[ClusterProgress], object] | None = None,
    filters: Mapping[str, Any] | None = None,
) -> ClusterExported:
    """Write the results of many projects to a folder, on a Dask cluster.

    The rows equal those of `ei_classify.export.export`, column by column. A run that fails does not stop the
    others. If the export is interrupted, the same call continues it: complete runs are skipped, and others
    continue where the manifest ends.

    Workers need this package with the extra `cluster`, the folder, and the keys of the projects: in the
    variable `EI_API_KEY_` with the id of the project, or in `EI_API_KEY`, of their own environment.

    Args:
        runs: The runs; `read_projects` reads them from a file.
        folder: The folder to write to: a URL such as `s3://bucket/folder`, or a path on a disk that all
            workers share.
        cluster: The address of a scheduler, `local`, or a client of a cluster; see `connected`.
        format: As for `ei_classify.export.export`.
        restart: Whether to read these runs again from the start.
        verify: Whether to check complete runs too: the checksums of their files, and whether the server still
            has the same results.
        raw_csv: As for `ei_classify.export.export`.
        page_size: The number of samples to request per page.
        concurrency: The maximum number of calls of a slice in progress at a time.
        rows_per_part: The number of rows that a part should have. A worker holds as many in memory.
        max_calls: The maximum number of calls in progress at a time, over all workers.
        key_provider: A function that returns the key of a project by its id, as `module:function`. Workers
            import it.
        base_url: The base URL of the API. The default is EI_API_ENDPOINT here, or Edge Impulse Studio.
        allow_insecure: Allow plain http to other machines, which lets others on the network read the keys.
        on_progress: A function that is called after each slice.
        filters: Which samples to read; see `SampleFilters`.

    Returns:
        The folder, the number of samples in it, and the runs that have failed.

    Raises:
        ClusterError: The scheduler cannot be reached, or was lost. What the manifest lists is kept.
        ExportLockedError: Another export is writing to the folder.
        ExportDamagedError: The manifest is damaged.
        ExportError: The folder cannot be written to, or has results from another server or in another format.
        MissingExtraError: A package is not installed.
        ConfigurationError: An argument has an unusable value.
        InvalidArgumentError: An argument cannot be sent, or the folder is neither a path nor such a URL.
    """
    asked = list(dict.fromkeys(runs))
    _check(asked, format, raw_csv=raw_csv, max_calls=max_calls)
    if key_provider is not None:
        check_provider(key_provider)
    storage = _shared(storage_of(folder))
    limit = f"ei-classify-{uuid.uuid4().hex}"
    reading = Reading(
        storage=storage,
        server=find_base_url(base_url, allow_insecure=allow_insecure),
        allow_insecure=allow_insecure,
        format=format,
        raw_csv=raw_csv,
        filters=dict(filters or {}),
        page_size=page_size,
        concurrency=min(concurrency, max_calls),
        limit=limit,
        key_provider=key_provider,
    )
    gather = gatherer(format, raw_csv=raw_csv)
    with named_failures(storage), connected(cluster) as client, storage.sole_user():
        fresh = {
            run: fresh_entry(run.project_id, run.variant, {**reading.filters, "impulse_id": run.impulse_id})
            for run in asked
        }
        manifest = Manifest(format, reading.server, raw_csv=raw_csv)
        export_folder = open_folder(storage, manifest, restart, [entry.folder for entry in fresh.values()])
        drive = Drive(client, reading, export_folder, on_progress or (lambda _: None), verify=verify)
        for run, entry in fresh.items():
            with drive.failing(run):
                known = entry_of(export_folder, entry, restart)
                drive.runs[run] = RunExport(
                    export_folder, known, gather, page_size=page_size, rows_per_part=rows_per_part
                )
        with limited(client, limit, max_calls) as gate:
            drive.carry_out()
            if not drive.gave_up:  # otherwise calls may be under way, and the scheduler keeps their limit
                gate.forget()
    new = sum(each.entry.samples - each.resumed for each in drive.runs.values())
    return ClusterExported(
        storage.folder, sum(each.entry.samples for each in drive.runs.values()), new, drive.failed
    )


def _check(runs: Sequence[ProjectRun], format: Format, *, raw_csv: bool, max_calls: int) -> None:  # noqa: A002
    if format not in FORMATS:
        raise ConfigurationError(
            f"must be {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {format!r}", name="format"
        )
    if raw_csv and format != "csv":
        raise ConfigurationError(f"is only for format 'csv', not {format!r}", name="raw_csv")
    if max_calls < 1:
        raise ConfigurationError(f"must be at least 1, not {max_calls}", name="max_calls")
    for run in runs:
        if run.variant == UNASKED["variant"]:
            raise ConfigurationError(
                f"cannot be {run.variant}, the folder of the variant that the server chooses", name="variants"
            )
        if run.variant is not None:
            check_text("variants", run.variant)


def _shared(storage: Storage) -> Storage:
    """Return a storage that means the same place in other processes."""
    if isinstance(storage, LocalStorage):
        return evolve(storage, folder=storage.folder.absolute())
    if str(storage.folder).startswith("memory:"):
        raise ConfigurationError("is in the memory of this process, which workers do not see", name="folder")
    return storage
