"""`open_export`: opens an export for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify.errors import ExportError

from .manifest import NAME, Manifest
from .runs import stored_run
from .storage import storage_of
from .storage.local import LocalStorage
from .stored import StoredExport

if TYPE_CHECKING:
    import os

    from .storage import Storage


def open_export(folder: str | os.PathLike[str] | Storage, *, verify: bool = False) -> StoredExport:
    """Open an export for reading.

    Without `verify`, only the manifest and the sizes of the files are read. If an export was interrupted just
    after it wrote the manifest, the listed files are shown first.

    Args:
        folder: The folder of the export: a path, or the URL of an object store.
        verify: Whether to read every file and compare its checksum with the one in the manifest, which finds
            any change of its content. A file that has changed is in `problems`.

    Raises:
        ExportError: There is no such folder, it is not an export, or this package is too old to read it.
        ExportDamagedError: The manifest is damaged.
        InvalidArgumentError: The folder is neither a path nor such a URL.
        MissingExtraError: It is the URL of an object store, and obstore is not installed.
    """
    storage = storage_of(folder)
    if isinstance(storage, LocalStorage):
        storage = LocalStorage(storage.folder.absolute())
    try:
        manifest = Manifest.load(storage)
        if manifest is None:
            missing = isinstance(storage, LocalStorage) and not storage.folder.is_dir()
            what = "there is no such folder" if missing else f"it has no {NAME}"
            raise ExportError(f"{what}. Pass the folder of an export", str(storage.folder))
        runs = tuple(stored_run(storage, entry, verify=verify) for entry in manifest.runs.values())
    except OSError as error:
        raise ExportError(f"cannot read {error.filename}: {error.strerror}", str(storage.folder)) from error
    return StoredExport(storage, manifest.format, manifest.server, runs, raw_csv=manifest.raw_csv)
