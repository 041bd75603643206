"""The content of a body: decompressed as it arrives, and no longer than a limit.

httpx decompresses all that has arrived at once. A few kilobytes can then fill the memory.
"""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING, Final, Protocol

import httpx

from .raised import TooLargeError, UnaskedCodingError

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE: Final = 1 << 20
"""The longest piece that is decompressed at a time, in bytes."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_MEMBER: Final = b"\x1f"
"""How a member of gzip begins."""
_WINDOWS: Final = {"gzip": _GZIP, "x-gzip": _GZIP, "deflate": zlib.MAX_WBITS}
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
        self._steps: list[_Step] = []
        self.is_decoded = response.is_stream_consumed
        """Whether someone else, such as a transport in memory, has read and decompressed the body."""
        if self.is_decoded:
            return
        for coding in reversed(response.headers.get_list("content-encoding", split_commas=True)):
            name = coding.strip().lower()
            if name in _UNBOUNDED and response.is_success:
                raise UnaskedCodingError(f"the content-encoding {name!r} was not asked for")
            if name in _UNBOUNDED:  # the status alone says what failed
                self._steps.append(_LeftOut())
            elif name in _WINDOWS:
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


class _Step(Protocol):
    def inflate(self, data: bytes) -> Iterator[bytes]:
        """Yield the content of the data in pieces."""


class _LeftOut:
    def inflate(self, data: bytes) -> Iterator[bytes]:
        return iter(())


class _Inflating:
    def __init__(self, window: int) -> None:
        self._window = window
        self._inflater = zlib.decompressobj(window)
        self._may_be_raw = window == zlib.MAX_WBITS
        self._begun = b""

    def inflate(self, data: bytes) -> Iterator[bytes]:
        """Yield the content of the data in pieces. What follows the end of the content is ignored.

        The content of gzip may have several members, one after the other (RFC 1952, section 2.2).
        """
        if self._may_be_raw:
            data = self._begun = self._begun + data
            if len(data) < 2:  # too short to tell
                return
        while data and not self._has_ended(data):
            piece = self._next(data)
            if piece:
                yield piece
            data = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            if len(piece) < PIECE and not self._inflater.eof:
                return

    def _has_ended(self, data: bytes) -> bool:
        """Return whether the content has ended before the data. Begin another member if it is one."""
        if not self._inflater.eof:
            return False
        if self._window == _GZIP and data[:1] == _MEMBER:
            self._inflater = zlib.decompressobj(self._window)
            return False
        return True

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
