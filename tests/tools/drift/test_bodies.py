"""A request body is adopted, and the package that is generated from it sends the body."""

from __future__ import annotations

import importlib
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.tools.drift.test_apply import BEFORE, changed, take_over
from tests.tools.drift.vendor import STATUS, vendor
from tools import generator

if TYPE_CHECKING:
    from pathlib import Path

ORDER = {
    "type": "object",
    "required": ["name", "steps"],
    "properties": {
        "name": {"type": "string"},
        "steps": {
            "type": "array",
            "items": {"type": "object", "required": ["at"], "properties": {"at": {"type": "number"}}},
        },
        "variant": {"$ref": "#/components/schemas/VendorKerasModelVariant"},
        "due": {"type": "string", "format": "date-time"},
    },
}


def with_operation(*, required: bool) -> dict[str, Any]:
    """The vendor's document with an operation that takes an order and starts a job."""
    document = vendor()
    document["components"]["schemas"]["MadeUpOrder"] = ORDER
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/MadeUpOrder"}}}}
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/VendorStartedJob"}}}
    document["paths"]["/api/{projectId}/jobs/made-up"] = {
        "post": {
            "operationId": "startMadeUpJob",
            "tags": ["Jobs"],
            "parameters": [{"$ref": "#/components/parameters/ProjectId"}],
            "requestBody": {**body, "required": True} if required else body,
            "responses": {"200": {"description": "Started.", "content": answer}},
        }
    }
    return document


def test_the_body_of_a_new_operation_keeps_what_is_required_of_callers(tmp_path: Path) -> None:
    after, left = take_over(with_operation(required=True), tmp_path)
    gone, new = changed(after)
    assert (gone, left) == ([], [])
    text = "\n".join(new)
    assert (
        """\
      requestBody:
        description: ''
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/MadeUpOrder'}
"""
        in text
    )
    assert (
        """\
    MadeUpOrder:
      type: object
      description: ''
      required: [name, steps]
      properties:
"""
        in text
    )
    assert "    Step:\n      type: object\n      description: ''\n      required: [at]\n" in text


@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
def test_the_generated_package_sends_the_body(
    required: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    after, _ = take_over(with_operation(required=required), tmp_path)
    (tmp_path / "contract.yaml").write_text(after.replace("summary: ''", "summary: Start"), "utf-8")
    package = f"made_up_{required}_api".lower()
    generator.generate(tmp_path / package, contract=tmp_path / "contract.yaml")
    monkeypatch.syspath_prepend(tmp_path)
    operation: Any = importlib.import_module(f"{package}.api.jobs.start_made_up_job")
    models: Any = importlib.import_module(f"{package}.models")
    client_class: Any = importlib.import_module(package).Client
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"success": True, "id": 7})

    order = models.MadeUpOrder(name="first", steps=[models.Step(at=0.5)], variant="int8")
    with client_class("https://host/v1", transport=httpx.MockTransport(answer)) as client:
        assert operation.sync(1, client=client, body=order).id == 7
        if not required:
            operation.sync(1, client=client)

    first, *others = sent
    assert (first.method, first.url.path) == ("POST", "/v1/api/1/jobs/made-up")
    assert first.headers["content-type"] == "application/json"
    assert json.loads(first.content) == {"name": "first", "steps": [{"at": 0.5}], "variant": "int8"}
    assert [each.content for each in others] == ([] if required else [b""])
    assert not operation.OPERATION.repeatable


def test_an_operation_that_now_takes_a_body_gets_it_before_its_answers(tmp_path: Path) -> None:
    document = vendor()
    document["components"]["schemas"]["MadeUpOrder"] = ORDER
    document["paths"][STATUS]["get"]["requestBody"] = {
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/MadeUpOrder"}}}
    }
    after, left = take_over(document, tmp_path)
    assert left == []
    assert (
        """\
        - $ref: '#/components/parameters/JobId'
      requestBody:
        description: ''
        content:
          application/json:
            schema: {$ref: '#/components/schemas/MadeUpOrder'}
      responses:
"""
        in after
    )


def test_changes_of_a_body_are_taken_over_where_no_caller_breaks(tmp_path: Path) -> None:
    before, _ = take_over(with_operation(required=True), tmp_path)
    document = with_operation(required=False)
    order = document["components"]["schemas"]["MadeUpOrder"] = json.loads(json.dumps(ORDER))
    order["properties"] |= {"note": {"type": "string"}, "key": {"type": "string"}}
    order["required"].append("key")
    after, left = take_over(document, tmp_path, start=before)
    assert left == ["field-required"]  # `key`, for a person
    assert "note:\n          type: string\n          description: ''\n" in after
    required = "        required: true\n        content:"
    assert after.count(required) == before.count(required) - 1


def test_a_body_that_callers_must_now_send_breaks_them_and_is_left_alone(tmp_path: Path) -> None:
    document = vendor()
    document["paths"][STATUS]["get"]["requestBody"] = {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
    after, left = take_over(document, tmp_path)
    assert (after, left) == (BEFORE, ["body-required"])
