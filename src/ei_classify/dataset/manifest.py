"""The manifest of a dataset, which lists its contents. Parts that it does not list are ignored.

Its `checksum` is that of the other properties, so that no change of its content goes unnoticed.
"""

from __future__ import annotations

import datetime  # msgspec reads it
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

import msgspec

from ei_classify.decoding import SetAsideCounts
from ei_classify.errors import ExportDamagedError, ExportError

from .checksums import object_checksum
from .formats import Format  # noqa: TC001  # msgspec reads it
from .ids import id_ranges, unpacked

if TYPE_CHECKING:
    from .storage import Storage

NAME = "manifest.json"
VERSION = 3
UNASKED = {"impulse": "default", "variant": "@default"}
"""The values in folder names for an impulse or a variant that the server chose.

A variant may be called `default`, but not `@default`, which is rejected.
"""

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
_Instant = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
_FilePath = Annotated[str, msgspec.Meta(pattern=r"\A[a-z_]+/part-[0-9]{5,}\.(parquet|csv|jsonl)\Z")]
_Checksum = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    """A part of the manifest."""


class FileEntry(_Entry):
    """A file of a part."""

    rows: _Count
    """The number of rows or, in JSON lines, of lines."""
    bytes: _Count
    """The size of the file, in bytes."""
    checksum: _Checksum
    """The SHA-256 of the file, as hexadecimal digits."""


class Part(_Entry):
    """Consecutive samples of a run, in files that were written together."""

    number: _Count
    """The number of the part in its run, from 0."""
    offset: _Count
    """The number of samples of the run before this part."""
    samples: _Count
    """The number of samples in this part."""
    ids: str
    """The ids of the samples in order, as `packed` returns them."""
    last: str
    """A digest of the results of the last sample."""
    files: dict[_FilePath, FileEntry]
    """The files, by path within the folder of the run."""


class RunEntry(_Entry):
    """The contents of one run, which is the reading of one variant of an impulse of a project."""

    project_id: int
    impulse_id: int | None
    variant: str | None
    filters: dict[str, Any]
    started: _Instant
    """The time when the reading started, with a time zone."""
    total: _Count | None = None
    """The number of samples over all pages; None if the server did not send it."""
    first: str | None = None
    """A digest of the results of the first sample."""
    facts: dict[str, Any] = {}
    """The facts about the run as a whole, from the parts so far, for the table `runs`."""
    set_aside: SetAsideCounts = SetAsideCounts()
    """The values in the parts so far that do not fit the contract and were left out."""
    parts: list[Part] = []
    complete: bool = False

    @property
    def samples(self) -> int:
        """The number of samples in all parts."""
        return sum(part.samples for part in self.parts)

    @property
    def folder(self) -> str:
        """The folder of the run within that of the export.

        The names are not Hive partitions (`name=value`): readers would derive columns from them, which
        replace or contradict the columns of the same name in the files.
        """
        names = {"project": self.project_id, "impulse": self.impulse_id, "variant": self.variant}
        return "/".join(
            f"{name}-{UNASKED[name] if value is None else quote(str(value), safe='')}"
            for name, value in names.items()
        )

    @property
    def ids(self) -> list[int]:
        """The ids of the samples in all parts, in order."""
        return [each for part in self.parts for each in unpacked(part.ids)]

    @property
    def files(self) -> dict[str, FileEntry]:
        """All files, by path within the folder of the run."""
        return {path: entry for part in self.parts for path, entry in part.files.items()}


class Manifest(_Entry):
    """The contents of an export."""

    format: Format
    server: str
    """The base URL of the server that sent the results."""
    version: int = VERSION
    raw_csv: bool = False
    """Whether the text in CSV files is as the server sent it."""
    runs: dict[str, RunEntry] = {}
    """The runs, by their folders."""

    @classmethod
    def load(cls, storage: Storage) -> Manifest | None:
        """Read the manifest of an export; return None if there is none.

        Raises:
            ExportDamagedError: The manifest cannot be read.
            ExportError: Another version of this package wrote the manifest.
        """
        try:
            content = storage.read(NAME)
        except FileNotFoundError:
            return None
        try:
            return cls._read(content, str(storage.folder))
        except (ValueError, OverflowError, RecursionError) as error:
            raise ExportDamagedError(
                f"{NAME} cannot be read: {error}. If this folder is a copy, copy it again. Otherwise, use "
                "another folder, or export again with --restart",
                str(storage.folder),
            ) from error

    @classmethod
    def _read(cls, content: bytes, folder: str) -> Manifest:
        """Return the manifest in the content of its file.

        Raises:
            ValueError, OverflowError, RecursionError: It is not as it was written.
            ExportError: Another version of this package wrote it.
        """
        properties = msgspec.json.decode(content, type=dict[str, Any])
        checksum = properties.pop("checksum", None)
        if checksum is None:
            raise ValueError("it has no checksum: it was changed, or an older ei-classify wrote it")
        if checksum != object_checksum(properties):
            raise ValueError("its checksum does not fit: it was changed after ei-classify wrote it")
        if (version := properties.get("version")) != VERSION:
            raise ExportError(
                f"its {NAME} has version {version}, but this ei-classify reads version {VERSION}. "
                "Install the ei-classify that wrote it, or a newer one",
                folder,
            )
        manifest = msgspec.convert(properties, cls)
        manifest._check()
        return manifest

    def _check(self) -> None:
        """Check what the types do not express.

        Raises:
            ValueError: A value is wrong. The error says where.
        """
        for folder, entry in self.runs.items():
            if folder != entry.folder:
                raise ValueError(f"the run in {folder} belongs in {entry.folder}")
            for part in entry.parts:
                try:
                    count = sum(map(len, id_ranges(part.ids)))
                except ValueError as error:
                    raise ValueError(f"part {part.number} of {folder}: {part.ids!r} are not ids") from error
                if not count or count != part.samples:
                    raise ValueError(f"part {part.number} of {folder}: {count} ids, {part.samples} samples")

    def save(self, storage: Storage) -> None:
        """Write the manifest of an export, where it replaces an earlier manifest."""
        properties = msgspec.to_builtins(self)
        signed = {**properties, "checksum": object_checksum(properties)}
        storage.replace(NAME, msgspec.json.format(msgspec.json.encode(signed), indent=1))
