"""A compact set of sample ids, to find samples that are sent twice among millions."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class SeenIds:
    """A set of ids that takes 8 bytes per id.

    It consists of sorted arrays. Until they have `_MERGED` ids, each is at least twice as long as the next,
    so there are few arrays to search and adding is cheap.
    """

    _MERGED = 1 << 16  # merging needs about 40 bytes per id for a moment

    def __init__(self) -> None:
        self._sorted: list[array[int]] = []

    def add(self, ids: Sequence[int]) -> int | None:
        """Add ids, and return one that was in the set before or is in `ids` twice; None if there is none."""
        fresh = sorted(ids)
        for before, after in pairwise(fresh):
            if before == after:
                return after
        for held in self._sorted:
            if held[0] <= fresh[-1] and fresh[0] <= held[-1]:
                for each in fresh:
                    at = bisect_left(held, each)
                    if at < len(held) and held[at] == each:
                        return each
        merged = array("q", fresh)
        while self._sorted and len(self._sorted[-1]) < min(2 * len(merged), self._MERGED):
            merged = array("q", sorted([*self._sorted.pop(), *merged]))
        self._sorted.append(merged)
        return None
