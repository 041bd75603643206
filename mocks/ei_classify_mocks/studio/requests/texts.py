"""Filters whose text has a form of its own: JSON lists, and choices from a list of words."""

from __future__ import annotations

import json

from ei_classify_mocks.studio.error_answers import DeclinedError


def read_list(name: str, text: str) -> list[object]:
    """A JSON list, written into one string.

    Raises:
        DeclinedError: The text is not a JSON list.
    """
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise DeclinedError(f"{name} must be a JSON list")
    return found


def read_strings(name: str, text: str) -> list[str]:
    """A JSON list of strings, written into one string.

    Raises:
        DeclinedError: The text is not a JSON list of strings.
    """
    found = read_list(name, text)
    strings = [item for item in found if isinstance(item, str)]
    if len(strings) < len(found):
        raise DeclinedError(f"{name} must be a JSON list of strings")
    return strings


def read_choice(name: str, value: object, known: tuple[str, ...]) -> str:
    """One of the known words.

    Raises:
        DeclinedError: The value is none of them.
    """
    if not isinstance(value, str) or value not in known:
        raise DeclinedError(f"{name} must be one of {', '.join(known)}")
    return value
