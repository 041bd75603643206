"""What a request asks for: its parameters, decoded as the contract declares them, and its filters."""

from __future__ import annotations

import functools
import json
import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ei_classify_mocks.contract import document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_LONGEST_INTEGER = 300  # digits; longer ones are nobody's id and slow to convert


class MalformedError(Exception):
    """A parameter is missing or not of its type: HTTP status 400."""


class RefusedError(Exception):
    """The request is well formed and cannot be carried out: a refusal inside HTTP status 200."""


@dataclass(frozen=True)
class Facts:
    """What filters look at in a sample."""

    id: int
    filename: str
    label: str
    labels: frozenset[str]
    length_ms: float
    frequency_hz: float
    signed: bool
    data_type: str
    metadata: Mapping[str, str]
    added: datetime


def integer(name: str, text: str) -> int:
    """A whole number, in decimal digits."""
    if not _INTEGER.fullmatch(text) or len(text) > _LONGEST_INTEGER:
        raise MalformedError(f"{name} must be an integer, not {text[:80]!r}")
    return int(text)


def number(name: str, text: str) -> float:
    """A finite number."""
    if not _NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        raise MalformedError(f"{name} must be a number, not {text[:80]!r}")
    return float(text)


def boolean(name: str, text: str) -> bool:
    """`true` or `false`."""
    if text not in ("true", "false"):
        raise MalformedError(f"{name} must be true or false, not {text[:80]!r}")
    return text == "true"


def instant(name: str, text: str) -> datetime:
    """A date-time as RFC 3339 has it."""
    try:
        if not _INSTANT.fullmatch(text):
            raise ValueError
        return datetime.fromisoformat(text.upper())
    except ValueError:
        raise MalformedError(
            f"{name} must be a date-time such as 2025-06-01T08:00:00Z, not {text[:80]!r}"
        ) from None


def _text(_name: str, text: str) -> str:
    return text


_TYPES: Mapping[str, Callable[[str, str], Any]] = {
    "integer": integer,
    "number": number,
    "boolean": boolean,
    "date-time": instant,
}


@functools.cache
def _declared() -> Mapping[str, Mapping[str, Any]]:
    """The query parameters of the contract, by name; without those that may be there several times."""
    parameters = document()["components"]["parameters"].values()
    return {
        each["name"]: each
        for each in parameters
        if each["in"] == "query" and each["schema"].get("type") != "array"
    }


def is_required(name: str) -> bool:
    """Whether a call without the query parameter is malformed."""
    return bool(_declared()[name].get("required"))


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The known parameters of a query, by name.

    Raises:
        MalformedError: one is not of its type, or is there twice.
    """
    known = [(name, text) for name, text in pairs if name in _declared()]
    for name, count in Counter(name for name, _ in known).items():
        if count > 1:
            raise MalformedError(f"{name} is there {count} times")
    return {name: _decode(name, text) for name, text in known}


def _decode(name: str, text: str) -> Any:
    schema = _declared()[name]["schema"]
    # What has no single type in the contract stays text.
    return _TYPES.get(schema.get("format", schema.get("type")), _text)(name, text)


def filters(query: Mapping[str, Any]) -> dict[str, Callable[[Facts], bool]]:
    """The filters of a decoded query, by the parameter that asks for each.

    Raises:
        RefusedError: a filter is of the right type and makes no sense.
    """
    return {name: _FILTERS[name](value) for name, value in query.items() if name in _FILTERS}


def texts(name: str, text: str) -> list[str]:
    """A JSON list of strings, written into one string."""
    found = _list(name, text)
    if not all(isinstance(item, str) for item in found):
        raise RefusedError(f"{name} must be a JSON list of strings")
    return found


def _list(name: str, text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise RefusedError(f"{name} must be a JSON list")
    return found


def _choice(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise RefusedError(f"{name} must be one of {', '.join(known)}")
    return value


def _labels(value: str) -> Callable[[Facts], bool]:
    wanted = frozenset(texts("labels", value))
    return lambda sample: sample.label in wanted or bool(sample.labels & wanted)


def _signature(value: str) -> Callable[[Facts], bool]:
    choice = _choice("signatureValidity", value, ("both", "valid", "invalid"))
    return lambda sample: choice == "both" or sample.signed == (choice == "valid")


def _data_type(value: str) -> Callable[[Facts], bool]:
    choice = _choice("dataType", value, ("audio", "image"))
    return lambda sample: sample.data_type == choice


def _search(value: str) -> Callable[[Facts], bool]:
    words = value.casefold().split()

    def found(sample: Facts) -> bool:
        text = " ".join([str(sample.id), sample.filename, sample.label, *sample.metadata.values()]).casefold()
        return all(word in text for word in words)

    return found


def _metadata(value: str) -> Callable[[Facts], bool]:
    matches: list[Callable[[Mapping[str, str]], bool]] = []
    combine: Callable[[Iterable[bool]], bool] = all
    bare = False
    for entry in _list("metadata", value):
        if not isinstance(entry, dict):
            raise RefusedError("each entry of metadata must be a JSON object")
        if "filters_combinator" in entry:
            combinator = _choice("filters_combinator", entry["filters_combinator"], ("and", "or"))
            combine = any if combinator == "or" else all
        elif "no_metadata" in entry:
            bare = entry["no_metadata"] is True
        else:
            matches.append(_metadata_entry(entry))

    def match(sample: Facts) -> bool:
        if bare and not sample.metadata:
            return True
        return combine(one(sample.metadata) for one in matches) if matches else not bare

    return match


def _metadata_entry(entry: Mapping[str, Any]) -> Callable[[Mapping[str, str]], bool]:
    key, values = entry.get("key"), entry.get("values")
    if not isinstance(key, str) or not (values is None or isinstance(values, list)):
        raise RefusedError("an entry of metadata must have a key, an op and, optionally, a list of values")
    keep = _choice("op", entry.get("op", ""), ("eq", "neq")) == "eq"

    def match(metadata: Mapping[str, str]) -> bool:
        return (key in metadata and (not values or metadata[key] in values)) is keep

    return match


def _as_number(label: str) -> float:
    try:
        return float(label)
    except ValueError:
        return math.nan  # compares as false with everything


# Bounds are inclusive or exclusive as the contract says of each.
_FILTERS: Mapping[str, Callable[[Any], Callable[[Facts], bool]]] = {
    "labels": _labels,
    "filename": lambda part: lambda sample: part in sample.filename,
    "minLength": lambda bound: lambda sample: sample.length_ms > bound,
    "maxLength": lambda bound: lambda sample: sample.length_ms < bound,
    "minFrequency": lambda bound: lambda sample: sample.frequency_hz > bound,
    "maxFrequency": lambda bound: lambda sample: sample.frequency_hz < bound,
    "signatureValidity": _signature,
    "minLabel": lambda bound: lambda sample: _as_number(sample.label) >= bound,
    "maxLabel": lambda bound: lambda sample: _as_number(sample.label) < bound,
    "search": _search,
    "dataType": _data_type,
    "minId": lambda bound: lambda sample: sample.id >= bound,
    "maxId": lambda bound: lambda sample: sample.id < bound,
    "metadata": _metadata,
    "minDate": lambda bound: lambda sample: sample.added > bound,
    "maxDate": lambda bound: lambda sample: sample.added < bound,
}
