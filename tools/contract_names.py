"""Finds the names in a contract that no code is generated from.

A name is refused if it cannot be written into code and read back, if it would replace what generated modules
use themselves, or if Python cannot tell it from another one. The generator says nothing about some of these.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from openapi_python_client import strings
from openapi_python_client.strings import ClassName, PythonIdentifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MOST_REFERENCES = 10
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_. -]*")
_PATTERNS = {
    # msgspec renames no property to one with quotes, backslashes or control characters.
    "property": re.compile(r"[A-Za-z0-9_$@.:/ -]*[A-Za-z0-9][A-Za-z0-9_$@.:/ -]*"),
    "parameter": re.compile(r"[A-Za-z0-9_$@.:/ \[\]-]*[A-Za-z0-9][A-Za-z0-9_$@.:/ \[\]-]*"),
    "enum value": re.compile(r"[ !#-\[\]-z|~]*"),  # printable, but for `"`, `\` and braces
    "path": re.compile(r"/([A-Za-z0-9_.~:@/-]|\{[A-Za-z][A-Za-z0-9_-]*\})*"),
    "operation": _WORD,
    "schema": _WORD,
    "tag": _WORD,
}
"""What a name may consist of: ASCII only, so that no two of them are normalized to the same identifier."""

_TAKEN = {
    "property": {"additional_properties", "from_dict", "from_json", "set_aside", "to_dict"},
    "parameter": {"body", "client", "decode", "given", "path_segment", "request", "response"},
    "schema": {
        "Any", "Client", "IntEnum", "Integer", "Mapping", "Model", "Number", "Operation", "Response",
        "StrEnum", "Timestamp", "TypeAlias", "Unset", "Wire",
    },
}  # fmt: skip
"""The Python names that the generated modules use themselves."""


def find_refused(contract: Mapping[str, Any]) -> list[str]:
    """Returns a sentence for each name that is refused. It shows the name, with escapes."""
    found = list(dict.fromkeys(_find(contract)))
    return [f"{kind} {json.dumps(name)} {why}" for kind, name, why in found]


def _find(contract: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    nodes = list(_nodes(contract))
    operations = list(_operations(contract))
    enums = [[value for value in node["enum"] if isinstance(value, str)] for node in nodes if "enum" in node]
    names = {
        "path": list(contract["paths"]),
        "operation": [str(operation.get("operationId", "")) for operation in operations],
        "tag": [str(tag) for operation in operations for tag in operation.get("tags", ())],
        "parameter": [node["name"] for node in nodes if isinstance(node.get("name"), str) and "in" in node],
        "schema": list(contract.get("components", {}).get("schemas", {})),
        "property": [name for node in nodes for name in node.get("properties", ())],
        "enum value": [value for values in enums for value in values],
    }
    for kind, pattern in _PATTERNS.items():
        for name in names[kind]:
            if not pattern.fullmatch(name):
                yield kind, name, "has characters that no generated code can hold"
            elif _in_python(kind, name) in _TAKEN.get(kind, ()):
                yield kind, name, "is a name that the generated code uses itself"
    yield from _alike("schema", ((name, _module(name)) for name in names["schema"]))
    yield from _alike("operation", ((name, _identifier(name)) for name in names["operation"]))
    for operation in operations:
        parameters = [_follow(contract, each).get("name", "") for each in operation["parameters"]]
        yield from _alike("parameter", ((name, _identifier(name)) for name in parameters))
    for node in nodes:
        yield from _alike("property", ((name, _identifier(name)) for name in _properties(contract, node)))
    for values in enums:
        yield from _alike("enum value", ((each, _member(each, index)) for index, each in enumerate(values)))


def _operations(contract: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields the operations, each with the parameters of its path as well."""
    for item in contract["paths"].values():
        for method in METHODS:
            if method in item:
                parameters = [*item.get("parameters", ()), *item[method].get("parameters", ())]
                yield {**item[method], "parameters": parameters}


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yields the objects of a document, as far as they may be a schema or a parameter."""
    if isinstance(node, list):
        for each in node:
            yield from _nodes(each)
    elif isinstance(node, dict):
        is_schema = isinstance(node.get("properties"), dict)
        yield {key: value for key, value in node.items() if _fits(key, value)}
        for key, value in node.items():
            if key == "properties" and is_schema:
                yield from _nodes(list(value.values()))
            elif key not in ("default", "enum", "example", "examples"):
                yield from _nodes(value)


def _fits(key: str, value: Any) -> bool:
    """Whether a key is used as in a schema, and not the name of something that is called so."""
    return isinstance(value, {"properties": dict, "allOf": list, "enum": list}.get(key, object))


def _properties(
    contract: Mapping[str, Any], schema: Mapping[str, Any], above: tuple[int, ...] = ()
) -> list[str]:
    """Returns the properties of an object, with those of the parts that it is made of."""
    found = list(schema.get("properties", ()))
    for each in schema.get("allOf", ()):
        part = _follow(contract, each)
        if id(part) not in above:
            found += _properties(contract, part, (*above, id(part)))
    return found


def _follow(contract: Mapping[str, Any], node: Any) -> Mapping[str, Any]:
    """Returns what a node refers to; nothing if that is missing, which the generator reports."""
    for _ in range(_MOST_REFERENCES):
        if not isinstance(node, dict) or "$ref" not in node:
            break
        keys = str(node["$ref"]).removeprefix("#/").split("/")
        node = contract
        for key in keys:
            node = node.get(key.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    return node if isinstance(node, dict) else {}


def _in_python(kind: str, name: str) -> str:
    return ClassName(name, "") if kind == "schema" else _identifier(name)


def _identifier(name: str) -> str:
    return PythonIdentifier(name, "field_")


def _module(schema: str) -> str:
    return strings.snake_case(ClassName(schema, ""))


def _member(value: str, index: int) -> str:
    """Returns the name of an enum's member, as the generator makes it."""
    return strings.snake_case(value.upper() if value[:1].isalpha() else f"VALUE_{index}").upper()


def _alike(kind: str, names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yields what is refused among names of one scope, each with what it is in Python."""
    first: dict[str, str] = {}
    for name, in_python in names:
        other = first.setdefault(in_python, name)
        if other != name:
            yield kind, name, f"is the same in Python as {json.dumps(other)}"
