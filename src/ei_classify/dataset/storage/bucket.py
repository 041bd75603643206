"""The operations of one bucket, by obstore. No error of obstore leaves this module."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from ei_classify.errors import ExportError, MissingExtraError

try:
    import obstore
    import obstore.exceptions as store_errors
except ImportError as error:
    raise MissingExtraError("obstore", "storage") from error

from .failures import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from obstore import PutMode, UpdateVersion
    from obstore.store import ObjectStore

T = TypeVar("T")

CHUNK_BYTES: Final = 16 << 20
"""A larger object is sent in several parts of this size."""


class Version(NamedTuple):
    """One version of an object. Stores tell versions apart by one of these, or by both."""

    e_tag: str | None
    version: str | None

    @classmethod
    def of(cls, meta: Any) -> Version:
        """Return the version that an answer of the store names."""
        return cls(meta["e_tag"], meta["version"])


class ConditionError(Exception):
    """The object is not as the condition of a put requires."""


class Bucket:
    """The objects below a prefix of a bucket."""

    def __init__(self, store: ObjectStore, url: str, prefix: str) -> None:
        self._store = store
        self._url = url
        self._prefix = f"{prefix}/" if prefix else ""

    def get(self, path: str) -> tuple[bytes, Version]:
        """Return the content of an object, and its version."""

        def whole(key: str) -> tuple[bytes, Version]:
            answer = obstore.get(self._store, key)
            return answer.bytes().to_bytes(), Version.of(answer.meta)

        return self._do(whole, path)

    def get_range(self, path: str, start: int, end: int) -> bytes:
        """Return the bytes from `start` to before `end`."""
        return self._do(
            lambda key: obstore.get_range(self._store, key, start=start, end=end).to_bytes(), path
        )

    def head(self, path: str) -> tuple[int, Version]:
        """Return the size of an object, in bytes, and its version."""
        meta = self._do(lambda key: obstore.head(self._store, key), path)
        return meta["size"], Version.of(meta)

    def put(self, path: str, content: bytes | IO[bytes]) -> None:
        """Write an object whole. It replaces an earlier one. What was sent of it is removed on a failure."""
        self._do(lambda key: obstore.put(self._store, key, content, chunk_size=CHUNK_BYTES), path)

    def put_if(self, path: str, content: bytes, known: Version | None) -> Version:
        """Write an object if it still has the known version or, for None, if there is none.

        Returns:
            The new version.

        Raises:
            ConditionError: The object has another version, or there is none.
        """
        mode: PutMode = "create"
        if known is not None:
            mode = cast("UpdateVersion", {name: each for name, each in known._asdict().items() if each})
        return Version.of(self._do(lambda key: obstore.put(self._store, key, content, mode=mode), path))

    def copy(self, path: str, to: str) -> None:
        """Copy an object within the bucket. It replaces an earlier one."""
        self._do(lambda key: obstore.copy(self._store, key, self._prefix + to), path)

    def delete(self, paths: list[str]) -> None:
        """Remove objects. One that does not exist is left out."""
        if not paths:
            return
        try:
            self._do(lambda _key: obstore.delete(self._store, [self._prefix + path for path in paths]), "")
        except FileNotFoundError:  # some stores stop at the first that is missing
            for path in paths if len(paths) > 1 else ():
                self.delete([path])

    def sizes(self, folder: str) -> Iterator[tuple[str, int]]:
        """Yield the path and the size of every object below a folder; of all, if it is empty."""
        prefix = (self._prefix + folder).rstrip("/")

        def listed(_key: str) -> list[Any]:
            return list(obstore.list(self._store, prefix or None, chunk_size=1000).collect())

        for meta in self._do(listed, folder):
            yield meta["path"].removeprefix(self._prefix), meta["size"]

    def _do(self, operation: Callable[[str], T], path: str) -> T:
        """Return what an operation returns for the key of an object.

        Raises:
            FileNotFoundError: There is no such object.
            ConditionError: The condition of a put is not met.
            ExportError: The store fails.
        """
        failure: Exception
        try:
            return operation(self._prefix + path)
        except (store_errors.BaseError, OSError, ValueError) as error:
            failure = self._failure(error, path)
        raise failure  # outside, so that the store's own error, which may hold a key, is not its context

    def _failure(self, error: Exception, path: str) -> Exception:
        if isinstance(error, (store_errors.AlreadyExistsError, store_errors.PreconditionError)):
            return ConditionError(path)
        what = reason(error)
        if isinstance(error, FileNotFoundError) and "bucket" not in what:
            return FileNotFoundError(errno.ENOENT, "there is no such object", path)
        return ExportError(what, self._url)
