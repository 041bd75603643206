"""The folder of an export: what it has before anything is read, and what of it stays."""

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
    """The folder of an export. It changes once there is something to put into it."""

    def __init__(self, root: Path, manifest: Manifest, obsolete: Iterable[str] = ()) -> None:
        self.root = root
        self.manifest = manifest
        self._obsolete = list(obsolete)

    def begin(self, entry: RunEntry) -> None:
        """Make room for a run of which the folder has nothing yet."""
        while self._obsolete:
            remove_parts(self.root / self._obsolete.pop())
        self.manifest.runs[entry.folder] = entry
        self.manifest.save(self.root)  # from here on the old files are leftovers
        remove_parts(self.root / entry.folder)

    def save(self) -> None:
        """Write the manifest. What it names counts from here on."""
        self.manifest.save(self.root)

    def remove_leftovers(self, entry: RunEntry) -> None:
        """Remove the files that a stopped export has left of a run."""
        remove_parts(self.root / entry.folder, keep=entry.files)


def open_folder(root: Path, format: Format, restart: bool, asked: list[str]) -> ExportFolder:  # noqa: A002
    """Returns the folder of an export.

    Args:
        root: The folder.
        format: The format to export in.
        restart: Whether the runs that are asked for are read again.
        asked: The folders of these runs.

    Raises:
        ExportDamagedError: The manifest is damaged, or there are parts and no manifest.
        ExportError: The folder has an export in another format.
    """
    try:
        manifest = Manifest.load(root)
    except ExportDamagedError:
        if not restart:
            raise
        manifest = None
    if manifest is None:
        there = {path.parent.parent for path in root.glob("project_id=*/impulse_id=*/variant=*/*/part-*")}
        runs = {folder.relative_to(root).as_posix() for folder in there}
        if unnamed := sorted(runs.difference(asked if restart else ())):
            raise ExportDamagedError(
                f"it holds {', '.join(unnamed)}, and no {NAME} that says what of it counts. Remove that, "
                "read it again with --restart, or use another folder",
                str(root),
            )
        return ExportFolder(root, Manifest(format), runs)
    if manifest.format != format:
        held = [run for run, entry in manifest.runs.items() if entry.parts]
        kept = ", ".join(run for run in held if run not in asked)
        if kept or (held and not restart):
            why = f", and of these --restart would not read {kept} again" if restart else ""
            raise ExportError(
                f"it holds an export as {manifest.format}{why}; for {format} use another folder", str(root)
            )
        return ExportFolder(root, Manifest(format), manifest.runs)
    return ExportFolder(root, manifest)


def fresh_entry(project_id: int, variant: str | None, filters: dict[str, Any]) -> RunEntry:
    """Returns a run of which the folder has nothing yet."""
    impulse_id = filters.pop("impulse_id", None)
    asked = msgspec.json.decode(msgspec.json.encode(encode_filters(filters)))
    return RunEntry(project_id, impulse_id, variant, asked, datetime.datetime.now(datetime.UTC).isoformat())


def entry_of(export_folder: ExportFolder, fresh: RunEntry, restart: bool) -> RunEntry:
    """Returns what the folder has of this run so far.

    Raises:
        ExportError: It was read with other filters.
    """
    entry = export_folder.manifest.runs.get(fresh.folder)
    if restart or entry is None or not entry.parts:  # one without samples may have been read too early
        return fresh
    if entry.filters != fresh.filters:
        raise ExportError(
            f"{fresh.folder} was read with other filters ({entry.filters or 'none'}); use another folder, or "
            "--restart",
            str(export_folder.root),
        )
    return entry


def remove_parts(folder: Path, keep: Container[str] = ()) -> None:
    """Remove the parts of a run, other than those to keep, by path within its folder."""
    for file in [*folder.glob("*/part-*"), *folder.glob("*/.part-*.tmp")]:
        if file.relative_to(folder).as_posix() not in keep:
            file.unlink()
