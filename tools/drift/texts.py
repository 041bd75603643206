"""Words in documents: which of them are compared, and whether some are the vendor's own."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXTS = ("summary", "description", "title", "deprecated", "default", "example")
OWN_WORDS = ("summary", "description")
SHORTEST = 4  # in words: anything shorter may be alike by chance


def is_copied(key: str, ours: object, theirs: object) -> bool:
    """Whether our text is the vendor's, capitals, spaces and punctuation aside."""
    if key not in OWN_WORDS or not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    return _digest(ours) is not None and _digest(ours) == _digest(theirs)


def write_digests(document: Any, path: Path) -> None:
    """Keep a digest of each text of a document: a copy is known by it, and no text can be had from it."""
    digests = {digest for _, text in _texts(document, ()) if (digest := _digest(text)) is not None}
    head = (
        "# Digests of the vendor's texts, from scripts/drift --apply: scripts/lint refuses copies of them.\n"
    )
    path.write_text(head + "".join(f"{digest}\n" for digest in sorted(digests)), "utf-8")


def find_copies(document: Any, path: Path) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of a document of which the file holds the digests, each with where it stands."""
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
