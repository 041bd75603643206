"""Values to Arrow arrays, in the ways that are fast for what a page holds."""

from __future__ import annotations

import functools
import struct
from array import array
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from ei_classify.errors import UnfitValueError

from .schemas import CATEGORY, SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

KINDS = {table: {each.name: each.type for each in schema} for table, schema in SCHEMAS.items()}


def array_of(values: Any, name: str, kind: pa.DataType) -> pa.Array:
    """A column of this name and type.

    Raises:
        UnfitValueError: A value is too large for it, or of a type that the contract has come to allow.
    """
    try:
        if isinstance(values, array):
            return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(values)])
        if kind == CATEGORY:
            return pa.array(values, pa.string()).dictionary_encode()
        return pa.array(values, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        raise UnfitValueError(name, str(error)) from error


def indices(rows: list[int | None]) -> pa.Array:
    """Rows to take; None takes null."""
    return pa.array(rows, pa.int64()) if None in rows else integers(rows, "rows")  # type: ignore[arg-type]


def floats(values: Sequence[float]) -> pa.Array:
    """Numbers, none of them None: in half the time that pyarrow takes."""
    content = struct.pack(f"{len(values)}d", *values)
    return pa.Array.from_buffers(pa.float64(), len(values), [None, pa.py_buffer(content)])


def integers(values: Sequence[int], name: str) -> pa.Array:
    """As `floats`."""
    try:
        content = struct.pack(f"{len(values)}q", *values)
    except struct.error as error:
        raise UnfitValueError(name, str(error)) from error
    return pa.Array.from_buffers(pa.int64(), len(values), [None, pa.py_buffer(content)])


@functools.lru_cache(maxsize=512)
def nulls(rows: int, table: str, name: str) -> pa.Array:
    """A column of a table with nothing in it."""
    return pa.nulls(rows, KINDS[table][name])


@functools.lru_cache(maxsize=512)
def repeated(value: Any, rows: int, table: str, name: str) -> pa.Array:
    """The same value in every row."""
    kind = KINDS[table][name]
    if kind == CATEGORY:
        indices = pa.Array.from_buffers(pa.int32(), rows, [None, pa.py_buffer(bytes(4 * rows))])
        return pa.DictionaryArray.from_arrays(indices, pa.array([str(value)], pa.string()))
    return pa.repeat(array_of([value], name, kind)[0], rows)


def alike(values: Sequence[Any]) -> Any:
    """The value that all of these are, or the values."""
    if not values or isinstance(values[0], list) or values.count(values[0]) < len(values):
        return values
    return values[0]


def parents(counts: list[int]) -> pa.Array:
    """For each item of lists of these lengths the number of its list."""
    offsets = array("i", accumulate(counts, initial=0))
    lists = pa.ListArray.from_arrays(array_of(offsets, "offsets", pa.int32()), pa.nulls(offsets[-1]))
    return pc.list_parent_indices(lists)


@functools.lru_cache(maxsize=16)
def places(counts: tuple[int, ...]) -> tuple[pa.Array, pa.Array]:
    """For each item of lists of these lengths the number of its list, and its own within that."""
    numbers = integers(list(chain.from_iterable(map(range, counts))), "window")
    return parents(list(counts)), numbers


@functools.lru_cache(maxsize=16)
def grid(rows: int, columns: int) -> tuple[pa.Array, pa.Array]:
    """For each value of a grid, row by row: its row and its column."""
    return parents([columns] * rows), array_of(array("i", range(columns)) * rows, "column", pa.int32())


def shared(values: list[Any], convert: Callable[[Any], Any], kind: pa.DataType) -> pa.Array:
    """A column of values of which many are the same object: each is converted once."""
    places: dict[int, int] = {}
    different: list[Any] = []
    for each in values:
        if id(each) not in places:
            places[id(each)] = len(different)
            different.append(convert(each))
    index = integers([places[id(each)] for each in values], "index")
    return pa.array(different, kind).take(index)


def some(values: list[Any]) -> list[Any] | None:
    """The values, or None if there are none: such a column costs nothing."""
    return values if values.count(None) < len(values) else None


def columns_of(items: list[Any] | None, **columns: Callable[[Any], Any]) -> dict[str, Any]:
    """Columns by name, each from what there is of the items; none at all without items."""
    if items is None:
        return {}
    return {name: [None if each is None else get(each) for each in items] for name, get in columns.items()}


def each_of(convert: Callable[[Any], Any], values: Iterable[Any] | None) -> list[Any] | None:
    """Each of the values converted, or None."""
    return None if values is None else [convert(each) for each in values]


def pairs(mapping: dict[str, Any] | None) -> list[tuple[str, Any]] | None:
    """A map as Arrow takes it, or None."""
    return None if mapping is None else list(mapping.items())
