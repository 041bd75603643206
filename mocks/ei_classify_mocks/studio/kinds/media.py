"""What the samples of a project are made of, and how their readings are counted and handed over."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeAlias, cast

Row: TypeAlias = list[int | float] | str
"""A stored row: one reading, a number per sensor; or one line of an image, a hexadecimal digit per pixel."""

Readings: TypeAlias = Sequence[list[int | float]]
"""Readings as the API hands them over: a list per reading, with a number per sensor."""


class Medium(ABC):
    """What the samples of a project are made of.

    Args:
        chart_type: The chart in which Studio shows them.
        data_type: What the filter `dataType` calls them; empty if it has no name for them.
    """

    def __init__(self, chart_type: str, data_type: str = "") -> None:
        self.chart_type = chart_type
        self.data_type = data_type

    @abstractmethod
    def readings(self, values: Sequence[Row]) -> Readings:
        """The readings of a sample."""

    @abstractmethod
    def count(self, values: Sequence[Row]) -> int:
        """The number of readings of a sample."""

    def size(self, _values: Sequence[Row]) -> dict[str, int] | None:
        """The width and the height of a sample in pixels; None if it is not an image."""
        return None


class Series(Medium):
    """A series of readings; a table of one row is one as well."""

    def readings(self, values: Sequence[Row]) -> Readings:
        """The readings, as they are stored."""
        return cast("Readings", values)

    def count(self, values: Sequence[Row]) -> int:
        """The number of readings of a sample."""
        return len(values)


class Image(Medium):
    """A grey image."""

    def readings(self, values: Sequence[Row]) -> Readings:
        """One reading per pixel, row by row, as 0xRRGGBB."""
        return [[int(pixel, 16) * 0x111111] for row in values for pixel in cast("str", row)]

    def count(self, values: Sequence[Row]) -> int:
        """The number of pixels."""
        return len(values) * len(values[0])

    def size(self, values: Sequence[Row]) -> dict[str, int]:
        """The width and the height of a sample in pixels."""
        return {"width": len(values[0]), "height": len(values)}


SERIES = Series("chart")
TABLE = Series("table")
AUDIO = Series("chart", "audio")
IMAGE = Image("image", "image")
