"""What is additive goes into the contract, where it belongs, and leaves all else as it was."""

from __future__ import annotations

import copy
import difflib
import functools
import tempfile
from pathlib import Path
from typing import Any

import pytest

from tests.tools.drift.test_compare import CHANGES
from tests.tools.drift.vendor import PAGE, STATUS, contract, declarations, own, vendor
from tools.drift.apply import apply
from tools.drift.compare import compare
from tools.drift.contract import read_contract, write_contract
from tools.drift.declarations import sort
from tools.drift.differences import Severity
from tools.drift.documents import Document

ADDITIVE = [
    alter
    for _, alter, expected in CHANGES
    if expected and all(level == "additive" for level, _, _ in expected)
]
BEFORE = write_contract(contract())


@functools.cache
def parsed(text: str) -> Document:
    """The contract with this text. Parsing it takes longer than all else in most tests."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contract.yaml"
        path.write_text(text, "utf-8")
        return read_contract(path)


def take_over(
    document: dict[str, Any], folder: Path, times: int = 1, start: str = BEFORE
) -> tuple[str, list[str]]:
    """The contract after it was changed, and the kinds of difference that are left."""
    path = folder / "contract.yaml"
    other = Document(document, "vendor.yml")
    ours = copy.deepcopy(parsed(start))
    for turn in range(times):
        if turn:
            ours = read_contract(path)
        result = compare(ours, other)
        apply(ours, other, sort(result.differences, declarations()).undeclared, result.twins)
        path.write_text(write_contract(ours), "utf-8")
    left = sort(compare(read_contract(path), other).differences, declarations()).undeclared
    return path.read_text("utf-8"), [one.kind for one in left if one.severity is not Severity.TEXT]


def changed(after: str) -> tuple[list[str], list[str]]:
    """The lines that are gone and the lines that are new."""
    lines = list(difflib.ndiff(BEFORE.splitlines(), after.splitlines()))
    return [each[2:] for each in lines if each[0] == "-"], [each[2:] for each in lines if each[0] == "+"]


def test_without_a_difference_not_a_byte_changes(tmp_path: Path) -> None:
    assert take_over(vendor(), tmp_path) == (BEFORE, [])


def test_every_kind_of_additive_difference_is_taken_over_once(tmp_path: Path) -> None:
    document = vendor()
    for alter in ADDITIVE:
        alter(document)
    after, left = take_over(document, tmp_path)
    assert left == []
    assert len(ADDITIVE) >= 20
    again, _ = take_over(document, tmp_path, times=2)
    assert again == after


def test_comments_stay_before_what_they_are_about(tmp_path: Path) -> None:
    document = vendor()
    for alter in ADDITIVE:
        alter(document)
    for component in (
        "LastUpdatedBy",
        "User",
        "ThresholdOption",
        "ModelPrediction",
    ):  # the last of their sections
        parts = document["components"]["schemas"][f"Vendor{component}"]
        own(parts.get("oneOf", [parts])[0])["properties"]["madeUp"] = {"type": "string"}
    after, _ = take_over(document, tmp_path)
    assert _what_follows_comments(after) == _what_follows_comments(BEFORE)


def _what_follows_comments(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if line.strip()]
    return [(line, lines[at + 1]) for at, line in enumerate(lines) if line.strip().startswith("#")]


def test_a_new_object_becomes_components_with_open_enums_and_optional_fields(tmp_path: Path) -> None:
    document = vendor()
    document["components"]["schemas"]["MadeUp"] = {
        "type": "object",
        "description": "Words of the vendor.",
        "required": ["id"],
        "properties": {
            "id": {"type": "integer", "description": "More words of the vendor."},
            "parent": {"$ref": "#/components/schemas/MadeUp"},
            "boxes": {"type": "array", "items": {"$ref": "#/components/schemas/VendorBoundingBox"}},
            "madeUpSteps": {
                "type": "array",
                "items": {"type": "object", "properties": {"at": {"type": "number"}}},
            },
            "madeUpKind": {"type": "string", "enum": ["full", "part"]},
            "notes": {"type": "object", "additionalProperties": {"type": "string"}},
            "author": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/VendorUser"}]},
            "rank": {"type": "integer", "nullable": True},
            "chart": {"$ref": "#/components/schemas/VendorChartType"},
        },
    }
    own(document["components"]["schemas"]["VendorClassifyJobResultPage"])["properties"]["madeUp"] = {
        "$ref": "#/components/schemas/MadeUp"
    }
    document["components"]["schemas"]["VendorChartType"]["enum"].remove("table")
    after, left = take_over(document, tmp_path)
    assert sorted(left) == ["enum-value-gone", "field-required"]  # `id`, `table`: for a person to decide
    gone, new = changed(after)
    assert gone == []
    assert (
        "\n".join(new)
        == """\
            madeUp: {$ref: '#/components/schemas/MadeUp'}
    MadeUp:
      type: object
      description: ''
      properties:
        id:
          type: integer
          description: ''
        parent: {$ref: '#/components/schemas/MadeUp'}
        boxes:
          type: array
          description: ''
          items: {$ref: '#/components/schemas/BoundingBox'}
        madeUpSteps:
          type: array
          description: ''
          items: {$ref: '#/components/schemas/MadeUpStep'}
        madeUpKind:
          description: ''
          anyOf:
            - $ref: '#/components/schemas/MadeUpKind'
            - type: string
        notes:
          description: ''
          allOf: [{$ref: '#/components/schemas/TextMap'}]
        author:
          description: ''
          anyOf:
            - $ref: '#/components/schemas/User'
            - type: boolean
              enum: [null]
              nullable: true
        rank:
          type: integer
          description: ''
          nullable: true
        chart:
          description: ''
          anyOf:
            - $ref: '#/components/schemas/ChartType'
            - type: string
    MadeUpStep:
      type: object
      description: ''
      properties:
        at:
          type: number
          description: ''
    MadeUpKind:
      type: string
      description: ''
      enum: [full, part]"""
    )


def test_a_parameter_that_another_operation_has_is_used_again(tmp_path: Path) -> None:
    document = vendor()
    impulse = {"name": "impulseId", "in": "query", "schema": {"type": "integer"}}
    document["paths"][STATUS]["get"]["parameters"].append(impulse)
    after, left = take_over(document, tmp_path)
    assert (changed(after), left) == (([], ["        - $ref: '#/components/parameters/ImpulseId'"]), [])


def made_up(document: dict[str, Any], *parameters: dict[str, Any]) -> None:
    """Adds an operation on things of its own that takes these parameters."""
    document["paths"]["/api/{projectId}/made-up"] = {
        "get": {
            "operationId": "listMadeUps",
            "tags": ["Made-Ups"],
            "parameters": list(parameters),
            "responses": {"200": {"description": "Anything."}},
        }
    }


def test_a_parameter_of_the_same_name_with_another_meaning_is_one_of_its_own(tmp_path: Path) -> None:
    document = vendor()
    any_text = {"name": "signatureValidity", "in": "query", "schema": {"type": "string"}}
    made_up(document, any_text, {"name": "limit", "in": "header", "schema": {"type": "integer"}})
    document["paths"][STATUS]["get"]["parameters"].append(any_text)
    after, _ = take_over(document, tmp_path)
    gone, new = changed(after)
    assert gone == []
    text = "\n".join(new)
    assert text.count("        - $ref: '#/components/parameters/MadeUpSignatureValidity'\n") == 2
    assert "    MadeUpSignatureValidity:\n      name: signatureValidity\n      in: query\n" in text
    assert "    MadeUpLimit:\n      name: limit\n      in: header\n" in text
    assert "MadeUpSignatureValidity2" not in text


@pytest.mark.parametrize(
    ("schema", "ours"),
    [
        ({"type": "string", "enum": ["both", "valid", "invalid"]}, True),
        ({"type": "string", "enum": ["both", "valid"]}, False),
        ({"type": "string"}, False),
        ({"type": "integer"}, False),
    ],
    ids=["the same values", "fewer values", "any text", "a number"],
)
def test_a_parameter_is_ours_if_it_takes_the_same_values(
    schema: dict[str, Any], ours: bool, tmp_path: Path
) -> None:
    document = vendor()
    made_up(document, {"name": "signatureValidity", "in": "query", "schema": schema})
    after, _ = take_over(document, tmp_path)
    assert ("#/components/parameters/MadeUpSignatureValidity'" not in after) is ours


def test_a_parameter_that_the_vendor_shares_is_ours_even_where_it_has_changed(tmp_path: Path) -> None:
    document = vendor()
    document["components"]["parameters"]["Search"]["schema"] = {"type": "integer"}
    made_up(document, {"$ref": "#/components/parameters/Search"})
    after, left = take_over(document, tmp_path)
    assert "        - $ref: '#/components/parameters/Search'" in changed(after)[1]
    assert left == ["type-changed"]


def test_what_stands_in_the_place_of_a_schema_and_is_another_is_not_taken_for_it(tmp_path: Path) -> None:
    document = vendor()
    schemas = document["components"]["schemas"]
    schemas["Probe"] = {
        "type": "object",
        "properties": {"depth": {"type": "number"}, "tip": {"type": "string"}},
    }
    own(schemas["VendorSample"])["properties"]["sensors"]["items"] = {"$ref": "#/components/schemas/Probe"}
    schemas["VendorJob"]["properties"]["madeUp"] = {"$ref": "#/components/schemas/Probe"}
    after, _ = take_over(document, tmp_path)
    new = "\n".join(changed(after)[1])
    assert "madeUp: {$ref: '#/components/schemas/Probe'}" in new
    assert "    Probe:\n      type: object\n" in new


def test_a_new_operation_can_fail_as_all_others_can(tmp_path: Path) -> None:
    document = vendor()
    document["paths"]["/api/{projectId}/jobs/{jobId}/made-up"] = {
        "get": {
            "operationId": "getMadeUp",
            "tags": ["Jobs"],
            "parameters": document["paths"][STATUS]["get"]["parameters"],
            "responses": {
                "200": {
                    "description": "Anything.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MadeUp"}}},
                }
            },
        }
    }
    lines = {"type": "object", "properties": {"lines": {"type": "array", "items": {"type": "string"}}}}
    document["components"]["schemas"]["MadeUp"] = {
        "allOf": [{"$ref": "#/components/schemas/VendorApiResponse"}, lines]
    }
    after, left = take_over(document, tmp_path)
    assert left == []
    gone, new = changed(after)
    assert gone == []
    text = "\n".join(new)
    assert "      tags: [jobs]\n" in text
    assert "                  - $ref: '#/components/schemas/Failure'\n" in text
    assert "        5XX:\n          $ref: '#/components/responses/ServerError'" in text
    assert (
        "      allOf:\n        - $ref: '#/components/schemas/ApiResponse'\n        - type: object\n" in text
    )


SCALARS = """\
        madeUp:
          description: ''
          anyOf:
            - type: integer
            - type: string
"""
ANYTHING = """\
        madeUp:
          description: ''
    User:
"""


@pytest.mark.parametrize(
    ("other", "expected"),
    [({"type": "string"}, SCALARS), ({"type": "object", "properties": {"at": {"type": "number"}}}, ANYTHING)],
    ids=["scalars", "scalar or object"],
)
def test_a_choice_with_an_object_is_of_any_type_for_now(
    other: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    document = vendor()
    choice = {"oneOf": [{"type": "integer"}, other]}
    document["components"]["schemas"]["VendorJob"]["properties"]["madeUp"] = choice
    after, _ = take_over(document, tmp_path)
    assert expected in after


def test_what_breaks_somebody_is_left_alone(tmp_path: Path) -> None:
    document = vendor()
    get = document["paths"][PAGE]["get"]
    get["parameters"].append({"name": "key", "in": "query", "required": True, "schema": {"type": "string"}})
    sample = own(document["components"]["schemas"]["VendorSample"])
    sample["properties"]["id"]["type"] = "string"
    sample["required"].remove("id")
    after, left = take_over(document, tmp_path)
    assert after == BEFORE
    assert sorted(left) == ["field-optional", "parameter-required", "type-changed"]
