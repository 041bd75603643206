"""Every documented answer, through the typed models and back, over each way to get at it."""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

import httpx
import pytest
from ei_classify_api import Client
from ei_classify_api.api.classify import get_classify_job_result_page
from ei_classify_api.errors import FailureError, StatusError
from ei_classify_mocks import example, replay
from ei_classify_mocks.contract import Example, operations

from tests.calls import CALLS

class Case(NamedTuple):
    operation_id: str
    example: Example


CASES = [
    Case(operation.operation_id, each) for operation in operations().values() for each in operation.examples.values()
]
ANSWERS = [case for case in CASES if case.example.json()["success"]]
FAILURES = [case for case in CASES if not case.example.json()["success"]]
WAYS = ["sync", "asyncio", "sync_detailed", "asyncio_detailed"]


def call(way: str, operation_id: str, url: str, headers: dict[str, str] | None = None) -> Any:
    *_, module, arguments, options = CALLS[operation_id]
    if way.startswith("sync"):
        with Client(url, api_key="anything", headers=headers) as client:
            return getattr(module, way)(*arguments, **options, client=client)

    async def asynchronous() -> Any:
        async with Client(url, api_key="anything", headers=headers) as client:
            return await getattr(module, way)(*arguments, **options, client=client)

    return asyncio.run(asynchronous())


def prefer(case: Case) -> dict[str, str]:
    return {"Prefer": f"code={case.example.status}, example={case.example.name}"}


def ids(case: Case) -> str:
    return f"{case.operation_id}-{case.example.name}"


@pytest.mark.parametrize("case", ANSWERS, ids=ids)
def test_decodes_and_encodes_to_the_same_json(case: Case) -> None:
    module = CALLS[case.operation_id].module
    response = httpx.Response(200, content=case.example.body, headers={"content-type": "application/json"})
    answer = module.decode(response)
    assert answer.to_dict() == case.example.json()
    assert type(answer).from_dict(case.example.json()) == answer


@pytest.mark.parametrize("way", ["sync", "asyncio"])
@pytest.mark.parametrize("case", ANSWERS, ids=ids)
def test_arrives_from_the_mock_server(prism_url: str, way: str, case: Case) -> None:
    assert call(way, case.operation_id, prism_url, prefer(case)).to_dict() == case.example.json()


@pytest.mark.parametrize("way", ["sync", "asyncio"])
@pytest.mark.parametrize("case", FAILURES, ids=ids)
def test_a_failure_of_the_mock_server_raises_with_its_text(prism_url: str, way: str, case: Case) -> None:
    kind = FailureError if case.example.status == 200 else StatusError
    with pytest.raises(kind) as caught:
        call(way, case.operation_id, prism_url, prefer(case))
    assert (caught.value.status, caught.value.error) == (case.example.status, case.example.json()["error"])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("operation_id", CALLS)
def test_every_way_to_call_gives_the_first_example_through_respx(way: str, operation_id: str) -> None:
    first = next(iter(operations()[operation_id].examples.values()))
    with replay():
        answer = call(way, operation_id, "https://studio.edgeimpulse.com/v1")
    if way.endswith("detailed"):
        assert (answer.status_code, answer.content) == (200, first.body)
        answer = answer.parsed
    assert answer.to_dict() == first.json()


@pytest.mark.parametrize("way", WAYS)
def test_without_a_key_the_mock_server_refuses_and_every_way_to_call_raises(prism_url: str, way: str) -> None:
    *_, module, arguments, options = CALLS["getJobStatus"]

    async def asynchronous() -> Any:
        async with Client(prism_url) as client:
            return await getattr(module, way)(*arguments, **options, client=client)

    with pytest.raises(StatusError) as caught:
        if way.startswith("sync"):
            with Client(prism_url) as client:
                getattr(module, way)(*arguments, **options, client=client)
        else:
            asyncio.run(asynchronous())
    assert (caught.value.status, caught.value.error) == (401, example("failure-unauthorized")["error"])


def test_a_parameter_of_the_wrong_type_is_refused_by_the_mock_server(prism_url: str) -> None:
    with Client(prism_url, api_key="anything") as client, pytest.raises(StatusError) as caught:
        get_classify_job_result_page.sync(1, limit="many", client=client)  # type: ignore[arg-type]
    assert (caught.value.status, caught.value.error) == (422, example("failure-bad-request")["error"])
