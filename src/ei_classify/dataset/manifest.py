"""The manifest of a dataset: what it contains. A part that the manifest does not name does not count."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec

from ei_classify.errors import ExportDamagedError, ExportError

from .formats import Format  # noqa: TC001  # msgspec reads it
from .ids import id_ranges, unpacked
from .storage import settle, whole_file

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
VERSION = 1
UNASKED = {"impulse_id": "default", "variant": "@default"}
"""What stands in a folder's name for an impulse or a variant that the server chose.

A variant may be called `default`; one that is called `@default` is refused. Hive's own name for null will not
do: pyarrow, and with it pandas, cannot read a partition that is always null.
"""


class FileEntry(msgspec.Struct):
    """A file of a part."""

    rows: int
    bytes: int


class Part(msgspec.Struct):
    """Samples that follow one another, in files that were written together."""

    number: int
    offset: int
    samples: int
    ids: str
    """Their ids in order, as `packed` writes them."""
    last: str
    """A digest of what was said of the last of them."""
    files: dict[str, FileEntry]
    """By path within the folder of the run."""


class RunEntry(msgspec.Struct):
    """What is in of one run: a project, an impulse and a variant."""

    project_id: int
    impulse_id: int | None
    variant: str | None
    filters: dict[str, Any]
    started: str
    """When reading began, ISO 8601."""
    total: int | None = None
    """The number of samples over all pages, if the server told it."""
    first: str | None = None
    """A digest of what was said of the first sample."""
    facts: dict[str, Any] = {}
    """What the parts so far say of the run as a whole, for the table `runs`."""
    parts: list[Part] = []
    complete: bool = False

    @property
    def samples(self) -> int:
        """How many samples are in."""
        return sum(part.samples for part in self.parts)

    @property
    def folder(self) -> str:
        """The folder of the run within that of the export."""
        names = {"project_id": self.project_id, "impulse_id": self.impulse_id, "variant": self.variant}
        return "/".join(
            f"{name}={UNASKED[name] if value is None else quote(str(value), safe='')}"
            for name, value in names.items()
        )

    @property
    def ids(self) -> list[int]:
        """The ids of the samples that are in."""
        return [each for part in self.parts for each in unpacked(part.ids)]

    @property
    def files(self) -> dict[str, FileEntry]:
        """All files, by path within the folder of the run."""
        return {path: entry for part in self.parts for path, entry in part.files.items()}


class Manifest(msgspec.Struct):
    """What is in an export."""

    format: Format
    version: int = VERSION
    runs: dict[str, RunEntry] = {}
    """By their folders."""

    @classmethod
    def load(cls, folder: Path) -> Manifest | None:
        """The manifest in a folder, if there is one.

        Raises:
            ExportDamagedError: It cannot be read.
            ExportError: It is of a newer version of this program.
        """
        try:
            content = (folder / NAME).read_bytes()
        except FileNotFoundError:
            return None
        try:
            version = msgspec.json.decode(content, type=_Version).version
            if version != VERSION:
                raise ExportError(
                    f"its {NAME} has version {version}, and this ei-classify reads version {VERSION}. "
                    "Install the ei-classify that wrote it, or a newer one",
                    str(folder),
                )
            manifest = msgspec.json.decode(content, type=cls)
            manifest._check()
        except (msgspec.DecodeError, ValueError, OverflowError) as error:
            raise ExportDamagedError(
                f"{NAME} cannot be read ({error}); use another folder, or --restart", str(folder)
            ) from error
        return manifest

    def _check(self) -> None:
        """Make sure of what the types do not say.

        Raises:
            ValueError: It does not hold. Says where.
        """
        for folder, entry in self.runs.items():
            if folder != entry.folder:
                raise ValueError(f"the run in {folder} is that of {entry.folder}")
            if datetime.datetime.fromisoformat(entry.started).tzinfo is None:
                raise ValueError(f"the start of {folder} has no time zone: {entry.started}")
            for part in entry.parts:
                try:
                    count = sum(map(len, id_ranges(part.ids)))
                except ValueError as error:
                    raise ValueError(f"part {part.number} of {folder}: {part.ids!r} are no ids") from error
                if not count or count != part.samples:
                    raise ValueError(f"part {part.number} of {folder}: {count} ids, {part.samples} samples")

    def save(self, folder: Path) -> None:
        """Put this manifest in place of the one before, if any."""
        with whole_file(folder / NAME) as file:
            file.write(msgspec.json.format(msgspec.json.encode(self), indent=1))
        settle(folder)


class _Version(msgspec.Struct):
    version: int
