from __future__ import annotations

import itertools
from typing import Any

import httpx
import pytest
from ei_classify_api.api.classify.classify_sample_for_variants import decode
from ei_classify_api.errors import UnexpectedAnswerError
from ei_classify_api.models import ClassifiedSample, StartedJob

from . import contract

OWN = ["results", "sample"]


def read(body: Any) -> Any:
    return decode(httpx.Response(200, json=body))


def problem(body: Any) -> str:
    with pytest.raises(UnexpectedAnswerError) as raised:
        read(body)
    return f"{raised.value.place}: {raised.value.problem}"


def test_each_shape_is_known() -> None:
    assert type(read(contract.example("variants-motion"))) is ClassifiedSample
    job = read(contract.example("job-started"))
    assert type(job) is StartedJob
    assert job.id == 12873488112


def test_a_classification_with_an_id_is_a_classification_and_keeps_the_id() -> None:
    answer = read({"id": 5, **contract.example("variants-motion")})

    assert type(answer) is ClassifiedSample
    assert answer.additional_properties == {"id": 5}


@pytest.mark.parametrize("missing", OWN)
def test_a_classification_that_lacks_something_is_no_job(missing: str) -> None:
    body = {"id": 5, **contract.example("variants-motion")}
    del body[missing]

    assert problem(body) == f"{missing}: missing"


@pytest.mark.parametrize("present", OWN)
def test_one_property_of_a_classification_is_enough_to_be_no_job(present: str) -> None:
    body = {"success": True, "id": 5, present: contract.example("variants-motion")[present]}

    assert problem(body) == f"{next(name for name in OWN if name != present)}: missing"


def test_a_classification_with_a_fault_deep_inside_is_no_job() -> None:
    body = {"id": 5, **contract.example("variants-motion")}
    body["results"][0]["classifications"][0]["learnBlock"]["id"] = "x"

    assert problem(body) == 'results[0].classifications[0].learnBlock.id: expected integer, got "x"'


@pytest.mark.parametrize(("value", "got"), [("5", '"5"'), (None, "null"), (5.5, "5.5"), (True, "true")])
def test_a_job_whose_id_is_no_integer_is_a_fault(value: Any, got: str) -> None:
    assert problem({"success": True, "id": value}) == f"id: expected integer, got {got}"


def test_a_job_with_more_than_its_id_is_a_job() -> None:
    job = read({"success": True, "id": 5, "result": [], "new": {"results": 1}})

    assert type(job) is StartedJob
    assert (job.id, job.additional_properties) == (5, {"result": [], "new": {"results": 1}})


@pytest.mark.parametrize("body", [{}, {"success": True}, {"success": True, "result": []}])
def test_neither_shape_is_a_fault_that_names_both(body: Any) -> None:
    message = problem(body)

    assert "ClassifiedSample (results, sample)" in message
    assert "StartedJob (id)" in message


def test_the_order_of_properties_does_not_matter() -> None:
    job = {"success": True, "id": 5, "error": ""}
    for order in itertools.permutations(job):
        assert type(read({name: job[name] for name in order})) is StartedJob
    body = {"id": 5, **contract.example("variants-motion")}
    assert read(dict(reversed(body.items()))) == read(body)
