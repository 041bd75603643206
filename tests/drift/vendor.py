"""A document as a vendor would write it, made from the contract: every declared difference, and no other."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _drift.contract import read_contract, read_yaml
from _drift.declarations import Declaration, read_declarations

if TYPE_CHECKING:
    from _drift.documents import Document

ROOT = Path(__file__).parents[2]
OPENAPI = ROOT / "openapi"
CONTRACT = OPENAPI / "edge-impulse-classify.yaml"
DECLARATIONS = OPENAPI / "differences.yaml"
PAGE = "/api/{projectId}/classify/all/result/page"
VARIANTS = "/api/{projectId}/classify/v2/{sampleId}/variants"
STATUS = "/api/{projectId}/jobs/{jobId}/status"


@functools.cache
def contract() -> Document:
    return read_contract(CONTRACT)


def declarations() -> list[Declaration]:
    return read_declarations(read_yaml(DECLARATIONS), DECLARATIONS.name)


def plain(value: Any) -> Any:
    """Without comments, positions and shared parts."""
    return json.loads(json.dumps(value))


def vendor() -> dict[str, Any]:
    """A fresh copy, to be changed."""
    return copy.deepcopy(_vendor())


@functools.cache
def _vendor() -> dict[str, Any]:
    document: dict[str, Any] = _without_words(plain(contract().data))
    schemas = document["components"]["schemas"]
    _describe_success_only(document)
    schemas["ApiResponse"]["properties"]["success"].pop("enum")
    _close_enums(document)
    for declaration in declarations():
        for place in declaration.at:
            component, _, field = place.partition(".")
            if declaration.kind in ("field-required", "field-undefined"):
                part = own(schemas[component])
                part.setdefault("required", []).extend(part["properties"] if field == "*" else [field])
            if declaration.kind == "field-optional":
                own(schemas[component])["required"].remove(field)
    schemas["LastUpdatedBy"] = {"oneOf": _split(schemas.pop("LastUpdatedBy"))}
    document["components"]["securitySchemes"]["Cookie"] = {"type": "apiKey", "in": "cookie", "name": "jwt"}
    document["security"].append({"Cookie": []})
    return _renamed(document)


def own(schema: dict[str, Any]) -> dict[str, Any]:
    """The part of a schema that defines its own fields."""
    return next((part for part in schema.get("allOf", ()) if "properties" in part), schema)


def _without_words(value: Any, *, names: bool = False) -> Any:
    """Without descriptions and examples; `names` says that the keys are names of fields."""
    if isinstance(value, list):
        return [_without_words(each) for each in value]
    if not isinstance(value, dict):
        return value
    words = () if names else ("description", "summary", "example", "examples", "tags")
    return {
        key: _without_words(each, names=key == "properties")
        for key, each in value.items()
        if key not in words
    }


def _describe_success_only(document: dict[str, Any]) -> None:
    for item in document["paths"].values():
        for operation in item.values():
            success = operation["responses"]["200"]
            operation["responses"] = {"200": success}
            schema = success["content"]["application/json"]["schema"]
            members = [each for each in schema["anyOf"] if not each["$ref"].endswith("/Failure")]
            success["content"]["application/json"]["schema"] = (
                members[0] if len(members) == 1 else {"oneOf": members}
            )
    del document["components"]["responses"]
    del document["components"]["schemas"]["Failure"]


def _close_enums(value: Any) -> None:
    if isinstance(value, dict):
        members = value.get("anyOf", ())
        if len(members) == 2 and "$ref" in members[0] and members[1] == {"type": "string"}:
            value.pop("anyOf")
            value.update(members[0])
        for each in value.values():
            _close_enums(each)
    elif isinstance(value, list):
        for each in value:
            _close_enums(each)


def _split(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """One object for each kind of actor, with the fields that it has."""
    fields = schema["properties"]
    fields["actor"] = {
        "type": "object",
        "properties": {"type": {"type": "string"}, "id": {"type": "integer"}},
    }
    kinds = {
        "user": ["id"],
        "projectApiKey": ["id"],
        "oauthClient": ["oauthClientId", "userId"],
        "datasetVersionRestore": ["datasetVersionId", "groupKey", "actor"],
    }
    return [
        {
            "type": "object",
            "required": ["type", *names],
            "properties": {
                "type": {"type": "string", "enum": [kind]},
                **{name: copy.deepcopy(fields[name]) for name in names},
            },
        }
        for kind, names in kinds.items()
    ]


def _renamed(document: dict[str, Any]) -> dict[str, Any]:
    """With other names for all schemas: names must not matter."""
    text = json.dumps(document).replace("#/components/schemas/", "#/components/schemas/Vendor")
    renamed: dict[str, Any] = json.loads(text)
    schemas = renamed["components"]["schemas"]
    renamed["components"]["schemas"] = {f"Vendor{name}": schema for name, schema in schemas.items()}
    return renamed
