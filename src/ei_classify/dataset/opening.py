"""`open_export`: opens an export for reading."""

from __future__ import annotations

from pathlib import Path

from ei_classify.errors import ExportError

from .manifest import NAME, Manifest
from .runs import stored_run
from .stored import StoredExport


def open_export(folder: str | Path) -> StoredExport:
    """Open an export for reading.

    Only the manifest and the sizes of the files are read. If an export was interrupted just after it wrote
    the manifest, the listed files are shown first.

    Args:
        folder: The folder of the export.

    Raises:
        ExportError: There is no such folder, it is not an export, or this package is too old to read it.
        ExportDamagedError: The manifest is damaged.
    """
    root = Path(folder).absolute()
    try:
        manifest = Manifest.load(root)
        if manifest is None:
            what = f"it has no {NAME}" if root.is_dir() else "there is no such folder"
            raise ExportError(f"{what}. Pass the folder of an export", str(root))
        runs = tuple(stored_run(root, entry) for entry in manifest.runs.values())
    except OSError as error:
        raise ExportError(f"cannot read {error.filename}: {error.strerror}", str(root)) from error
    return StoredExport(root, manifest.format, manifest.server, runs)
