"""The positions that pass filters which a pattern decides, without a look at each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import overload


class Periodic(Sequence[int]):
    """The numbers from `first` to `last` (exclusive) whose remainder by `period` is one of `remainders`."""

    def __init__(self, first: int, last: int, remainders: Sequence[int], period: int) -> None:
        self._remainders, self._period = remainders, period
        self._skipped = self._below(first)
        self._length = self._below(last) - self._skipped

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        if not 0 <= index < self._length:
            raise IndexError(index)
        turn, place = divmod(self._skipped + index, len(self._remainders))
        return turn * self._period + self._remainders[place]

    def _below(self, bound: int) -> int:
        turns, rest = divmod(bound, self._period)
        return turns * len(self._remainders) + bisect_left(self._remainders, rest)
