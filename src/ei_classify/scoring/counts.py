"""Tables of counts, which add up: those of two halves of the samples, merged, are those of the whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]


_REST = "_rest"


def unit_of(largest: float) -> float:
    """Return the power of two that is at least as large, in which numbers are summed up exactly."""
    return math.ldexp(1.0, min(max(math.frexp(largest)[1], -500), 500))


def sums_by(codes: Array, values: Array, count: int) -> NDArray[np.float64]:
    """Return the sum of the values of each code, for the codes from 0 to `count`, exclusive."""
    return np.bincount(codes.astype(np.int64), weights=values, minlength=count).astype(np.float64)


@frozen(eq=False)
class CountTable:
    """Sums by keys. Each combination of keys occurs once."""

    keys: Mapping[str, Array]
    """The columns that tell rows apart, as numbers."""
    sums: Mapping[str, Array]
    """The columns that are added up when tables are merged.

    The sums of numbers that are not whole are two columns, of which one ends in `_rest`. Each is exact, so
    that merged tables are equal to those of the whole.
    """

    @classmethod
    def of(cls, columns: Mapping[str, Array], *keys: str) -> Self:
        """Return the table with these columns, of which some are keys."""
        return cls(
            {name: np.asarray(columns[name]) for name in keys},
            {name: np.asarray(each, np.float64) for name, each in columns.items() if name not in keys},
        )

    def __getitem__(self, name: str) -> Array:
        return self.keys[name] if name in self.keys else self._sum(name)

    def __len__(self) -> int:
        return len(next(iter(self.keys.values())))

    def merge(self, other: Self) -> Self:
        """Return the table of both."""
        keys = {name: np.concatenate([each, other.keys[name]]) for name, each in self.keys.items()}
        sums = {name: np.concatenate([each, other.sums[name]]) for name, each in self.sums.items()}
        return type(self)(keys, sums).grouped()

    @property
    def names(self) -> list[str]:
        """The names of the sums."""
        return [name for name in self.sums if not name.endswith(_REST)]

    def _sum(self, name: str) -> Array:
        rest = self.sums.get(name + _REST)
        return self.sums[name] if rest is None else self.sums[name] + rest

    def renumbered(self, key: str, numbers: Sequence[int]) -> Self:
        """Return the table with other numbers in a key."""
        return type(self)({**self.keys, key: np.asarray(numbers, np.int64)[self.keys[key]]}, self.sums)

    def total(self, name: str) -> float:
        """Return the sum of a column."""
        return sum(float(self.sums[each].sum()) for each in (name, name + _REST) if each in self.sums)

    def as_dict(self) -> dict[tuple[float, ...], tuple[float, ...]]:
        """Return the sums by keys."""
        keys = zip(*(each.tolist() for each in self.keys.values()), strict=True)
        sums = zip(*(each.tolist() for each in self.sums.values()), strict=True)
        return dict(zip(keys, sums, strict=True))

    def grouped(self) -> Self:
        """Return the table in which each combination of keys occurs once."""
        order = np.lexsort(list(self.keys.values())[::-1])
        keys = {name: each[order] for name, each in self.keys.items()}
        if not len(order):
            return self
        changes = np.any([each[1:] != each[:-1] for each in keys.values()], axis=0)
        firsts = np.flatnonzero(np.concatenate([[True], changes]))
        return type(self)(
            {name: each[firsts] for name, each in keys.items()},
            {name: np.add.reduceat(each[order], firsts) for name, each in self.sums.items()},
        )
