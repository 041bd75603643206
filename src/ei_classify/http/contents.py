"""The content of a body: decompressed as it arrives, and no longer than a limit.

httpx decompresses all that has arrived at once. A few kilobytes can then fill the memory.
"""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING, Final

import httpx

from .raised import TooLargeError, UnaskedCodingError

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = 1 << 20
"""The longest piece that is decompressed at a time, in bytes."""

_WINDOWS: Final = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_UNBOUNDED: Final = ("br", "zstd")
"""What httpx may decompress, though not in pieces."""


def readable_codings(accepted: str) -> str:
    """Return the codings of an `Accept-Encoding` that are decompressed in pieces."""
    codings = (coding.strip() for coding in accepted.split(","))
    return ", ".join(each for each in codings if each.partition(";")[0] in _WINDOWS) or "identity"


class Content:
    """The content of the body of one answer, as far as it has arrived."""

    def __init__(self, response: httpx.Response, request: httpx.Request, limit: int | None) -> None:
        """Prepare to read a body of at most `limit` bytes; None for no limit."""
        self._request = request
        self._limit = limit
        self._pieces: list[bytes] = []
        self._size = self._received = 0
        self._steps: list[_Inflating] = []
        self.is_decoded = response.is_stream_consumed
        """Whether someone else, such as a transport in memory, has read and decompressed the body."""
        if self.is_decoded:
            return
        for coding in reversed(response.headers.get_list("content-encoding", split_commas=True)):
            name = coding.strip().lower()
            if name in _UNBOUNDED:
                raise UnaskedCodingError(f"the content-encoding {name!r} was not asked for")
            if name in _WINDOWS:
                self._steps.append(_Inflating(_WINDOWS[name]))

    def add(self, received: bytes) -> Iterator[None]:
        """Add what has arrived, and yield after each piece.

        Raises:
            TooLargeError: The content is longer than the limit.
            httpx.DecodingError: It cannot be decompressed.
        """
        self._received += len(received)
        self._check(self._received)
        pieces = iter((received,))
        for step in self._steps:
            pieces = itertools.chain.from_iterable(map(step.inflate, pieces))
        try:
            for piece in pieces:
                self._size += len(piece)
                self._check(self._size)
                self._pieces.append(piece)
                yield
        except zlib.error as error:
            raise httpx.DecodingError(str(error), request=self._request) from error

    def whole(self) -> bytes:
        """Return the whole content."""
        return b"".join(self._pieces)

    def _check(self, size: int) -> None:
        if self._limit is not None and size > self._limit:
            self._pieces.clear()
            raise TooLargeError(f"more than {self._limit} bytes")


class _Inflating:
    def __init__(self, window: int) -> None:
        self._inflater = zlib.decompressobj(window)
        self._may_be_raw = window == zlib.MAX_WBITS
        self._begun = b""

    def inflate(self, data: bytes) -> Iterator[bytes]:
        """Yield the content of the data in pieces. What follows the end of the content is ignored."""
        if self._may_be_raw:
            data = self._begun = self._begun + data
            if len(data) < 2:  # too short to tell
                return
        while not self._inflater.eof:
            piece = self._next(data)
            if piece:
                yield piece
            if len(piece) < PIECE:
                return
            data = self._inflater.unconsumed_tail

    def _next(self, data: bytes) -> bytes:
        try:
            piece = self._inflater.decompress(data, PIECE)
        except zlib.error:
            if not self._may_be_raw:
                raise
            # Some servers leave out the two bytes in front that "deflate" is to have.
            self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
            piece = self._inflater.decompress(data, PIECE)
        self._may_be_raw = False
        return piece
