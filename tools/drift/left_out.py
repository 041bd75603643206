"""Keeps the list in docs/tables.md of the properties that no table has, each with its reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.drift.documents import DriftError
from tools.drift.schemas import read, reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tools.drift.documents import Document
    from tools.drift.schemas import Reference

TABLED = ("ClassifyJobResultPage", "ClassifiedSample")
"""The answers that tables are built from."""

REASON = "new in the API, and in no column yet; the typed answer has it"
_SECTION = re.compile(r"^## Left out\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| (`.*?) \|.*\n", re.MULTILINE)


def read_left_out(text: str) -> list[str]:
    """Returns the places that the text lists, such as `result[].sample.id`.

    Raises:
        DriftError: The text has no such list.

    """
    return [place for row in _rows(text) for place in re.findall(r"`(.+?)`", row[1])]


def is_within(place: str, listed: Iterable[str]) -> bool:
    """Returns whether the place is one of those listed, or below one."""
    return any(f"{place}.".startswith((f"{each}.", f"{each}[", f"{each}{{")) for each in listed)


def find_places(contract: Document) -> dict[str, Reference]:
    """Returns each property of the answers, outer ones first, with the schema that defines it."""
    roots = [reference(("components", "schemas", name)) for name in TABLED]
    return {place: schema for root in roots for place, schema in _walk(contract, root, "", ())}


def add_rows(text: str, before: Iterable[str], after: dict[str, Reference]) -> tuple[str, list[str]]:
    """Returns the text with a row for each new property, which lists all its places; and those cells.

    Raises:
        DriftError: The text has no such list.

    """
    listed, known = read_left_out(text), set(before)
    new: dict[str, Reference] = {}
    for place, schema in after.items():
        if place not in known and not is_within(place, [*listed, *new]):
            new[place] = schema
    rows: dict[Reference, list[str]] = {}
    for place, schema in new.items():
        rows.setdefault(schema, []).append(f"`{place}`")
    cells = [", ".join(places) for places in rows.values()]
    end = _rows(text)[-1].end()
    return text[:end] + "".join(f"| {cell} | {REASON} |\n" for cell in cells) + text[end:], cells


def _rows(text: str) -> list[re.Match[str]]:
    section = _SECTION.search(text)
    rows = list(_ROW.finditer(text, *section.span())) if section else []
    if not rows:
        raise DriftError("docs/tables.md has no table under `## Left out`, where new properties are listed")
    return rows


def _walk(
    contract: Document, what: Reference, place: str, above: tuple[Reference, ...]
) -> Iterator[tuple[str, Reference]]:
    for one in read(contract, what).alternatives:
        for name, schema in one.properties.items():
            inner = f"{place}.{name}" if place else name
            yield inner, schema
            if schema not in above:  # a schema may contain itself
                yield from _walk(contract, schema, inner, (*above, schema))
        for mark, values in (("[]", one.items), ("{}", one.additional)):
            if isinstance(values, tuple):
                yield from _walk(contract, values, place + mark, above)
