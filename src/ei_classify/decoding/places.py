"""Finds the sample that a place in an answer belongs to, for messages."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from attrs import frozen
from ei_classify_api.types import untyped


@frozen
class SampleName:
    """The names of a sample, as far as they are known."""

    sample_id: int | None = None
    filename: str | None = None


def sample_at(content: bytes, place: str) -> SampleName:
    """Return the names of the sample that a place belongs to, such as `result[3].sample.created`.

    Args:
        content: The body of an answer: a page, or the classification of one sample.
        place: The place in it.
    """
    try:
        body = untyped(content)
    except msgspec.DecodeError:
        return SampleName()
    if entry_of_page := re.match(r"(result|predictions)\[(\d+)\]", place):
        name, index = entry_of_page.groups()
        entry = _get(body, name, int(index))
        if name == "predictions":
            sample_id = _get(entry, "sampleId")
            known = _get(body, "result")
            known = known if isinstance(known, list) else []
            entry = next((each for each in known if _get(each, "sampleId") == sample_id), entry)
    else:
        entry = _get(body, "sample")
    return _named(entry)


def _named(entry: object) -> SampleName:
    sample_id, filename = _get(entry, "sampleId"), _get(entry, "sample", "filename")
    if sample_id is None:
        sample_id = _get(entry, "sample", "id")
    return SampleName(
        sample_id if type(sample_id) is int else None, filename if isinstance(filename, str) else None
    )


def _get(value: Any, *steps: str | int) -> Any:
    """Return the value below another one; None if there is none."""
    for step in steps:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value
