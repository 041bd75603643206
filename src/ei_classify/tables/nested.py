"""Converts values of nested columns to the form that Arrow expects."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ei_classify.decoding import views

T = TypeVar("T")
R = TypeVar("R")


def as_map(mapping: Mapping[str, T] | None) -> list[tuple[str, T]] | None:
    """Return the value of a map column, or None."""
    return None if mapping is None else list(mapping.items())


def rows_of(convert: Callable[[T], R], values: Iterable[T] | None) -> list[R] | None:
    """Return the value of a list column, or None."""
    return None if values is None else [convert(each) for each in values]


def label_map_row(value: views.LabelMap | None) -> dict[str, object] | None:
    """Return the value of a column of label maps, or None."""
    return None if value is None else {"type": value.type_, "labels": as_map(value.labels)}
