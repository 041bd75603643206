"""Checksums of what an export holds: SHA-256, as hexadecimal digits."""

from __future__ import annotations

import hashlib
import io
from typing import IO, TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import ReadableBuffer


_AT_ONCE_BYTES = 1 << 18


class ChecksummedStream(io.RawIOBase):
    """Passes bytes on to another stream, and knows their number and checksum."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._sha256 = hashlib.sha256()
        self.size = 0
        """The number of bytes written."""

    @property
    def checksum(self) -> str:
        """The checksum of the bytes written."""
        return self._sha256.hexdigest()

    def writable(self) -> bool:
        """Return True: the stream is for writing."""
        return True

    def write(self, data: ReadableBuffer) -> int:
        """Write all of the bytes, and return their number."""
        self._sha256.update(data)
        self._stream.write(data)
        count = memoryview(data).nbytes
        self.size += count
        return count


def file_checksum(file: IO[bytes]) -> str:
    """Return the checksum of a file that is open.

    Raises:
        OSError: The file cannot be read.
    """
    sha256 = hashlib.sha256()
    while content := file.read(_AT_ONCE_BYTES):
        sha256.update(content)
    return sha256.hexdigest()


def object_checksum(content: Mapping[str, Any]) -> str:
    """Return the checksum of a JSON object, which is that of its canonical form.

    The canonical form is UTF-8, with the names of each object sorted by code points, without white space, and
    with escapes only where JSON requires them. The order and the layout of the JSON therefore do not matter.

    Raises:
        OverflowError: A number is too large.
        UnicodeEncodeError: A text has half of a surrogate pair.
    """
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
