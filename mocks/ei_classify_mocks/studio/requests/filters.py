"""The filters of a page: which samples each lets through."""

from __future__ import annotations

import math
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from .metadata import filter_metadata
from .texts import read_choice, read_strings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ei_classify_mocks.studio.projects.facts import Facts, Filter

    from .parameters import Values

Bound = TypeVar("Bound", float, datetime)


def read_filters(query: Values) -> dict[str, Filter]:
    """The filters of a query, by the parameter that asks for each.

    Raises:
        DeclinedError: A filter is of the right type and makes no sense.
    """
    filters: dict[str, Filter] = {}
    for name, value in query.items():
        if name in _TEXTS and isinstance(value, str):
            filters[name] = _TEXTS[name](value)
        elif name in _NUMBERS and isinstance(value, int | float):
            filters[name] = _bounded(_NUMBERS[name], value)
        elif name in _INSTANTS and isinstance(value, datetime):
            filters[name] = _bounded(_INSTANTS[name], value)
    return filters


def _bounded(passes: Callable[[Facts, Bound], bool], bound: Bound) -> Filter:
    return lambda sample: passes(sample, bound)


def _labels(value: str) -> Filter:
    wanted = frozenset(read_strings("labels", value))
    return lambda sample: sample.label in wanted or bool(sample.labels & wanted)


def _filename(value: str) -> Filter:
    return lambda sample: value in sample.filename


def _signature(value: str) -> Filter:
    choice = read_choice("signatureValidity", value, ("both", "valid", "invalid"))
    return lambda sample: choice == "both" or sample.signed == (choice == "valid")


def _data_type(value: str) -> Filter:
    choice = read_choice("dataType", value, ("audio", "image"))
    return lambda sample: sample.data_type == choice


def _search(value: str) -> Filter:
    words = value.casefold().split()

    def finds(sample: Facts) -> bool:
        text = " ".join([str(sample.id), sample.filename, sample.label, *sample.metadata.values()]).casefold()
        return all(word in text for word in words)

    return finds


def _as_number(label: str) -> float:
    try:
        return float(label)
    except ValueError:
        return math.nan  # compares as false with everything


_TEXTS: Mapping[str, Callable[[str], Filter]] = {
    "labels": _labels,
    "filename": _filename,
    "signatureValidity": _signature,
    "search": _search,
    "dataType": _data_type,
    "metadata": filter_metadata,
}
# Bounds are inclusive or exclusive as the contract says of each.
_NUMBERS: Mapping[str, Callable[[Facts, float], bool]] = {
    "minLength": lambda sample, bound: sample.length_ms > bound,
    "maxLength": lambda sample, bound: sample.length_ms < bound,
    "minFrequency": lambda sample, bound: sample.frequency_hz > bound,
    "maxFrequency": lambda sample, bound: sample.frequency_hz < bound,
    "minLabel": lambda sample, bound: _as_number(sample.label) >= bound,
    "maxLabel": lambda sample, bound: _as_number(sample.label) < bound,
    "minId": lambda sample, bound: sample.id >= bound,
    "maxId": lambda sample, bound: sample.id < bound,
}
_INSTANTS: Mapping[str, Callable[[Facts, datetime], bool]] = {
    "minDate": lambda sample, bound: sample.added > bound,
    "maxDate": lambda sample, bound: sample.added < bound,
}
