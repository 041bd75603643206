"""The templates on a contract that asks for more than ours does today, and on what they do not know."""

from __future__ import annotations

import copy
import importlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tools import generator, generator_run

ROOT = Path(__file__).resolve().parents[2]

ANSWER = {
    "type": "object",
    "required": ["success", "nodes", "byName", "level", "maybe", "note"],
    "properties": {
        "success": {"type": "boolean", "enum": [True]},
        "error": {"type": "string"},
        "nodes": {"type": "array", "items": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}}},
        "byName": {"$ref": "#/components/schemas/LeavesByName"},
        "level": {"$ref": "#/components/schemas/Level"},
        "maybe": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Node"}]},
        "note": {"type": "string", "nullable": True},
        "anything": {},
        "class": {"type": "boolean"},
    },
}
SCHEMAS = {
    "Answer": ANSWER,
    "Failure": {
        "type": "object",
        "required": ["success"],
        "properties": {"success": {"type": "boolean", "enum": [False]}, "error": {"type": "string"}},
    },
    "Node": {
        "type": "object",
        "description": 'A node with a """quoted""" \\ description.',
        "required": ["id"],
        "properties": {
            "id": {"type": "integer"},
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
            "at": {"type": "array", "items": {"type": "string", "format": "date-time"}},
        },
    },
    "LeavesByName": {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Leaf"}},
    "Leaf": {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}}},
    "Level": {"type": "string", "enum": ["low", "high"]},
    "Order": {"type": "object", "required": ["level"], "properties": {"level": {"$ref": "#/components/schemas/Level"}}},
}


def document(answer: dict[str, Any] | None = None) -> dict[str, Any]:
    content = {"application/json": {"schema": {"anyOf": [{"$ref": "#/components/schemas/Answer"}, {"$ref": "#/components/schemas/Failure"}]}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "More", "version": "1"},
        "paths": {
            "/orders": {
                "post": {
                    "operationId": "makeOrder",
                    "tags": ["orders"],
                    "summary": "Make an order",
                    "parameters": [
                        {"name": "x-trace", "in": "header", "description": "A trace.", "schema": {"type": "string"}},
                        {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
                    },
                    "responses": {"200": {"description": "Made.", "content": content}},
                }
            }
        },
        "components": {"schemas": {**SCHEMAS, "Answer": answer or ANSWER}},
    }  # fmt: skip


def generate(folder: Path, contract: dict[str, Any], name: str) -> None:
    (folder / "contract.yaml").write_text(yaml.safe_dump(contract), "utf-8")
    generator.generate(folder / name, contract=folder / "contract.yaml")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    generate(tmp_path, document(), "more_api")
    monkeypatch.syspath_prepend(tmp_path)
    return "more_api"


def test_recursion_null_closed_enums_maps_of_objects_and_bodies(package: str) -> None:
    models: Any = importlib.import_module(f"{package}.models")
    operation: Any = importlib.import_module(f"{package}.api.orders.make_order")
    body = {
        "success": True,
        "nodes": [[{"id": 1, "children": [{"id": 2, "new": 1, "at": ["2025-01-01T00:00:00.000Z"]}]}], []],
        "byName": {"a": {"id": 3, "new": {}}},
        "level": "high",
        "maybe": None,
        "note": None,
        "class": False,
        "anything": [1, {"id": "x"}],
    }

    answer = operation.decode(httpx.Response(200, json=body))

    assert not operation.OPERATION.repeatable
    assert answer.to_dict() == body
    node: Any = importlib.import_module(f"{package}.models.node")
    assert "import Node\n" not in Path(node.__file__).read_text("utf-8")  # type checkers would see two of it
    assert answer.level is models.Level.HIGH
    assert answer.by_name["a"].id == 3
    assert answer.nodes[0][0].children[0].additional_properties == {"new": 1}
    assert operation.decode(httpx.Response(200, json={**body, "maybe": {"id": 4}})).maybe == models.Node(id=4)
    for name, value, problem in [
        ("level", "mid", 'level: expected "high" or "low", got "mid"'),
        ("maybe", 5, "maybe: expected object, got 5"),
        ("maybe", {"id": "x"}, 'maybe.id: expected integer, got "x"'),
        ("note", 5, "note: expected string, got 5"),
        ("byName", {"a b": {}}, 'byName["a b"].id: missing'),
        ("nodes", [[], [{"id": None}]], "nodes[1][0].id: expected integer, got null"),
    ]:  # fmt: skip
        with pytest.raises(Exception, match=re.escape(problem)):
            operation.decode(httpx.Response(200, json={**body, name: value}))
    odd = [[{"id": 1, "children": [{"id": None}]}]]
    read = operation.decode(httpx.Response(200, json={**body, "nodes": odd}))
    assert [str(each) for each in read.set_aside] == ["nodes[0][0].children[0].id: expected integer, got null"]
    assert (read.nodes[0][0].children, read.to_dict()["nodes"]) == (None, odd)
    order = models.Order(level=models.Level.LOW, additional_properties={"more": 1})
    assert operation.request(body=order, x_trace="t", tags=["a", "b"]) == {
        "method": "POST",
        "url": "/orders",
        "params": {"tags": ["a", "b"]},
        "headers": {"x-trace": "t"},
        "json": {"level": "low", "more": 1},
    }


def test_a_body_may_be_left_out_and_so_may_what_is_optional_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = copy.deepcopy(document())
    order = contract["components"]["schemas"]["Order"]
    order["description"] = "What is ordered."
    order["properties"] |= {
        "note": {"type": "string", "nullable": True},
        "by": {"type": "string", "format": "date-time"},
        "leaf": {"$ref": "#/components/schemas/Leaf"},
        "leaves": {"$ref": "#/components/schemas/LeavesByName"},
    }
    post = contract["paths"]["/orders"]["post"]
    del post["requestBody"]["required"]
    amounts = {"type": "object", "additionalProperties": {"type": "number"}}
    contract["components"]["schemas"]["Amounts"] = amounts
    put = {**post, "operationId": "setAmounts", "requestBody": copy.deepcopy(post["requestBody"])}
    put["requestBody"]["content"]["application/json"]["schema"] = {"$ref": "#/components/schemas/Amounts"}
    contract["paths"]["/orders"]["put"] = put
    generate(tmp_path, contract, "body_api")
    monkeypatch.syspath_prepend(tmp_path)
    models: Any = importlib.import_module("body_api.models")
    operation: Any = importlib.import_module("body_api.api.orders.make_order")
    amounts_operation: Any = importlib.import_module("body_api.api.orders.set_amounts")
    types: Any = importlib.import_module("body_api.types")

    def sent(**fields: Any) -> Any:
        return operation.request(body=models.Order(level=models.Level.LOW, **fields))["json"]

    assert "json" not in operation.request()
    assert "json" not in operation.request(body=types.UNSET)
    assert "body: What is ordered." in operation.request.__doc__
    assert sent() == {"level": "low"}
    assert sent(note=None) == {"level": "low"}
    assert sent(by=datetime(2025, 1, 2, 3, tzinfo=UTC))["by"] == "2025-01-02T03:00:00Z"
    assert sent(leaf=models.Leaf(id=1))["leaf"] == {"id": 1}
    assert sent(leaves={"a": models.Leaf(id=2)})["leaves"] == {"a": {"id": 2}}
    with pytest.raises(ValueError, match="a datetime needs a time zone"):
        sent(by=datetime(2025, 1, 2))  # noqa: DTZ001
    assert amounts_operation.request(body={"a": 1.5})["json"] == {"a": 1.5}


def test_digits_stay_with_their_letters_in_every_name(tmp_path: Path) -> None:
    contract = copy.deepcopy(document())
    operation = contract["paths"]["/orders"]["post"]
    contract["paths"] = {"/orders/{top5Id}": {"post": operation}}
    operation["operationId"] = "makeF1OrderV2"
    operation["parameters"] = [
        {"name": "top5Id", "in": "path", "required": True, "schema": {"type": "integer"}},
        {"name": "x-sha256Hash", "in": "header", "schema": {"type": "string"}},
    ]
    schemas = contract["components"]["schemas"]
    schemas["Top5Labels"] = {"type": "object", "properties": {"f1Score": {"type": "number"}, "mAP": {"type": "number"}}}
    schemas["Order"]["properties"]["labels2Keep"] = {"$ref": "#/components/schemas/Top5Labels"}

    generate(tmp_path, contract, "spelt_api")

    module = (tmp_path / "spelt_api" / "api" / "orders" / "make_f1_order_v2.py").read_text("utf-8")
    model = (tmp_path / "spelt_api" / "models" / "top5_labels.py").read_text("utf-8")
    assert '"/orders/{top5_id}"' in module
    assert '"x-sha256Hash": x_sha256_hash' in module
    assert '"f1Score"] = self.f1_score' in model
    assert '"mAP"] = self.m_ap' in model
    assert "labels2_keep: Top5Labels | None" in (tmp_path / "spelt_api" / "models" / "order.py").read_text("utf-8")


@pytest.mark.parametrize(
    ("method", "stated", "may"),
    [("get", None, True), ("get", False, False), ("head", None, True), ("post", None, False), ("post", True, True), ("put", False, False)],
)  # fmt: skip
def test_a_get_may_be_repeated_unless_it_says_otherwise_and_others_only_where_they_say_so(
    method: str, stated: bool | None, may: bool
) -> None:
    operation = {"operationId": "makeOrder", **({} if stated is None else {"x-repeatable": stated})}

    found = list(generator_run.repeatable({"paths": {"/orders": {method: operation, "parameters": []}}}))

    assert found == (["makeOrder"] if may else [])


@pytest.mark.parametrize(
    ("schema", "what"),
    [
        ({"type": "string", "format": "uuid"}, "a property of this kind: Uuid strange"),
        ({"anyOf": [{"$ref": "#/components/schemas/Node"}, {"type": "string"}]}, "a choice between Model, String: strange"),
    ],
)  # fmt: skip
def test_what_no_template_knows_stops_the_generation_by_name(
    schema: dict[str, Any], what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = {**ANSWER, "properties": {**ANSWER["properties"], "strange": schema}}  # type: ignore[dict-item]

    with pytest.raises(SystemExit):
        generate(tmp_path, document(answer), "strange_api")

    assert f"no template here knows {what}" in re.sub(r"[\s│]+", " ", capsys.readouterr().err)


def test_each_template_says_what_it_changes_and_why() -> None:
    templates = sorted((ROOT / "openapi" / "templates").glob("*.jinja"))

    assert templates
    for template in templates:
        first = template.read_text("utf-8").partition("\n")[0]
        assert re.fullmatch(r"\{# [A-Z].{30,}\. ?-?#\}", first), template.name


def test_descriptions_of_parameters_reach_the_docstrings() -> None:
    from ei_classify_api.api.classify.get_classify_job_result_page import request

    assert "limit: The maximum number of entries to return, such as" in (request.__doc__ or "")
    assert json.dumps(request.__doc__).count("\\n    Args:") == 1
