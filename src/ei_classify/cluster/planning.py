"""Decides which slices of a run to read next, and puts those that were read in order, without I/O.

The first slice is small. It says how many samples there are, and how large they are, so that each of the rest
becomes a part of the usual size. If a server sends no total, one slice follows the other, until one is short.
The cut depends only on what the manifest has, so that whoever continues a run cuts it in the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .slices import Slice

if TYPE_CHECKING:
    from ei_classify.dataset import RunEntry

    from .slices import SliceRead

FIRST_PAGES: Final = 5
LARGEST_SAMPLES: Final = 10_000
"""The largest slice, in samples. It bounds what is lost with a worker."""
_BYTES_PER_ROW: Final = 1000  # of JSON lines; a row of a Parquet file is smaller


class RunPlan:
    """The slices of one run."""

    def __init__(self, entry: RunEntry, first_number: int, *, page_size: int, rows_per_part: int) -> None:
        """Plan the rest of a run.

        Args:
            entry: The run. The parts that it gets while the plan is carried out are those of `take`.
            first_number: The number of the next part.
            page_size: The number of samples per page.
            rows_per_part: The number of rows that a part should have.
        """
        self._entry = entry
        self._bare = bare(entry)
        self._page_size = page_size
        self._rows_per_part = rows_per_part
        self._number = first_number
        self._planned = entry.samples
        self._arrived: dict[int, tuple[Slice, SliceRead]] = {}
        self._turn = entry.samples
        self._ended = entry.complete

    @property
    def over(self) -> bool:
        """Whether all slices have been taken."""
        total = self._entry.total
        return self._ended or (total is not None and self._turn >= total)

    def slices(self) -> list[Slice]:
        """Return the slices to read now, in addition to those under way."""
        if self.over:
            return []
        total = self._entry.total
        if total is None:
            return [self._next(self._planned + self._size())] if self._planned == self._turn else []
        slices = []
        while self._planned < total:
            slices.append(self._next(min(total, self._planned + self._size())))
        return slices

    def received(self, piece: Slice, read: SliceRead) -> None:
        """Report a slice that was read, in any order."""
        self._arrived[piece.start] = piece, read

    def take(self) -> tuple[Slice, SliceRead] | None:
        """Return the next slice in order; None if it has not arrived yet."""
        arrived = self._arrived.pop(self._turn, None)
        if arrived is not None:
            piece, read = arrived
            self._turn = piece.end
            self._ended = read.samples < piece.end - piece.start
        return arrived

    def _next(self, end: int) -> Slice:
        piece = Slice(self._bare, self._planned, end, self._number)
        self._planned = end
        self._number += 1
        return piece

    def _size(self) -> int:
        if not self._entry.parts:
            return FIRST_PAGES * self._page_size
        first = self._entry.parts[0]
        rows = max(
            sum(file.rows for file in first.files.values()),
            sum(file.bytes for file in first.files.values()) // _BYTES_PER_ROW,
            1,
        )
        pages = self._rows_per_part * first.samples // rows // self._page_size
        most = max(1, LARGEST_SAMPLES // self._page_size)
        return min(max(pages, 1), most) * self._page_size


def bare(entry: RunEntry) -> RunEntry:
    """Return a run without its parts."""
    return type(entry)(entry.project_id, entry.impulse_id, entry.variant, entry.filters, entry.started)
