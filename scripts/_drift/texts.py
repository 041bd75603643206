"""Words in documents: which of them are compared, and whether some are the vendor's own."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXTS = ("summary", "description", "title", "deprecated", "default", "example")
OWN_WORDS = ("summary", "description")
SHORTEST = 4  # in words: anything shorter may be alike by chance


def is_copied(key: str, ours: object, theirs: object) -> bool:
    """Whether our text is the vendor's, capitals, spaces and punctuation aside."""
    if key not in OWN_WORDS or not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    return _digest(ours) is not None and _digest(ours) == _digest(theirs)


def digests(document: Any) -> list[str]:
    """A digest of each text of a document by which a copy is known; the text cannot be had from it."""
    return sorted({digest for _, text in _texts(document, ()) if (digest := _digest(text)) is not None})


def copies(document: Any, known: Iterable[str]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts of a document that are among the digests, each with where it stands."""
    wanted = set(known)
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
