from __future__ import annotations

import asyncio

import httpx
import pytest
from ei_classify_mocks import example, example_names, replay
from ei_classify_mocks.contract import EXAMPLES, operations

from tests.calls import CALLS

KEY = {"x-api-key": "anything"}


@pytest.mark.parametrize(
    "base_url", ["https://studio.edgeimpulse.com/v1", "http://127.0.0.1:1", "http://a/b/c"]
)
@pytest.mark.parametrize("operation_id", CALLS)
def test_answers_every_operation_at_any_base_url(base_url: str, operation_id: str) -> None:
    method, path, body, *_ = CALLS[operation_id]
    first = next(iter(operations()[operation_id].examples))
    with replay() as router:
        response = httpx.request(method, base_url + path, json=body, headers=KEY)
        assert router[operation_id].call_count == 1
    assert (response.status_code, response.json()) == (200, example(first))
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("operation_id", "name"),
    [(operation.operation_id, name) for operation in operations().values() for name in operation.examples],
)
def test_replays_the_bytes_of_the_file_with_the_status_of_the_contract(operation_id: str, name: str) -> None:
    method, path, body, *_ = CALLS[operation_id]
    with replay({operation_id: name}):
        response = httpx.request(method, "http://studio.test" + path, json=body, headers=KEY)
    assert response.content == (EXAMPLES / f"{name}.json").read_bytes()
    assert response.status_code == operations()[operation_id].examples[name].status


def test_several_examples_answer_in_turn_and_the_last_one_stays() -> None:
    method, path, *_ = CALLS["getJobStatus"]
    with replay({"getJobStatus": ["job-running", "job-finished"]}):
        answers = [httpx.request(method, "http://studio.test" + path, headers=KEY).json() for _ in range(3)]
    assert answers == [example("job-running"), example("job-finished"), example("job-finished")]


def test_records_calls_for_assertions() -> None:
    method, path, *_ = CALLS["getClassifyJobResultPage"]
    with replay() as router:
        httpx.request(method, "http://studio.test" + path, params={"limit": 2}, headers=KEY)
        httpx.request(method, "http://studio.test" + path, params={"limit": 2}, headers=KEY)
        calls = router["getClassifyJobResultPage"].calls
        assert [call.request.url.params["limit"] for call in calls] == ["2", "2"]
        assert not router["getJobStatus"].called


def test_a_request_without_a_key_is_refused() -> None:
    method, path, *_ = CALLS["getJobStatus"]
    with replay():
        refused = httpx.request(method, "http://studio.test" + path)
        token = httpx.request(method, "http://studio.test" + path, headers={"x-jwt-token": "anything"})
    assert (refused.status_code, refused.json()) == (401, example("failure-unauthorized"))
    assert token.status_code == 200


def test_answers_async_calls() -> None:
    async def call() -> object:
        async with httpx.AsyncClient(base_url="http://studio.test", headers=KEY) as client:
            return (await client.get("/api/1/jobs/1/status")).json()

    with replay({"getJobStatus": "job-failed"}):
        assert asyncio.run(call()) == example("job-failed")


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(LookupError, match="no operation 'getPage'; it has getClassifyJobResultPage"):
        replay({"getPage": "page-motion"})
    with pytest.raises(LookupError, match="getJobStatus has no example 'page-motion'; it has job-running"):
        replay({"getJobStatus": "page-motion"})
    with pytest.raises(LookupError, match=r"no example '../../README'; there are failure-bad-request"):
        example("../../README")


def test_an_example_may_be_changed_without_changing_the_next() -> None:
    first = example("job-started")
    first["id"] = 0
    assert example("job-started")["id"] == 12873488112
    assert "job-started" in example_names()
