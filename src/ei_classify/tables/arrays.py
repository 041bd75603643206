"""Converts values to Arrow arrays, with fast ways for the values of a page."""

from __future__ import annotations

import functools
import struct
from array import array
from itertools import accumulate, chain
from typing import TYPE_CHECKING, TypeVar, cast

from ei_classify.errors import UnfitValueError

from .arrow import pa, pc
from .schemas import CATEGORY, SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    Scalar: TypeAlias = str | float | bool
    Column: TypeAlias = pa.Array | Sequence[object] | Scalar | None
    """A column: an array, one value per row, or one value for all rows. None stands for null in every row."""
    Columns: TypeAlias = dict[str, Column]
    """Columns by name. A column that is left out is null in every row."""
    Rows: TypeAlias = tuple[int, Columns]
    """The number of rows, and their columns."""

T = TypeVar("T")

KINDS: Mapping[str, Mapping[str, pa.DataType]] = {
    table: {each.name: each.type for each in schema} for table, schema in SCHEMAS.items()
}
"""The type of each column, by table and name."""


def array_of(values: Iterable[object], name: str, kind: pa.DataType) -> pa.Array:
    """Return a column of this name and type.

    Raises:
        UnfitValueError: A value is too large for the column, or has a type that the column does not support.
    """
    try:
        if isinstance(values, array):
            return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
        if kind == CATEGORY:
            return pa.array(values, pa.string()).dictionary_encode()
        return pa.array(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise UnfitValueError(name, str(error)) from error


def indices(rows: Sequence[int | None]) -> pa.Array:
    """Return the rows to take. None takes null."""
    if None in rows:
        return array_of(rows, "rows", pa.int64())
    return integers(cast("Sequence[int]", rows), "rows")


def floats(values: Sequence[float]) -> pa.Array:
    """Return an array of numbers without None, in half the time that pyarrow takes."""
    content = struct.pack(f"{len(values)}d", *values)
    return pa.Array.from_buffers(pa.float64(), len(values), [None, pa.py_buffer(content)])


def integers(values: Sequence[int], name: str) -> pa.Array:
    """Return an array of integers without None, in half the time that pyarrow takes.

    Raises:
        UnfitValueError: A value does not fit into 64 bits.
    """
    try:
        content = struct.pack(f"{len(values)}q", *values)
    except struct.error as error:
        raise UnfitValueError(name, str(error)) from error
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(content)])


@functools.lru_cache(maxsize=512)
def nulls(rows: int, table: str, name: str) -> pa.Array:
    """Return a column of a table in which every row is null."""
    return pa.nulls(rows, KINDS[table][name])


@functools.lru_cache(maxsize=512)
def repeated(value: Scalar, rows: int, table: str, name: str) -> pa.Array:
    """Return a column of a table with the same value in every row."""
    kind = KINDS[table][name]
    if kind == CATEGORY:
        first = pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(bytes(4 * rows))])
        return pa.DictionaryArray.from_arrays(first, pa.array([str(value)], pa.string()))
    return pa.repeat(array_of([value], name, kind)[0], rows)


def parents(counts: Sequence[int]) -> pa.Array:
    """Return, for each item of lists with these lengths, the number of its list."""
    offsets = array("i", accumulate(counts, initial=0))
    lists = pa.ListArray.from_arrays(array_of(offsets, "offsets", pa.int32()), pa.nulls(offsets[-1]))
    return pc.list_parent_indices(lists)


@functools.lru_cache(maxsize=16)
def places(counts: tuple[int, ...]) -> tuple[pa.Array, pa.Array]:
    """Return, for each item of lists with these lengths, the number of its list and its position in it."""
    numbers = integers(list(chain.from_iterable(map(range, counts))), "window")
    return parents(counts), numbers


@functools.lru_cache(maxsize=16)
def grid(rows: int, columns: int) -> tuple[pa.Array, pa.Array]:
    """Return the row and the column of each value of a grid, row by row."""
    return parents([columns] * rows), array_of(array("i", range(columns)) * rows, "column", pa.int32())


def shared(values: Sequence[T], convert: Callable[[T], object], kind: pa.DataType) -> pa.Array:
    """Return a column of values, many of which are the same object. Each object is converted once."""
    firsts: dict[int, int] = {}
    different: list[object] = []
    for each in values:
        if id(each) not in firsts:
            firsts[id(each)] = len(different)
            different.append(convert(each))
    index = integers([firsts[id(each)] for each in values], "index")
    return pa.array(different, kind).take(index)


def alike(values: Sequence[object]) -> Column:
    """Return the single value if all values are equal, otherwise the values."""
    if not values or isinstance(values[0], list) or values.count(values[0]) < len(values):
        return values
    first: Scalar | None = values[0]  # type: ignore[assignment]  # values other than lists are scalars
    return first


def some(values: Sequence[T]) -> Sequence[T] | None:
    """Return the values, or None if all of them are None, since such a column costs nothing."""
    return values if values.count(None) < len(values) else None
