"""The folder of an export: its contents before the export, and which of them are kept."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from ei_classify.dataset import NAME, Format, Manifest, RunEntry
from ei_classify.errors import ExportDamagedError, ExportError
from ei_classify.operations import encode_filters

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path


class ExportFolder:
    """The folder of an export. It does not change until there is something to write."""

    def __init__(self, root: Path, manifest: Manifest, obsolete: Iterable[str] = ()) -> None:
        self.root = root
        self.manifest = manifest
        self._obsolete = list(obsolete)

    def begin(self, entry: RunEntry) -> None:
        """Add a new run to the manifest, and remove old files of that run."""
        while self._obsolete:
            remove_parts(self.root / self._obsolete.pop())
        self.manifest.runs[entry.folder] = entry
        self.manifest.save(self.root)  # now the old files are leftovers
        remove_parts(self.root / entry.folder)

    def save(self) -> None:
        """Write the manifest, which makes the files that it lists part of the export."""
        self.manifest.save(self.root)

    def remove_leftovers(self, entry: RunEntry) -> None:
        """Remove the files of a run that an interrupted export has left."""
        remove_parts(self.root / entry.folder, keep=entry.files)


def open_folder(root: Path, format: Format, restart: bool, asked: list[str]) -> ExportFolder:  # noqa: A002
    """Return the folder of an export, with its manifest.

    Args:
        root: The folder.
        format: The format of the new export.
        restart: Whether to read the requested runs again.
        asked: The folders of the requested runs.

    Raises:
        ExportDamagedError: The manifest is damaged, or there are parts without a manifest.
        ExportError: The folder has an export in another format.
    """
    try:
        manifest = Manifest.load(root)
    except ExportDamagedError:
        if not restart:
            raise
        manifest = None
    if manifest is None:
        there = {path.parent.parent for path in root.glob("project-*/impulse-*/variant-*/*/part-*")}
        runs = {folder.relative_to(root).as_posix() for folder in there}
        if unnamed := sorted(runs.difference(asked if restart else ())):
            raise ExportDamagedError(
                f"it has {', '.join(unnamed)}, but no {NAME} that lists the valid files. Remove them, export "
                "them again with --restart, or use another folder",
                str(root),
            )
        return ExportFolder(root, Manifest(format), runs)
    if manifest.format != format:
        held = [run for run, entry in manifest.runs.items() if entry.parts]
        kept = ", ".join(run for run in held if run not in asked)
        if kept or (held and not restart):
            why = f", and this --restart does not read {kept} again" if restart else ""
            raise ExportError(
                f"it has a {manifest.format} export{why}. Use another folder for {format}", str(root)
            )
        return ExportFolder(root, Manifest(format), manifest.runs)
    return ExportFolder(root, manifest)


def fresh_entry(project_id: int, variant: str | None, filters: dict[str, Any]) -> RunEntry:
    """Return a run without parts, which starts now."""
    impulse_id = filters.pop("impulse_id", None)
    asked = msgspec.json.decode(msgspec.json.encode(encode_filters(filters)))
    return RunEntry(project_id, impulse_id, variant, asked, datetime.datetime.now(datetime.UTC).isoformat())


def entry_of(export_folder: ExportFolder, fresh: RunEntry, restart: bool) -> RunEntry:
    """Return the entry of a run in the folder, or the fresh entry if the run starts from the beginning.

    Raises:
        ExportError: The run in the folder was read with other filters.
    """
    entry = export_folder.manifest.runs.get(fresh.folder)
    if restart or entry is None or not entry.parts:  # without samples, it may have been read too early
        return fresh
    if entry.filters != fresh.filters:
        raise ExportError(
            f"{fresh.folder} was read with other filters ({entry.filters or 'none'}). Use another folder, or "
            "--restart",
            str(export_folder.root),
        )
    return entry


def remove_parts(folder: Path, keep: Container[str] = ()) -> None:
    """Remove the parts of a run, except for those in `keep`, by path within the folder of the run."""
    for file in [*folder.glob("*/part-*"), *folder.glob("*/.part-*.tmp")]:
        if file.relative_to(folder).as_posix() not in keep:
            file.unlink()
