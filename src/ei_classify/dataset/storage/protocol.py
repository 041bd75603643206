"""What exports need of the place where they are stored. Paths are relative to it, with `/` between names."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path


class Found(NamedTuple):
    """A file that exists."""

    path: str
    """Its name now, which is a hidden one if it could not be shown."""
    size: int
    """Its size, in bytes."""


@runtime_checkable
class Storage(Protocol):
    """The place of one export: a folder of this machine, or a prefix of an object store.

    A file is written hidden, and is there whole or not at all. `show` gives it its own name. Every method may
    raise `OSError` on a disk, or `ExportError` on an object store.
    """

    @property
    def folder(self) -> Path | str:
        """The place as users know it: the path of a folder, or a URL."""

    # --- Reading -------------------------------------------------------------------------------------------

    def read(self, path: str) -> bytes:
        """Return the content of a file.

        Raises:
            FileNotFoundError: There is no such file.
        """

    def open(self, path: str, *, buffered: bool = True, size: int | None = None) -> IO[bytes]:
        """Open a file for reading. It can seek.

        Args:
            path: The file.
            buffered: Whether it is read from its begin to its end. Otherwise, no more than asked for is read.
            size: Its size in bytes, if it is known.

        Raises:
            FileNotFoundError: There is no such file.
        """

    def shown(self, paths: Iterable[str]) -> dict[str, Found]:
        """Return which of these files exist, shown or hidden. A reader that may show hidden files does."""

    def glob(self, pattern: str) -> list[str]:
        """Return the files whose names match a pattern, name by name. `*` and `?` are the only wildcards."""

    # --- Writing -------------------------------------------------------------------------------------------

    def hidden_file(self, path: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file for writing, which stays hidden until it is shown. After the block, it is complete."""

    def settle(self, paths: Iterable[str]) -> None:
        """Make sure that the names of these files, and of the folders above them, survive a crash."""

    def show(self, paths: Iterable[str]) -> None:
        """Give hidden files their own names, for good. A file that is not hidden is left as it is."""

    def hide(self, paths: Iterable[str]) -> None:
        """Hide files from readers, until `show` is called."""

    def replace(self, path: str, content: bytes) -> None:
        """Write a file whole, and for good. It replaces an earlier one.

        Raises:
            ExportLockedError: Another writer has replaced it since this one read it.
        """

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files. One that does not exist is left out."""

    # --- The lock ------------------------------------------------------------------------------------------

    def sole_user(self) -> AbstractContextManager[None]:
        """Lock the place against other writers for the length of a `with` block.

        Raises:
            ExportLockedError: Another writer has locked it. The error names it.
        """

    def confirm(self) -> None:
        """Make sure that the lock is still held.

        Raises:
            ExportLockedError: Another writer has taken it over.
        """


def hidden_name(path: str) -> str:
    """Return the name of a file while it is hidden.

    It ends in `.tmp` for DuckDB and Polars, whose `*.parquet` includes names with a leading dot. It starts
    with a dot for pyarrow and pandas, which read every other file of a folder.
    """
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}.{name}.tmp"
