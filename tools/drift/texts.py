"""Compares the words in documents, and finds copies of the vendor's."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = ("summary", "description", "title", "deprecated", "default", "example")
OWN_WORDS = ("summary", "description")
SHORTEST = 4  # in words; shorter texts may be equal by chance


def is_copied(key: str, ours: object, theirs: object) -> bool:
    """Returns whether two texts are equal except for case, spaces and punctuation."""
    if key not in OWN_WORDS or not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    return _digest(ours) is not None and _digest(ours) == _digest(theirs)


def write_digests(document: Any, path: Path) -> None:
    """Writes a digest of each text of a document. It identifies a copy, but does not reveal the text."""
    digests = {digest for _, text in _texts(document, ()) if (digest := _digest(text)) is not None}
    head = "# Digests of the texts of the vendor, by scripts/drift --apply. scripts/lint refuses copies.\n"
    path.write_text(head + "".join(f"{digest}\n" for digest in sorted(digests)), "utf-8")


def find_copies(document: Any, path: Path) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yields the texts of a document whose digests are in the file, each with its place."""
    wanted = set(path.read_text("utf-8").split("\n"))
    for pointer, text in _texts(document, ()):
        if _digest(text) in wanted:
            yield pointer, text


def _texts(value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in OWN_WORDS and isinstance(inner, str):
                yield (*pointer, key), inner
            else:
                yield from _texts(inner, (*pointer, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*pointer, index))


def _digest(text: str) -> str | None:
    words = re.findall(r"\w+", text.casefold())
    if len(words) < SHORTEST:
        return None
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
