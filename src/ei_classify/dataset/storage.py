"""Files that are there whole or not at all, also when the machine stops; and a lock on a folder."""

from __future__ import annotations

import contextlib
import os
import socket
from typing import IO, TYPE_CHECKING

from ei_classify.errors import ExportLockedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LOCK = ".lock"
_LOCKED_BYTE = 1 << 30
"""On Windows, nobody else can read what is locked: a byte that is far from the name of who holds the lock."""


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which appears under its name once it is complete and on the disk.

    Its folder is made; `settle` makes sure that the name, too, is on the disk.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise


def settle(*folders: Path) -> None:
    """Bring the names in these folders to the disk."""
    if os.name == "nt":  # has no such thing for folders
        return
    for folder in folders:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def sole_user(folder: Path) -> Iterator[None]:
    """The folder is ours alone for the length of a `with` block; the lock goes with its process.

    Where nothing was written, neither the lock's file nor a folder that was made for it stays.

    Raises:
        ExportLockedError: Another process has it.
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
            with contextlib.suppress(OSError):  # Windows removes no open file
                if [each.name for each in folder.iterdir()] == [_LOCK]:
                    (folder / _LOCK).unlink()
                    for each in made:
                        each.rmdir()
            _release(lock)


def _locked(path: Path) -> IO[str]:
    """The file, opened and locked."""
    while True:
        lock = path.open("a+", encoding="utf-8")
        try:
            _claim(lock)
        except OSError:
            with lock:
                lock.seek(0)
                holder = lock.read().strip() or "another process"
            what = f"{holder} is writing into it; wait for its end"
            raise ExportLockedError(what, str(path.parent)) from None
        if _is_in_place(lock, path):
            return lock
        lock.close()


def _is_in_place(lock: IO[str], path: Path) -> bool:
    """Whether a file that was opened is there still: who had it locked may have removed it."""
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
    if os.name == "nt":  # elsewhere the lock goes with the file
        import msvcrt

        lock.seek(_LOCKED_BYTE)
        msvcrt.locking(lock.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined]  # Windows only
