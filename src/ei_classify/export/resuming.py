"""The folder of an export: its contents before the export, and which of them are kept."""

from __future__ import annotations

import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from ei_classify.dataset import NAME, Manifest, RunEntry, hidden_name
from ei_classify.errors import ExportDamagedError, ExportError
from ei_classify.operations import encode_filters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify.dataset import Storage


class ExportFolder:
    """The folder of an export. It does not change until there is something to write."""

    def __init__(self, storage: Storage, manifest: Manifest, obsolete: Iterable[str] = ()) -> None:
        self.storage = storage
        self.manifest = manifest
        self._obsolete = list(obsolete)

    def next_number(self, entry: RunEntry, extension: str) -> int:
        """Return a number for a run's next part, which neither its parts have nor any that it replaces."""
        if entry.parts:
            return entry.parts[-1].number + 1
        replaced = self.manifest.runs.get(entry.folder)
        listed = [part.number for part in replaced.parts] if replaced else []
        shown = [
            PurePosixPath(path).stem.removeprefix("part-")
            for path in _parts(self.storage, entry.folder, extension)
        ]
        return max([*listed, *map(int, filter(str.isdecimal, shown))], default=-1) + 1

    def commit(self, *changes: tuple[RunEntry, Iterable[str]], sweep: bool = True) -> None:
        """Write the manifest, which makes new files of runs part of the export, and show them.

        At no time are files shown that the manifest on the disk does not list: files that are replaced are
        hidden before it is written, and new files are shown after. Whoever opens the folder next shows what
        the manifest lists, so that an interruption at any point is either undone or completed.

        Args:
            changes: Runs, each with its new files, which are hidden, by path within the folder of the run.
            sweep: Whether to remove the files that a run replaces, and what interruptions have left of it.
                Otherwise, they stay hidden until `remove_leftovers` is called.
        """
        shown = [f"{entry.folder}/{path}" for entry, new in changes for path in new]
        begun = [entry for entry, _ in changes if self.manifest.runs.get(entry.folder) is not entry]
        keep = {entry.folder: list(entry.files) for entry in begun}
        folders = {**dict.fromkeys(self._obsolete if begun else (), ()), **keep}
        self.storage.confirm()
        self.storage.hide([path for folder in folders for path in _parts(self.storage, folder)])
        self.manifest.runs.update((entry.folder, entry) for entry in begun)
        self.manifest.save(self.storage)
        self.storage.show(shown)
        for folder, kept in folders.items() if sweep else ():
            remove_parts(self.storage, folder, keep=kept)
        self._obsolete = [] if begun else self._obsolete

    def remove_leftovers(self, entry: RunEntry) -> None:
        """Remove the files of a run that an interrupted export has left."""
        remove_parts(self.storage, entry.folder, keep=entry.files)


def open_folder(storage: Storage, new: Manifest, restart: bool, asked: list[str]) -> ExportFolder:
    """Return the folder of an export, with its manifest.

    Args:
        storage: The folder.
        new: The manifest for a folder that has none, with the format and the server of the new export.
        restart: Whether to read the requested runs again.
        asked: The folders of the requested runs.

    Raises:
        ExportDamagedError: The manifest is damaged, or there are parts without a manifest.
        ExportError: The folder has an export in another format, or from another server.
    """
    try:
        manifest = Manifest.load(storage)
    except ExportDamagedError:
        if not restart:
            raise
        manifest = None
    if manifest is None:
        there = map(PurePosixPath, storage.glob("project-*/impulse-*/variant-*/*/part-*"))
        runs = {path.parent.parent.as_posix() for path in there}
        if unnamed := sorted(runs.difference(asked if restart else ())):
            raise ExportDamagedError(
                f"it has {', '.join(unnamed)}, but no {NAME} that lists the valid files. Remove them, export "
                "them again with --restart, or use another folder",
                str(storage.folder),
            )
        return ExportFolder(storage, new, runs)
    for entry in manifest.runs.values():
        found = storage.shown(f"{entry.folder}/{path}" for path in entry.files)
        storage.show([path for path, file in found.items() if file.path != path])
    if _kind(manifest) == _kind(new):
        return ExportFolder(storage, manifest)
    held = [run for run, entry in manifest.runs.items() if entry.parts]
    kept = ", ".join(run for run in held if run not in asked)
    if kept or (held and not restart):
        raise ExportError(_mismatch(manifest, new, kept if restart else ""), str(storage.folder))
    return ExportFolder(storage, new, manifest.runs)


def _kind(manifest: Manifest) -> tuple[object, ...]:
    """Return what all files of a folder have in common."""
    return manifest.server, manifest.format, manifest.raw_csv


def _mismatch(manifest: Manifest, new: Manifest, kept: str) -> str:
    """Say how a new export differs from the one in the folder, and what to do.

    Args:
        manifest: The manifest in the folder.
        new: The manifest of the new export.
        kept: The runs that a restart would not replace.
    """
    why = f", and this --restart does not read {kept} again" if kept else ""
    if manifest.server == new.server and manifest.format == new.format:
        return f"its CSV was written {_csv_rule(manifest)}{why}. Use another folder for CSV {_csv_rule(new)}"
    if manifest.server == new.server:
        return f"it has a {manifest.format} export{why}. Use another folder for {new.format}"
    advice = "" if kept else ", or --restart to replace the old ones"
    return (
        f"it has results from the server {manifest.server}, and the new ones are from {new.server}{why}. Use "
        f"another folder for these{advice}"
    )


def _csv_rule(manifest: Manifest) -> str:
    return "with --raw-csv" if manifest.raw_csv else "without --raw-csv"


def fresh_entry(project_id: int, variant: str | None, filters: dict[str, Any]) -> RunEntry:
    """Return a run without parts, which starts now."""
    impulse_id = filters.pop("impulse_id", None)
    asked = msgspec.json.decode(msgspec.json.encode(encode_filters(filters)))
    return RunEntry(project_id, impulse_id, variant, asked, datetime.datetime.now(datetime.UTC))


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
            str(export_folder.storage.folder),
        )
    return entry


def remove_parts(storage: Storage, folder: str, keep: Iterable[str] = ()) -> None:
    """Remove the parts of a run, except for those in `keep`, by path within the folder of the run."""
    kept = {f"{folder}/{path}" for path in keep}
    shown = set(_parts(storage, folder)) if kept else set()
    kept |= {hidden_name(path) for path in kept - shown}
    # Hidden files come first: whoever has read the old manifest may be about to show one.
    for pattern in (f"{folder}/*/.part-*.tmp", f"{folder}/*/part-*"):
        storage.remove([path for path in storage.glob(pattern) if path not in kept])


def _parts(storage: Storage, folder: str, extension: str = "*") -> list[str]:
    """Return the parts of a run that are shown."""
    return storage.glob(f"{folder}/*/part-*.{extension}")
