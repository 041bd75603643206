"""Where an answer differs from the contract: by place and type, without any value, label, name or id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from ei_classify_api.errors import MismatchError
from ei_classify_api.models.classify_job_result_page import ClassifyJobResultPageWire
from ei_classify_api.types import attributes, objects_in, read_value, untyped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ei_classify_api.types import Wire

_TYPES: Final = {
    bool: "boolean",
    dict: "object",
    float: "number",
    int: "integer",
    list: "array",
    str: "string",
    type(None): "null",
}
_LONGEST_NAME: Final = 40


def differences_of_page(content: bytes) -> Counter[tuple[str, str]]:
    """Return where a page differs from the contract, with how often each difference occurs.

    A difference is a place such as `result[].sample.created`, and what is there: `missing`, `null`,
    `not in the contract: string`, or `expected date-time, got integer`. In a place, `[]` is an item of a
    list, and `{}` a value of a map, whose name may be a label of the user.

    Raises:
        msgspec.DecodeError: The content is not JSON.
    """
    return Counter(_of_value(untyped(content), ClassifyJobResultPageWire, (), ""))


def _of_value(
    value: Any, wire: type[Wire], containers: tuple[type, ...], place: str
) -> Iterator[tuple[str, str]]:
    expected: Any = containers[0] if containers else dict
    if type(value) is not expected:
        yield place or "the answer", f"expected {_TYPES[expected]}, got {_TYPES[type(value)]}"
    elif not containers:
        yield from _of_object(value, wire, place)
    elif expected is dict:
        for item in value.values():
            yield from _of_value(item, wire, containers[1:], f"{place}{{}}")
    else:
        for item in value:
            yield from _of_value(item, wire, containers[1:], f"{place}[]")


def _of_object(value: dict[str, Any], wire: type[Wire], place: str) -> Iterator[tuple[str, str]]:
    fields = {field.encode_name: field for field in attributes(wire)}
    prefix = f"{place}." if place else ""
    for name in fields.keys() - value.keys():
        if fields[name].required:
            yield f"{prefix}{name}", "missing"
    for name, item in value.items():
        field = fields.get(name)
        if field is None:
            yield f"{prefix}{_plain(name)}", f"not in the contract: {_TYPES[type(item)]}"
        elif item is None:
            yield f"{prefix}{name}", "null"
        elif (objects := objects_in(field.type)) is not None:
            yield from _of_value(item, *objects, f"{prefix}{name}")
        else:
            yield from _of_scalars(item, field.type, f"{prefix}{name}")


def _of_scalars(value: Any, kind: Any, place: str) -> Iterator[tuple[str, str]]:
    """Yield what is odd about a value that holds no object of the contract."""
    try:
        _, found = read_value(value, kind, "", exact=True)
    except MismatchError as mismatch:
        yield place, _without_value(mismatch.problem, value)
    else:
        for each in found:
            yield f"{place}{{}}", each.problem.partition(", got ")[0]


def _without_value(problem: str, value: Any) -> str:
    return f"{problem.partition(', got ')[0]}, got {_TYPES[type(value)]}"


def _plain(name: str) -> str:
    """Return the name of an unknown property, unless it can hardly be one that a programmer chose."""
    return name if name.isidentifier() and name.isascii() and len(name) <= _LONGEST_NAME else "(an odd name)"
