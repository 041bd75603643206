from __future__ import annotations

import json
from typing import Any

import pytest
from ei_classify_api import models
from ei_classify_api.models import ClassifyJobResultPage
from ei_classify_mocks.contract import operations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.calls import CALLS

from . import contract

EXAMPLES = [
    (operation.operation_id, example.name)
    for operation in operations().values()
    for example in operation.examples.values()
    if example.json()["success"]
]
thorough = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def same(one: Any, other: Any) -> bool:
    """Equal, with 1 and 1.0 told apart."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@pytest.mark.parametrize(("operation", "name"), EXAMPLES)
def test_every_example_is_written_back_as_it_came(operation: str, name: str) -> None:
    kind: Any = type(CALLS[operation].module.OPERATION.read(contract.content(name)))
    body = contract.example(name)

    assert same(kind.from_json(contract.content(name)).to_dict(), body)
    assert same(kind.from_dict(body).to_dict(), body)


@pytest.mark.parametrize("name", contract.objects())
@thorough
@given(data=st.data())
def test_whatever_the_contract_admits_is_written_back_with_what_it_does_not_know(
    name: str, data: st.DataObject
) -> None:
    body = data.draw(contract.answers(name))
    text = json.dumps(body)

    read = getattr(models, name).from_json(text)

    if contract.admits_null(contract.schemas()):
        assert same(contract.without_nulls(read.to_dict()), contract.without_nulls(body))
    else:
        assert same(read.to_dict(), body)
    assert read.set_aside == ()
    assert getattr(models, name).from_dict(body) == read
    assert json.dumps(body) == text, "from_dict changed its argument"


def test_unknown_properties_stay_at_the_depth_where_they_came() -> None:
    body = contract.example("page-motion")
    body["new"] = 1
    body["result"][0]["sample"]["new"] = {"deep": [None]}
    body["result"][0]["classifications"][0]["learnBlock"]["new"] = True
    body["predictions"][1]["new"] = "text"

    page = ClassifyJobResultPage.from_dict(body)

    assert page.additional_properties == {"new": 1}
    assert page.result[0].sample.additional_properties == {"new": {"deep": [None]}}
    assert page.result[0].classifications[0].learn_block.additional_properties == {"new": True}
    assert page.predictions[0].additional_properties == {}
    assert page.predictions[1].additional_properties == {"new": "text"}
    assert same(page.to_dict(), body)


def test_an_object_and_its_dict_share_nothing_that_changes() -> None:
    page = ClassifyJobResultPage.from_dict(contract.example("page-motion"))
    written = page.to_dict()

    written["result"][0]["classifications"][0]["result"][0].clear()
    written["result"][0]["classifications"][0]["learnBlock"]["dsp"].append(1)

    assert same(page.to_dict(), contract.example("page-motion"))
