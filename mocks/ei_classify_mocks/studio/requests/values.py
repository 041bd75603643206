"""The values of parameters, read from the text of a URL by their types in the contract."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ei_classify_mocks.studio.error_answers import MalformedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value = str | int | float | bool | datetime

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_LONGEST_INTEGER = 300  # digits; longer ones are nobody's id, and slow to convert
_SHOWN = 80  # characters of a wrong value that a message repeats


def read_value(name: str, schema: Mapping[str, Any], text: str) -> Value:
    """The value of a parameter. One that has no single type in the contract stays text.

    Raises:
        MalformedError: The text is not of the parameter's type.
    """
    by_format, by_type = _READERS.get(schema.get("format", "")), _READERS.get(schema.get("type", ""))
    return (by_format or by_type or _text)(name, text)


def _text(_name: str, text: str) -> str:
    return text


def read_integer(name: str, text: str) -> int:
    """A whole number, in decimal digits.

    Raises:
        MalformedError: The text is something else.
    """
    if not _INTEGER.fullmatch(text) or len(text) > _LONGEST_INTEGER:
        raise MalformedError(f"{name} must be an integer, not {text[:_SHOWN]!r}")
    return int(text)


def _number(name: str, text: str) -> float:
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise MalformedError(f"{name} must be a number, not {text[:_SHOWN]!r}")
    return float(text)


def _boolean(name: str, text: str) -> bool:
    if text not in ("true", "false"):
        raise MalformedError(f"{name} must be true or false, not {text[:_SHOWN]!r}")
    return text == "true"


def _instant(name: str, text: str) -> datetime:
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise MalformedError(
            f"{name} must be a date-time such as 2025-06-01T08:00:00Z, not {text[:_SHOWN]!r}"
        ) from None


# By format, where it is one of these, or else by type.
_READERS: Mapping[str, Callable[[str, str], Value]] = {
    "integer": read_integer,
    "number": _number,
    "boolean": _boolean,
    "date-time": _instant,
}
