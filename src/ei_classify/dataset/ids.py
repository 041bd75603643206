"""Sample ids as short text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def packed(ids: list[int]) -> str:
    """Return ids as text, in their order. Consecutive ids become a range, as in `101-200,205`."""
    ranges: list[list[int]] = []
    for each in ids:
        if ranges and each == ranges[-1][1] + 1:
            ranges[-1][1] = each
        else:
            ranges.append([each, each])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def unpacked(text: str) -> list[int]:
    """Return the ids in a text that `packed` returned.

    Raises:
        ValueError: The text does not consist of ids.
    """
    return [each for ids in id_ranges(text) for each in ids]


def id_ranges(text: str) -> Iterator[range]:
    """Yield the ranges in a text that `packed` returned.

    Raises:
        ValueError: The text does not consist of ids.
    """
    for piece in filter(None, text.split(",")):
        # the first character may be a minus sign
        first, dash, last = piece[1:].partition("-")
        begin = int(piece[0] + first)
        yield range(begin, (int(last) if dash else begin) + 1)
