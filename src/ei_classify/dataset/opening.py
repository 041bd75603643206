"""`open_export`: what an export on disk holds."""

from __future__ import annotations

from pathlib import Path

from ei_classify.errors import ExportError

from .manifest import NAME, Manifest
from .runs import stored_run
from .stored import StoredExport


def open_export(folder: str | Path) -> StoredExport:
    """Open an export for reading.

    This reads the manifest and looks at the size of each file, and nothing else.

    Args:
        folder: The folder that was exported into.

    Raises:
        ExportError: The folder does not exist or is not that of an export, or a newer version wrote it.
        ExportDamagedError: The manifest is damaged.
    """
    root = Path(folder).absolute()
    try:
        manifest = Manifest.load(root)
        if manifest is None:
            what = f"there is no {NAME} in it" if root.is_dir() else "there is no such folder"
            raise ExportError(f"{what}. Pass the folder that was exported into", str(root))
        runs = tuple(stored_run(root, entry) for entry in manifest.runs.values())
    except OSError as error:
        raise ExportError(f"cannot read {error.filename}: {error.strerror}", str(root)) from error
    return StoredExport(root, manifest.format, runs)
