"""The files of a JSON lines export."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = msgspec.json.Decoder(dict[str, Any])


def read_lines(file: IO[bytes], count: int) -> Iterator[dict[str, Any]]:
    """Yield the object in each line of a file that is open.

    Raises:
        ValueError: A line is not an object, or the number of lines is not `count`.
        OSError: The file cannot be read.
    """
    found = 0
    for found, line in enumerate(file, 1):
        try:
            yield _LINE.decode(line)
        except msgspec.DecodeError as error:
            raise ValueError(f"cannot be read: line {found}: {error}") from error
    if found != count:
        raise ValueError(f"has {found} lines instead of {count}")
