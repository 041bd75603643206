"""An object as a file for reading."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .bucket import Bucket

BUFFER_BYTES: Final = 8 << 20
"""How much is asked for at a time when a file is read from its begin to its end."""


class RangedFile(io.RawIOBase):
    """Reads the ranges of an object that are asked for, each with one call."""

    def __init__(self, bucket: Bucket, path: str, size: int) -> None:
        self._bucket = bucket
        self._path = path
        self._size = size
        self._place = 0

    def readable(self) -> bool:
        """Return True: the file is for reading."""
        return True

    def seekable(self) -> bool:
        """Return True: the file can seek."""
        return True

    def tell(self) -> int:
        """Return the place from the beginning, in bytes."""
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place, and return it."""
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}[whence]
        self._place = max(begin + offset, 0)
        return self._place

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        """Read into a buffer, and return the number of bytes."""
        end = min(self._place + len(buffer), self._size)
        if end <= self._place:
            return 0
        found = self._bucket.get_range(self._path, self._place, end)
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def size(self) -> int:
        """Return the size, in bytes, which pyarrow asks for."""
        return self._size
