from __future__ import annotations

from typing import Any

from ei_classify_mocks.contract import example, operations, read_operations

OK: dict[str, Any] = {"responses": {"200": {"description": "fine"}}}


def contract(item: dict[str, Any], **components: Any) -> dict[str, Any]:
    return {"paths": {"/things/{thingId}": item}, "components": components}


def test_the_operations_are_those_of_the_contract() -> None:
    page = operations()["getClassifyJobResultPage"]
    assert (page.method, page.path) == ("GET", "/api/{projectId}/classify/all/result/page")
    assert list(page.parameters_in("path")) == ["projectId"]
    assert page.parameters_in("query")["limit"].schema["type"] == "integer"
    assert page.body is None


def test_the_default_answer_is_the_first_example_of_a_success() -> None:
    for operation in operations().values():
        assert operation.default_example is not None, f"{operation.operation_id} has no example"
        assert operation.default_example.json()["success"] is True
    failures: dict[str, Any] = {"400": {"content": {"application/json": {"examples": {"no": {"value": {}}}}}}}
    [found] = read_operations(contract({"get": {"operationId": "a", "responses": failures}})).values()
    assert (found.default_example, found.examples["no"].status) == (None, 400)


def test_examples_may_stand_in_the_contract_or_in_a_file() -> None:
    examples = {"here": {"value": {"ö": 1}}, "there": {"$ref": "#/components/examples/there"}}
    responses = {"2XX": {"content": {"application/json": {"examples": examples}}}}
    there = {"value": {"$ref": "../mocks/examples/page-empty.json"}}
    document = contract({"get": {"operationId": "a", "responses": responses}}, examples={"there": there})
    found = read_operations(document)["a"].examples
    assert [(name, one.status) for name, one in found.items()] == [("here", 200), ("there", 200)]
    assert found["here"].json() == {"ö": 1}
    assert found["there"].json() == example("page-empty")


def test_parameters_of_a_path_hold_for_its_operations_which_may_declare_them_anew() -> None:
    shared = [
        {"name": "thingId", "in": "path", "required": True, "schema": {"type": "string"}},
        {"$ref": "#/components/parameters/Depth"},
    ]
    own = [{"name": "thingId", "in": "path", "required": True, "schema": {"type": "integer"}}]
    item = {
        "parameters": shared,
        "get": {"operationId": "a", **OK},
        "delete": {"operationId": "b", "parameters": own, **OK},
    }
    depth = {"name": "depth", "in": "query", "schema": {"$ref": "#/components/schemas/Depth"}}
    found = read_operations(
        contract(item, parameters={"Depth": depth}, schemas={"Depth": {"type": "integer"}})
    )
    assert [found[name].parameters_in("path")["thingId"].schema["type"] for name in "ab"] == [
        "string",
        "integer",
    ]
    assert found["b"].parameters_in("query")["depth"].schema == {"type": "integer"}


def test_a_request_body_is_read_with_its_schema() -> None:
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    item = {"post": {"operationId": "a", "requestBody": {"$ref": "#/components/requestBodies/Thing"}, **OK}}
    found = read_operations(contract(item, requestBodies={"Thing": body}))["a"].body
    assert found is not None
    assert (found.required, found.schema) == (True, {"type": "object"})
