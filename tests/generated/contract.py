"""The contract as the tests of the generated client use it: its examples, and strategies for what it admits."""

from __future__ import annotations

import functools
import json
import re
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "mocks" / "examples"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


def example(name: str) -> Any:
    return json.loads(content(name))


def content(name: str) -> bytes:
    return (EXAMPLES / f"{name}.json").read_bytes()


def page_with(**changes: Any) -> dict[str, Any]:
    page: dict[str, Any] = example("page-motion")
    return {**page, **changes}


@functools.cache
def schemas() -> dict[str, Any]:
    document = yaml.safe_load((ROOT / "openapi" / "edge-impulse-classify.yaml").read_bytes())
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def objects() -> list[str]:
    """The schemas of objects with named properties, each a class of its own."""
    return sorted(name for name, schema in schemas().items() if _merged(schema).get("properties"))


@functools.cache
def answers(name: str) -> st.SearchStrategy[Any]:
    """Everything that a schema admits, with unknown properties in every object."""
    return _strategy(schemas()[name])


def kinds(name: str, path: str) -> str:
    """What the contract admits at a place below a schema, in the words of a `MismatchError`."""
    schema = schemas()[name]
    for step in re.findall(r"[^.\[\]]+", path):
        schema = _merged(schema)
        if step.isdigit():
            schema = schema["items"]
        else:
            schema = schema["properties"][step] if "properties" in schema else schema["additionalProperties"]
    return " or ".join(dict.fromkeys(_kinds(schema)))


def _kinds(schema: dict[str, Any]) -> Iterator[str]:
    schema = _merged(schema)
    for each in schema.get("anyOf", []):
        yield from _kinds(each)
    if schema.get("format") == "date-time":
        yield "date-time"
    elif "type" in schema and schema.get("enum") != [None]:
        yield schema["type"]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _resolved(schemas()[schema["$ref"].rpartition("/")[2]])
    return schema


def _merged(schema: dict[str, Any]) -> dict[str, Any]:
    schema = _resolved(schema)
    if "allOf" not in schema:
        return schema
    merged: dict[str, Any] = {"properties": {}, "required": []}
    for part in map(_merged, schema["allOf"]):
        merged["properties"] |= part.get("properties", {})
        merged["required"] += part.get("required", [])
        merged |= {key: value for key, value in part.items() if key not in ("properties", "required")}
    return merged


def _strategy(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in schema:
        return st.deferred(lambda: answers(schema["$ref"].rpartition("/")[2]))
    schema = _merged(schema)
    if "anyOf" in schema:
        return st.one_of([_strategy(each) for each in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case None:
            return JSON
        case "object":
            return _object(schema)
        case "array":
            return st.lists(_strategy(schema["items"]), max_size=2)
        case "integer":
            return st.integers(-(2**63), 2**63 - 1)
        case "number":
            return st.integers() | st.floats(allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "string":
            return INSTANTS if schema.get("format") == "date-time" else st.text(max_size=8)
    raise AssertionError(f"the tests know no such schema: {schema}")


def _object(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    properties = schema.get("properties", {})
    if not properties:
        values = schema.get("additionalProperties", True)
        return st.dictionaries(st.text(max_size=5), JSON if values is True else _strategy(values), max_size=3)
    required = schema.get("required", [])
    known = {name: _strategy(each) for name, each in properties.items()}
    admitted = st.fixed_dictionaries(
        {name: known[name] for name in required},
        optional={name: known[name] for name in known if name not in required},
    )
    unknown = st.dictionaries(st.text(max_size=5).filter(lambda name: name not in known), JSON, max_size=2)
    return st.builds(lambda one, other: {**other, **one}, admitted, unknown)


def _instant(moment: Any, digits: int, zone: str) -> str:
    text = moment.isoformat(timespec="microseconds")
    whole, _, fraction = text[:26].partition(".")
    return f"{whole}{'.' if digits else ''}{(fraction + '000')[:digits]}{zone}"


INSTANTS = st.builds(
    _instant,
    st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])),
    st.integers(0, 9),
    st.sampled_from(["Z", "+00:00", "-07:30", "z"]),
)
"""RFC 3339 in its several spellings."""


def without_nulls(value: Any) -> Any:
    """The JSON without the properties that are null."""
    if isinstance(value, dict):
        return {name: without_nulls(item) for name, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def admits_null(value: Any) -> bool:
    """Whether anything in the contract may be null: there, null is the same as absence."""
    if isinstance(value, dict):
        return value.get("nullable") is True or value.get("enum") == [None] or any(map(admits_null, value.values()))
    return isinstance(value, list) and any(map(admits_null, value))
