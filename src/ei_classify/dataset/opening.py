"""`open_export`: opens an export for reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify.errors import ExportError

from .manifest import NAME, Manifest
from .paths import folder_path
from .runs import stored_run
from .stored import StoredExport

if TYPE_CHECKING:
    from pathlib import Path


def open_export(folder: str | Path, *, verify: bool = False) -> StoredExport:
    """Open an export for reading.

    Without `verify`, only the manifest and the sizes of the files are read. If an export was interrupted just
    after it wrote the manifest, the listed files are shown first.

    Args:
        folder: The folder of the export.
        verify: Whether to read every file and compare its checksum with the one in the manifest, which finds
            any change of its content. A file that has changed is in `problems`.

    Raises:
        ExportError: There is no such folder, it is not an export, or this package is too old to read it.
        ExportDamagedError: The manifest is damaged.
        InvalidArgumentError: The folder is not a path.
    """
    root = folder_path(folder).absolute()
    try:
        manifest = Manifest.load(root)
        if manifest is None:
            what = f"it has no {NAME}" if root.is_dir() else "there is no such folder"
            raise ExportError(f"{what}. Pass the folder of an export", str(root))
        runs = tuple(stored_run(root, entry, verify=verify) for entry in manifest.runs.values())
    except OSError as error:
        raise ExportError(f"cannot read {error.filename}: {error.strerror}", str(root)) from error
    return StoredExport(root, manifest.format, manifest.server, runs, raw_csv=manifest.raw_csv)
