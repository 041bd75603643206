"""An export on an object store. This module needs the extra `storage` (obstore)."""

from __future__ import annotations

import contextlib
import functools
import io
import re
import tempfile
from typing import IO, TYPE_CHECKING, Any, Final, cast

from ei_classify.errors import ExportError, ExportLockedError, InvalidArgumentError

from .bucket import Bucket, ConditionError  # raises MissingExtraError

import obstore.exceptions  # isort: skip
import obstore.store

from .credentials import credentials_of
from .failures import reason
from .lease import LEASE_S, Lease
from .protocol import Found, hidden_name
from .ranged import BUFFER_BYTES, RangedFile
from .urls import Url, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from obstore.store import ObjectStore

    from .bucket import Version

_LOCK: Final = ".lock"
_HELD_BYTES: Final = 64 << 20
"""What is held in memory of a file that is written. A larger one goes to a temporary file."""


class ObjectStorage:
    """A prefix of an object store.

    A file is an object, and is hidden under the same name as on a disk. `show` copies it, and removes the
    hidden one. Only writers do so, as only they have the lock.
    """

    def __init__(self, store: ObjectStore, url: str, *, lease_s: float = LEASE_S) -> None:
        """Create a storage.

        Args:
            store: The store of the bucket, from `obstore.store`, without a prefix of its own.
            url: The URL of the export, such as `s3://bucket/folder`.
            lease_s: The time after which the lock of a writer that has ended may be taken over, in seconds.

        Raises:
            InvalidArgumentError: The URL cannot be that of an export on an object store.
        """
        parsed = _parsed(url)
        self._url = str(parsed)
        self._bucket = Bucket(store, self._url, parsed.prefix)
        self._lease_s = lease_s
        self._lease: Lease | None = None
        self._read: dict[str, Version | None] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.folder!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle as the URL: credentials stay where they are, and are looked for again."""
        return functools.partial(open_storage, lease_s=self._lease_s), (self._url,)

    @property
    def folder(self) -> str:
        """The URL."""
        return self._url

    def read(self, path: str) -> bytes:
        """Return the content of an object, and remember its version for `replace`."""
        try:
            content, self._read[path] = self._bucket.get(path)
        except FileNotFoundError:
            self._read[path] = None
            raise
        return content

    def open(self, path: str, *, buffered: bool = True, size: int | None = None) -> IO[bytes]:
        """Open an object for reading. With its size, nothing is asked of the store before it is read."""
        file = RangedFile(self._bucket, path, self._bucket.head(path)[0] if size is None else size)
        opened: Any = io.BufferedReader(file, BUFFER_BYTES) if buffered else file
        return cast("IO[bytes]", opened)

    def shown(self, paths: Iterable[str]) -> dict[str, Found]:
        """Return which of these objects exist, by one listing. None is shown: a reader changes nothing."""
        paths = list(paths)
        sizes = dict(self._bucket.sizes(_common(paths))) if paths else {}
        found = {}
        for path in paths:
            for name in (path, hidden_name(path)):
                if name in sizes:
                    found[path] = Found(name, sizes[name])
                    break
        return found

    def glob(self, pattern: str) -> list[str]:
        """Return the objects whose names match a pattern, by one listing of what it begins with."""
        begin = re.split(r"[*?]", pattern, maxsplit=1)[0].rpartition("/")[0]
        matches = re.compile(re.escape(pattern).replace(r"\*", "[^/]*").replace(r"\?", "[^/]")).fullmatch
        return [path for path, _ in self._bucket.sizes(begin) if matches(path)]

    @contextlib.contextmanager
    def hidden_file(self, path: str) -> Iterator[IO[bytes]]:
        """Open a file for writing. It is put whole after the block, in parts if it is large."""
        with tempfile.SpooledTemporaryFile(_HELD_BYTES) as file:
            yield file
            self.confirm()
            file.seek(0)
            self._bucket.put(hidden_name(path), file)

    def settle(self, paths: Iterable[str]) -> None:
        """Return: what an object store has answered for is there."""

    def show(self, paths: Iterable[str]) -> None:
        """Give hidden objects their own names."""
        self._move((hidden_name(path), path) for path in paths)

    def hide(self, paths: Iterable[str]) -> None:
        """Hide objects from readers."""
        self._move((path, hidden_name(path)) for path in paths)

    def _move(self, moves: Iterable[tuple[str, str]]) -> None:
        moved = []
        for path, to in moves:
            with contextlib.suppress(FileNotFoundError):
                self._bucket.copy(path, to)
                moved.append(path)
        self._bucket.delete(moved)

    def replace(self, path: str, content: bytes) -> None:
        """Write an object whole, and only over the version that this storage has read or written."""
        self.confirm()
        if path not in self._read:
            self._bucket.put(path, content)
            return
        try:
            self._read[path] = self._bucket.put_if(path, content, self._read[path])
        except ConditionError:
            found, version = self._bucket.get(path)
            if found != content:  # otherwise it was written, and the answer was lost
                raise ExportLockedError(
                    f"another process has written {path} meanwhile. Nothing more was written. Wait until "
                    "that has ended, then repeat the same call",
                    self.folder,
                ) from None
            self._read[path] = version

    def remove(self, paths: Iterable[str]) -> None:
        """Remove objects."""
        paths = list(paths)
        for path in paths:
            self._read.pop(path, None)
        self._bucket.delete(paths)

    @contextlib.contextmanager
    def sole_user(self) -> Iterator[None]:
        """Lock the URL, and renew the lock until the end of the block."""
        lease = Lease(self._bucket, _LOCK, self.folder, self._lease_s)
        lease.acquire()
        self._lease, self._read = lease, {}
        try:
            yield
        finally:
            self._lease = None
            lease.release()

    def confirm(self) -> None:
        """Renew the lock, if it is held."""
        if self._lease is not None:
            self._lease.confirm()


def open_storage(url: str, *, lease_s: float = LEASE_S) -> ObjectStorage:
    """Return the storage of a URL.

    Args:
        url: The URL, such as `s3://bucket/folder`.
        lease_s: The time after which the lock of a writer that has ended may be taken over, in seconds.

    Raises:
        InvalidArgumentError: The URL cannot be that of an export on an object store.
        MissingExtraError: `AWS_PROFILE` names a profile, and boto3 is not installed.
        ExportError: The store cannot be used as it is configured.
    """
    parsed = _parsed(url)
    if parsed.scheme == "memory":
        return ObjectStorage(_memory(parsed.bucket), url, lease_s=lease_s)
    options = credentials_of(parsed.scheme)
    failure: Exception
    try:
        store = obstore.store.from_url(f"{parsed.scheme}://{parsed.bucket}", **options)
    except ValueError:
        failure = InvalidArgumentError(f"has no valid name of a bucket: {parsed.bucket!r}", name="folder")
    except obstore.exceptions.BaseError as error:
        failure = ExportError(reason(error), str(parsed))
    else:
        return ObjectStorage(store, url, lease_s=lease_s)
    raise failure  # outside, so that the store's own error is not its context


def _parsed(url: str) -> Url:
    parsed = parse(url)
    if parsed is None or parsed.scheme == "file":
        raise InvalidArgumentError("is not the URL of an object store", name="folder")
    return parsed


@functools.cache
def _memory(_name: str) -> ObjectStore:
    """Return the store in the memory of this process that has a name."""
    return obstore.store.MemoryStore()


def _common(paths: list[str]) -> str:
    """Return the folder that these files have in common; empty if there is none."""
    first, last = min(paths).split("/"), max(paths).split("/")
    same = 0
    while same < min(len(first), len(last)) - 1 and first[same] == last[same]:
        same += 1
    return "/".join(first[:same])
