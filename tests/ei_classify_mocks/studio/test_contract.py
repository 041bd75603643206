"""The double against the contract, by requests that Schemathesis makes up: seeded, bounded, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from ei_classify_mocks import JobTimes, Studio
from ei_classify_mocks.contract import CONTRACT, operations
from ei_classify_mocks.studio import api_key
from ei_classify_mocks.studio.server import serving
from hypothesis import strategies as st

from .asking import TESTED

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECTS = [*TESTED, 5, 100, 101]
ANSWERED = sorted(operations())
pytestmark = pytest.mark.xdist_group("schemathesis")  # one worker imports it, as that takes seconds


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """Schemathesis' view of each operation, by its id."""
    import schemathesis

    schema = schemathesis.openapi.from_path(CONTRACT)
    return {name: schema.find_operation_by_id(name) for name in ANSWERED}


def make_studio(age: str) -> Studio:
    return Studio("scale:1000", "scale:1000,kind=detection", age=age, job_times=JobTimes(0.05, 0.05, 0.05))  # type: ignore[arg-type]


def run(base: str, operation: Any, mode: str, examples: int) -> dict[bool, int]:
    """Ask and check that many times; how often the answer was a success and how often a refusal."""
    from schemathesis import GenerationMode

    outcomes = {True: 0, False: 0}

    @hypothesis.seed(7)
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(
        case=operation.as_strategy(generation_mode=GenerationMode(mode)),
        project_id=st.sampled_from(PROJECTS),
        sample_id=st.sampled_from([1, 2, 17, 1001, 1008, 1117]),
        sensible=st.booleans(),
    )
    def ask(case: Any, project_id: int, sample_id: int, sensible: bool) -> None:
        if mode == "positive":  # ids at random would only ever be refused
            path = case.path_parameters or {}  # None if the operation has none
            if "jobId" in path and sensible:
                path["jobId"], project_id = 1001, 1
            if "sampleId" in path:
                path["sampleId"] = sample_id
            if "projectId" in path:
                path["projectId"] = project_id
            if "sampleId" in path and sensible:
                case.query = {"variants": '["int8", "float32"]'}
            elif sensible:  # values of a query at random are hardly ever those of a project
                case.query = {}
        headers = {"x-api-key": api_key(project_id)}
        response = case.call(base_url=base, headers=headers)
        case.validate_response(response, headers=headers)
        outcomes[response.json()["success"]] += 1

    ask()
    return outcomes


@pytest.mark.parametrize("age", ["today", "seeds"])
@pytest.mark.parametrize("operation_id", ANSWERED)
def test_no_answer_to_a_valid_request_deviates(found: dict[str, Any], operation_id: str, age: str) -> None:
    with make_studio(age) as studio, studio.serving() as base:
        studio.client(headers={"x-api-key": api_key(1)}).post(
            "/api/1/classify/v2/1117/variants", params={"variants": '["int8"]'}
        )
        outcomes = run(base, found[operation_id], "positive", 30 if age == "today" else 15)
    # Without parameters there is one request.
    assert outcomes[True] >= (1 if operation_id == "listProjects" else 2), "refusals alone would say little"


@pytest.mark.parametrize("operation_id", [each for each in ANSWERED if each != "listProjects"])
def test_every_invalid_request_is_refused(found: dict[str, Any], operation_id: str) -> None:
    with make_studio("today") as studio, studio.serving() as base:
        assert run(base, found[operation_id], "negative", 20)[False] > 0


def break_number(body: bytes) -> bytes:
    return body.replace(b'"startMs":0', b'"startMs":"0"')


def break_required(body: bytes) -> bytes:
    return body.replace(b'"predictions"', b'"prediction"')


def break_type(body: bytes) -> bytes:
    return body.replace(b'"sensors":[', b'"sensors":[7,')


@pytest.mark.parametrize("spoil", [break_number, break_required, break_type])
def test_the_same_run_finds_a_broken_field(found: dict[str, Any], spoil: Callable[[bytes], bytes]) -> None:
    from schemathesis.core.failures import FailureGroup

    studio = make_studio("today")

    async def broken(scope: Any, receive: Any, send: Any) -> None:
        async def send_spoiled(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair[0] != b"content-length"]
                message = {**message, "headers": headers}
            else:
                message = {**message, "body": spoil(message["body"])}
            await send(message)

        await studio.app(scope, receive, send_spoiled)

    with serving(broken) as base, pytest.raises((FailureGroup, AssertionError)) as raised:
        run(f"{base}/v1", found["getClassifyJobResultPage"], "positive", 30)
    assert "schema" in str(raised.value)
