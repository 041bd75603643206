"""A folder of this machine. Files appear whole, and only when they are shown, even if the machine crashes."""

from __future__ import annotations

import contextlib
import os
import socket
import uuid
from typing import IO, TYPE_CHECKING

from attrs import frozen

from ei_classify.errors import ExportLockedError

from .protocol import Found, hidden_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

_LOCK = ".lock"
_LOCKED_BYTE = 1 << 30
"""Windows lets no other process read a locked byte, so it is far from the name of the lock's holder."""


@frozen
class LocalStorage:
    """A folder of this machine."""

    folder: Path

    def read(self, path: str) -> bytes:
        """Return the content of a file."""
        return (self.folder / path).read_bytes()

    def open(self, path: str, *, buffered: bool = True, size: int | None = None) -> IO[bytes]:
        """Open a file for reading."""
        return (self.folder / path).open("rb", -1 if buffered else 0)

    def shown(self, paths: Iterable[str]) -> dict[str, Found]:
        """Return which of these files exist. Hidden ones are shown if the folder can be written to."""
        found = {}
        for path in paths:
            file = shown(self.folder / path)
            with contextlib.suppress(FileNotFoundError):
                found[path] = Found(file.relative_to(self.folder).as_posix(), file.stat().st_size)
        return found

    def glob(self, pattern: str) -> list[str]:
        """Return the files whose names match a pattern."""
        return [path.relative_to(self.folder).as_posix() for path in self.folder.glob(pattern)]

    def hidden_file(self, path: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file for writing, which stays hidden until it is shown."""
        return hidden_file(self.folder / path, is_shared=True)

    def settle(self, paths: Iterable[str]) -> None:
        """Make sure that the names of these files, and of the folders above them, are on the disk."""
        files = [self.folder / path for path in paths]
        depth = len(self.folder.parts)
        settle(*{above for file in files for above in file.parents if len(above.parts) >= depth})

    def show(self, paths: Iterable[str]) -> None:
        """Give hidden files their own names, which are on the disk then."""
        files = [self.folder / path for path in paths]
        for file in files:
            show(file)
        settle(*{file.parent for file in files})

    def hide(self, paths: Iterable[str]) -> None:
        """Hide files from readers."""
        files = [self.folder / path for path in paths]
        for file in files:
            hide(file)
        settle(*{file.parent for file in files})

    def replace(self, path: str, content: bytes) -> None:
        """Write a file whole. It and its name are on the disk then."""
        with whole_file(self.folder / path) as file:
            file.write(content)
        settle((self.folder / path).parent)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files."""
        for path in paths:
            (self.folder / path).unlink(missing_ok=True)

    def sole_user(self) -> AbstractContextManager[None]:
        """Lock the folder. The lock is released if the process ends."""
        return sole_user(self.folder)

    def confirm(self) -> None:
        """Return: the system takes the lock from no process that runs."""


def hidden(path: Path) -> Path:
    """Return the name of a file while it is hidden."""
    return path.with_name(hidden_name(path.name))


@contextlib.contextmanager
def hidden_file(path: Path, *, is_shared: bool = False) -> Iterator[IO[bytes]]:
    """Open a file for writing, which stays hidden until `show` is called. It is complete and on the disk.

    The folder of the file is created. Call `settle` to make sure that the file's name is on the disk too. If
    it is shared, processes may write it at the same time: the last that is complete counts.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    own = hidden(path.with_name(f"{path.name}.{uuid.uuid4().hex}")) if is_shared else hidden(path)
    try:
        with own.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if is_shared:
            own.replace(hidden(path))
    except BaseException:
        with contextlib.suppress(OSError):
            own.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file for writing. It appears under its name once it is complete and on the disk."""
    with hidden_file(path) as file:
        yield file
    hidden(path).replace(path)


def show(path: Path) -> None:
    """Give a hidden file its own name. A file that is not hidden is left as it is."""
    with contextlib.suppress(FileNotFoundError):
        hidden(path).replace(path)


def shown(path: Path) -> Path:
    """Show a file if it is hidden, and return the name that it has now.

    If its folder cannot be written to, that is still the hidden one.
    """
    if not path.exists():
        try:
            show(path)
        except OSError:
            return hidden(path) if hidden(path).exists() else path
    return path


def hide(path: Path) -> None:
    """Hide a file from readers, until `show` is called."""
    path.replace(hidden(path))


def settle(*folders: Path) -> None:
    """Make sure that the names of the files in these folders are on the disk."""
    if os.name == "nt":  # Windows cannot do this for folders
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def sole_user(folder: Path) -> Iterator[None]:
    """Lock a folder for the length of a `with` block. The lock is released if the process ends.

    The folder is created if necessary. If nothing is written to it, the file of the lock and the folders that
    were created are removed again.

    Raises:
        ExportLockedError: Another process has locked the folder.
        OSError: The folder cannot be written to.
    """
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder / _LOCK) as lock:
        try:
            lock.seek(0)
            lock.truncate()
            lock.write(f"process {os.getpid()} of {socket.gethostname()}\n")
            lock.flush()
            yield
        finally:
            with contextlib.suppress(OSError):  # Windows cannot remove an open file
                if [each.name for each in folder.iterdir()] == [_LOCK]:
                    (folder / _LOCK).unlink()
                    for each in made:
                        each.rmdir()
            _release(lock)


def _locked(path: Path) -> IO[str]:
    """Open and lock the file."""
    while True:
        lock = path.open("a+", encoding="utf-8")
        try:
            _claim(lock)
        except OSError:
            with lock:
                lock.seek(0)
                holder = lock.read().strip() or "another process"
            what = f"{holder} is writing to it. Wait until that has ended"
            raise ExportLockedError(what, str(path.parent)) from None
        if _is_in_place(lock, path):
            return lock
        lock.close()


def _is_in_place(lock: IO[str], path: Path) -> bool:
    """Return whether an open file still has its name. The process that had locked it may have removed it."""
    try:
        return os.name == "nt" or os.path.samestat(os.fstat(lock.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _claim(lock: IO[str]) -> None:
    if os.name == "nt":
        import msvcrt

        lock.seek(_LOCKED_BYTE)
        msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows only
    else:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _release(lock: IO[str]) -> None:
    if os.name == "nt":  # on other systems, closing the file releases the lock
        import msvcrt

        lock.seek(_LOCKED_BYTE)
        msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]  # Windows only
