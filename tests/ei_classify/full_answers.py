"""Answers made from the contract itself: every property filled, and any one of them changed on request."""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from ei_classify_mocks.contract import document

if TYPE_CHECKING:
    from collections.abc import Iterator

Place = tuple[str, ...]
Kinds = tuple[frozenset[str], ...]


def places(schema: str) -> list[Place]:
    """Where a value stands in an answer with this schema, such as `("result", "[]", "sample", "id")`."""
    return list(_places({"$ref": f"#/components/schemas/{schema}"}, ()))


def answer(schema: str, changed: Place | None = None, to: object = None) -> Any:
    """An answer with everything in it, and another value at one place."""
    if changed is None:
        return json.loads(_unchanged(schema))
    return _value({"$ref": f"#/components/schemas/{schema}"}, (), changed, to)


@functools.cache
def _unchanged(schema: str) -> str:
    return json.dumps(_value({"$ref": f"#/components/schemas/{schema}"}, (), None, None))


def _places(schema: dict[str, Any], place: Place, above: Kinds = ()) -> Iterator[Place]:
    schema = _resolved(schema)
    if "properties" in schema:
        properties, above = _properties(schema, above)
        for name, each in properties.items():
            yield from _places(each, (*place, name), above)
    elif schema.get("type") == "array":
        yield from _places(schema["items"], (*place, "[]"), above)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from _places(schema["additionalProperties"], (*place, "{}"), above)
    else:
        yield place


def _value(schema: dict[str, Any], place: Place, changed: Place | None, to: object, above: Kinds = ()) -> Any:
    schema = _resolved(schema)
    if place == changed and to is not None:
        return to
    if "properties" in schema:
        properties, above = _properties(schema, above)
        return {name: _value(each, (*place, name), changed, to, above) for name, each in properties.items()}
    if schema.get("type") == "array":
        return [_value(schema["items"], (*place, "[]"), changed, to, above)]
    if isinstance(schema.get("additionalProperties"), dict):
        return {"key": _value(schema["additionalProperties"], (*place, "{}"), changed, to, above)}
    first, second = _alternatives(schema)
    return second if place == changed else first


def _properties(schema: dict[str, Any], above: Kinds) -> tuple[dict[str, Any], Kinds]:
    """The object's properties but for those that hold an object of a kind that is above, and all kinds."""
    above = (*above, frozenset(schema["properties"]))
    return {name: each for name, each in schema["properties"].items() if _kind(each) not in above}, above


def _kind(schema: dict[str, Any]) -> frozenset[str] | None:
    """What the object is known by that the value is, or holds."""
    schema = _resolved(schema)
    inner = schema.get("items", schema.get("additionalProperties"))
    return (
        _kind(inner)
        if isinstance(inner, dict)
        else frozenset(schema["properties"])
        if "properties" in schema
        else None
    )


def _alternatives(schema: dict[str, Any]) -> tuple[Any, Any]:
    if schema.get("enum") == [True]:
        return True, True
    if "type" not in schema:
        return "one", "another"
    if schema.get("format") == "date-time":
        return "2025-06-04T08:00:00.000Z", "2025-06-04T08:00:01.000Z"
    return {
        "string": ("one", "another"),
        "integer": (1, 2),
        "number": (1.5, 2.5),
        "boolean": (True, False),
        "object": ({"key": "one"}, {"key": "another"}),
    }[schema["type"]]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return _resolved(document()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if "allOf" in schema:
        merged: dict[str, Any] = {"type": "object", "properties": {}}
        for part in map(_resolved, schema["allOf"]):
            merged["properties"] |= part.get("properties", {})
            merged |= {name: value for name, value in part.items() if name != "properties"}
        return merged if merged["properties"] else {k: v for k, v in merged.items() if k != "properties"}
    if "anyOf" in schema:
        parts = [_resolved(part) for part in schema["anyOf"]]
        return next((part for part in parts if "enum" not in part), parts[0])
    return schema
