"""A document as a vendor would write it, made from the contract: every declared difference, and no other."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.drift.contract import block, read_contract, read_yaml
from tools.drift.declarations import Declaration, read_declarations

if TYPE_CHECKING:
    from tools.drift.documents import Document

ROOT = Path(__file__).parents[3]
OPENAPI = ROOT / "openapi"
CONTRACT = OPENAPI / "edge-impulse-classify.yaml"
DECLARATIONS = OPENAPI / "differences.yaml"
PAGE = "/api/{projectId}/classify/all/result/page"
VARIANTS = "/api/{projectId}/classify/v2/{sampleId}/variants"
STATUS = "/api/{projectId}/jobs/{jobId}/status"


INTEGER, NUMBER, TEXT = {"type": "integer"}, {"type": "number"}, {"type": "string"}
FIELDS: dict[str, dict[str, Any]] = {
    "LearnBlock.dsp": {"type": "array", "items": INTEGER},
    "LearnBlock.id": {**INTEGER, "minimum": 1},
    "ModelPrediction.startMs": NUMBER,
    "Sample.created": {**TEXT, "format": "date-time"},
    "Sample.deviceName": TEXT,
    "Sample.deviceType": TEXT,
    "Sample.filename": TEXT,
    "Sample.id": INTEGER,
    "Sample.imageDimensions": {"$ref": "#/components/schemas/ImageDimensions"},
    "Sample.label": TEXT,
    "Sample.labelMap": {"$ref": "#/components/schemas/LabelMap"},
    "Sample.valuesCount": INTEGER,
    "Sensor.name": TEXT,
    "Threshold.suggestedValue": NUMBER,
    "Threshold.value": {"anyOf": [NUMBER, TEXT]},
}
PARAMETERS = {
    "Filename": TEXT,
    "Limit": INTEGER,
    "MinDate": {**TEXT, "format": "date-time"},
    "MinLabel": NUMBER,
    "Search": TEXT,
}
MAPS = {"TextMap": TEXT, "WindowScores": NUMBER}


@functools.cache
def contract() -> Document:
    """The contract; the places that tests change are as named here, whatever they have come to admit."""
    document = read_contract(CONTRACT)
    schemas, parameters = (document.data["components"][part] for part in ("schemas", "parameters"))
    for place, wanted in FIELDS.items():
        component, _, name = place.partition(".")
        _pin(own(schemas[component])["properties"], name, wanted)
    for name, wanted in PARAMETERS.items():
        _pin(parameters[name], "schema", wanted)
    for name, wanted in MAPS.items():
        _pin(schemas[name], "additionalProperties", wanted)
    if "required" not in parameters["Variants"]:
        parameters["Variants"].insert(2, "required", True)
    return document


def _pin(holder: Any, name: str, wanted: dict[str, Any]) -> None:
    """Put a schema there, unless what is there means the same."""
    if _without_words(plain(holder[name])) != wanted:
        holder[name] = block(description="Words.", **wanted) if "$ref" not in wanted else block(**wanted)


@functools.cache
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
            if declaration.kind == "type-narrower":
                own(schemas[component])["properties"][field]["type"] = "integer"
            if declaration.kind == "field-optional":
                own(schemas[component])["required"].remove(field)
    schemas["Project"]["properties"]["collaborators"]["items"] = {
        "type": "object",
        "properties": {"id": {"type": "integer"}},
    }
    schemas["LastUpdatedBy"] = {"oneOf": _split(schemas.pop("LastUpdatedBy"), schemas["ActorType"]["enum"])}
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


def _split(schema: dict[str, Any], known: list[str]) -> list[dict[str, Any]]:
    """One object for each kind of actor, with its fields; each has what the contract has gained since."""
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
    more = fields.keys() - {"type", *(name for names in kinds.values() for name in names)}
    return [
        {
            "type": "object",
            "required": ["type", *kinds.get(kind, [])],
            "properties": {
                "type": {"type": "string", "enum": [kind]},
                **{name: copy.deepcopy(fields[name]) for name in [*kinds.get(kind, []), *more]},
            },
        }
        for kind in known
    ]


def _renamed(document: dict[str, Any]) -> dict[str, Any]:
    """With other names for all schemas: names must not matter."""
    text = json.dumps(document).replace("#/components/schemas/", "#/components/schemas/Vendor")
    renamed: dict[str, Any] = json.loads(text)
    schemas = renamed["components"]["schemas"]
    renamed["components"]["schemas"] = {f"Vendor{name}": schema for name, schema in schemas.items()}
    return renamed
