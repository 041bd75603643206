"""Operations of a contract that the test makes up: each follows from the contract and from one handler."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from ei_classify_mocks import Fault, JobTimes, example
from ei_classify_mocks.contract import document, operations, read_operations
from ei_classify_mocks.studio import HEADER, api_key
from ei_classify_mocks.studio.application import application
from ei_classify_mocks.studio.faults.schedule import Faults
from ei_classify_mocks.studio.operations.table import HANDLERS, Handler
from ei_classify_mocks.studio.projects import stored_projects
from ei_classify_mocks.studio.record import Record
from ei_classify_mocks.studio.routing import UnknownOperationError
from ei_classify_mocks.studio.state import State
from ei_classify_mocks.studio.transport import InProcessTransport

from .asking import ManualClock

if TYPE_CHECKING:
    from ei_classify_mocks.studio.operations.call import Call

PROJECT = {"name": "projectId", "in": "path", "required": True, "schema": {"type": "integer"}}
LIMITED = {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}}
LISTED = {"200": {"content": {"application/json": {"examples": {"jobs": {"value": {"success": True}}}}}}}
SILENT = {"200": {"description": "fine"}}
START = {
    "type": "object",
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "blocks": {"$ref": "#/components/schemas/Blocks"}},
}
BLOCKS = {"type": "array", "items": {"type": "integer", "nullable": True}}


def posted(operation_id: str, *, required: bool) -> dict[str, Any]:
    body = {"required": required, "content": {"application/json": {"schema": START}}}
    return {"operationId": operation_id, "parameters": [PROJECT], "requestBody": body, "responses": SILENT}


CONTRACT = {
    "paths": {
        "/api/{projectId}/jobs": {
            "get": {"operationId": "listJobs", "parameters": [PROJECT, LIMITED], "responses": LISTED},
            "post": posted("startJob", required=True),
            "put": posted("maybeStartJob", required=False),
        },
        "/api/{projectId}/jobs/{jobId}": {
            "get": {"operationId": "getJob", "parameters": [PROJECT], "responses": SILENT}
        },
        "/api/{projectId}/jobs/newest": {
            "get": {"operationId": "getNewestJob", "parameters": [PROJECT], "responses": SILENT}
        },
    },
    "components": {"schemas": {"Blocks": BLOCKS}},
}


def started(call: Call) -> bytes:
    return json.dumps({"success": True, "project": call.project.id, "body": call.body}).encode()


def tagged(call: Call) -> bytes:
    return json.dumps({"success": True, "tags": call.query.get("tag")}).encode()


HANDLED = {"startJob": Handler(started), "maybeStartJob": Handler(started), "getNewestJob": Handler(started)}


def client_of(
    contract: dict[str, Any], handlers: dict[str, Handler], faults: Faults | None = None
) -> tuple[httpx.Client, Record]:
    state = State(stored_projects(), "today", JobTimes(), ManualClock())
    record = Record()
    app = application(
        state, faults or Faults(), record, operations=read_operations(contract), handlers=handlers
    )
    return httpx.Client(
        transport=InProcessTransport(app),
        base_url="https://studio.test/v1",
        headers={"x-api-key": api_key(1)},
    ), record


@pytest.fixture
def client() -> httpx.Client:
    return client_of(CONTRACT, HANDLED)[0]


@pytest.mark.parametrize("body", [{"name": "a"}, {"name": "a", "blocks": [1, None]}, {"name": "a", "x": []}])
def test_a_body_that_fits_its_schema_reaches_the_handler(client: httpx.Client, body: Any) -> None:
    answer = client.post("/api/1/jobs", json=body)
    assert answer.json() == {"success": True, "project": 1, "body": body}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", "must have a JSON body"),
        (b"{", "the body is not JSON"),
        (b"[]", "the body does not fit the contract: [] is not of type 'object'"),
        (b"{}", "'name' is a required property"),
        (b'{"name": 1}', "the body.name does not fit the contract: 1 is not of type 'string'"),
        (b'{"name": "a", "blocks": [1, "2"]}', "the body.blocks[1] does not fit the contract"),
    ],
)
def test_a_body_that_does_not_fit_is_malformed(client: httpx.Client, body: bytes, error: str) -> None:
    answer = client.post("/api/1/jobs", content=body)
    assert (answer.status_code, answer.json()["success"]) == (400, False)
    assert error in answer.json()["error"]


def test_a_body_that_is_not_required_may_be_missing(client: httpx.Client) -> None:
    assert client.put("/api/1/jobs").json()["body"] is None
    assert client.put("/api/1/jobs", json={"name": 1}).status_code == 400


def test_the_key_is_checked_before_the_body(client: httpx.Client) -> None:
    assert client.post("/api/2/jobs", content=b"{").status_code == 401


def test_an_operation_without_a_handler_answers_with_its_example(client: httpx.Client) -> None:
    assert client.get("/api/1/jobs").json() == {"success": True}
    assert client.get("/api/1/jobs", headers={"x-api-key": "wrong"}).status_code == 401
    malformed = client.get("/api/1/jobs?tag=x")
    assert (malformed.status_code, malformed.json()["error"]) == (400, "tag must be an integer, not 'x'")


def test_an_operation_with_neither_a_handler_nor_an_example_says_so_by_name(client: httpx.Client) -> None:
    answer = client.get("/api/1/jobs/7")
    assert (answer.status_code, answer.json()["success"]) == (501, False)
    assert "does not carry out getJob" in answer.json()["error"]


def test_a_fixed_path_comes_before_a_template_that_matches_it_too(client: httpx.Client) -> None:
    assert client.get("/api/1/jobs/newest").json()["project"] == 1


def test_a_parameter_that_is_a_list_may_be_repeated() -> None:
    client, _ = client_of(CONTRACT, {"listJobs": Handler(tagged)})
    assert client.get("/api/1/jobs?tag=1&tag=2").json()["tags"] == [1, 2]
    assert client.get("/api/1/jobs?other=1").json()["tags"] is None


def test_faults_strike_any_operation_and_the_record_names_it() -> None:
    client, record = client_of(CONTRACT, HANDLED, Faults(["status=503,times=1"]))
    assert client.get("/api/1/jobs").status_code == 503
    grown = client.post("/api/1/jobs", json={"name": "a"}, headers={HEADER: "unknown-fields"})
    assert "addedLater" in grown.json()
    client.get("/api/1/jobs", headers={HEADER: "limit-cap=1; status=500,on=job"})
    assert [(one.operation, one.faults) for one in record.requests()] == [
        ("listJobs", ["status=503,times=1"]),
        ("startJob", ["unknown-fields"]),
        ("listJobs", []),
    ]


def test_a_fault_can_name_any_operation_of_the_contract() -> None:
    by_id, by_short_name = Fault("status=500,on=getJobStatus"), Fault("status=500,on=job")
    for fault in (by_id, by_short_name):
        assert fault.concerns("getJobStatus", HANDLERS["getJobStatus"])
        assert not fault.concerns("getClassifyJobResultPage", HANDLERS["getClassifyJobResultPage"])


def test_a_handler_for_an_operation_that_is_not_there_is_an_error_at_the_start() -> None:
    with pytest.raises(UnknownOperationError, match="handles stopJob, which the contract does not have"):
        client_of(CONTRACT, {"stopJob": Handler(started)})


def test_the_contract_may_grow_without_a_change_of_the_double() -> None:
    known, more = document()["paths"], CONTRACT["paths"]
    paths = {path: {**more.get(path, {}), **known.get(path, {})} for path in [*known, *more]}
    schemas = {**document()["components"]["schemas"], "Blocks": BLOCKS}
    grown = {**document(), "paths": paths, "components": {**document()["components"], "schemas": schemas}}
    client, _ = client_of(grown, dict(HANDLERS))
    assert "maybeStartJob" in client.put("/api/1/jobs", json={"name": "a"}).json()["error"]
    assert client.get("/api/1/jobs/1/status").json() == example("failure-no-job")
    assert set(HANDLERS) <= set(operations())
