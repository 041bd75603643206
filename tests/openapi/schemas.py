"""The contract as the tests see it: references followed, `allOf` and `anyOf` walked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema
from ei_classify_mocks.contract import document
from openapi_schema_validator import OAS30ReadValidator
from referencing import Registry
from referencing.jsonschema import DRAFT4

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Schema = dict[str, Any]

_URI = "urn:contract"


def validator(schema: Mapping[str, Any]) -> OAS30ReadValidator:
    """A validator for a schema of the contract, whose references lead into the contract."""
    contract = DRAFT4.create_resource(dict(document()))
    registry: Registry[Any] = Registry().with_resource(_URI, contract)
    return OAS30ReadValidator(
        _absolute(schema), registry=registry, format_checker=OAS30ReadValidator.FORMAT_CHECKER
    )


def answer_schema(operation_id: str, status: int) -> Schema:
    """The schema of an operation's answer with that status."""
    for item in document()["paths"].values():
        for operation in item.values():
            if operation["operationId"] == operation_id:
                responses = operation["responses"]
                exact, of_range = str(status), f"{status // 100}XX"
                response = resolve(responses[exact if exact in responses else of_range])
                schema: Schema = response["content"]["application/json"]["schema"]
                return schema
    raise LookupError(operation_id)


def resolve(node: Schema) -> Schema:
    """The node, or what its reference leads to."""
    while "$ref" in node:
        target: Any = document()
        for key in node["$ref"].removeprefix("#/").split("/"):
            target = target[key]
        node = target
    return node


def branches(schema: Schema) -> Iterator[Schema]:
    """The schema and all that its references, `allOf` and `anyOf` lead to, without entering properties."""
    schema = resolve(schema)
    yield schema
    for part in [*schema.get("allOf", []), *schema.get("anyOf", []), *schema.get("oneOf", [])]:
        yield from branches(part)


def property_schemas(schema: Schema, name: str) -> list[Schema]:
    """Where the schema names the property, the schemas that it gives for it."""
    found = []
    for branch in branches(schema):
        if name in branch.get("properties", {}):
            found.append(branch["properties"][name])
        elif isinstance(branch.get("additionalProperties"), dict):
            found.append(branch["additionalProperties"])
        elif branch.get("additionalProperties") is True:
            found.append({})
    return found


def item_schemas(schema: Schema) -> list[Schema]:
    """The schemas that the schema gives for the items of an array."""
    return [branch["items"] for branch in branches(schema) if "items" in branch]


def smallest(schema: Schema) -> Any:
    """A value that the schema admits, with nothing in it that may be left out."""
    schema = resolve(schema)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return smallest(schema[key][0])
    if "allOf" in schema:
        first, *others = [smallest(part) for part in schema["allOf"]]
        return first | dict(item for other in others for item in other.items()) if others else first
    if "enum" in schema:
        return schema["enum"][0]
    if "example" in schema:
        return schema["example"]
    if schema.get("type", "object") == "object":
        return {name: smallest(schema["properties"][name]) for name in schema.get("required", [])}
    return _SMALLEST.get(schema.get("format", ""), _SMALLEST[schema["type"]])


_SMALLEST: dict[str, Any] = {
    "array": [],
    "boolean": True,
    "date-time": "2025-01-02T03:04:05Z",
    "integer": 1,
    "number": 0.5,
    "string": "text",
}


def admits(schema: Schema, value: Any) -> bool:
    """Whether the value is valid."""
    return bool(validator(schema).is_valid(value))


def problems(schema: Schema, value: Any) -> list[str]:
    """What is wrong with the value, empty if nothing is."""
    errors = sorted(validator(schema).iter_errors(value), key=jsonschema.exceptions.relevance)
    return [f"{error.json_path}: {error.message}" for error in errors]


def _absolute(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: _URI + value if key == "$ref" and isinstance(value, str) else _absolute(value)
            for key, value in node.items()
        }
    return [_absolute(value) for value in node] if isinstance(node, list) else node
