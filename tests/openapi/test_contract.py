from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks.contract import CONTRACT, EXAMPLES, document, example, example_names, operations
from openapi_spec_validator import validate

from .schemas import Schema, admits, answer_schema, item_schemas, problems, property_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = [
    pytest.param(operation.operation_id, case.status, case.name, id=f"{operation.operation_id}-{case.name}")
    for operation in operations().values()
    for case in operation.examples.values()
]
SUCCESSES = [
    case for case in CASES if case.values[1] == 200 and not str(case.values[2]).startswith("failure-")
]


def test_is_valid_openapi() -> None:
    # Example values live in files of their own, which the validator is not asked to fetch.
    validate(dict(document()), base_uri=CONTRACT.as_uri())


def test_has_the_operations_at_their_places() -> None:
    assert {name: (each.method, each.path) for name, each in operations().items()}.items() >= {
        "getClassifyJobResultPage": ("GET", "/api/{projectId}/classify/all/result/page"),
        "classifySampleForVariants": ("POST", "/api/{projectId}/classify/v2/{sampleId}/variants"),
        "getJobStatus": ("GET", "/api/{projectId}/jobs/{jobId}/status"),
        "startClassifyJob": ("POST", "/api/{projectId}/jobs/classify"),
        "getJobsLogs": ("GET", "/api/{projectId}/jobs/{jobId}/stdout"),
        "cancelJob": ("POST", "/api/{projectId}/jobs/{jobId}/cancel"),
        "listActiveJobs": ("GET", "/api/{projectId}/jobs"),
        "listFinishedJobs": ("GET", "/api/{projectId}/jobs/history"),
        "getClassifyJobResult": ("GET", "/api/{projectId}/classify/all/result"),
        "getClassifyMetricsAllVariants": ("GET", "/api/{projectId}/classify/all/metrics"),
        "getModelVariants": ("GET", "/api/{projectId}/model-variants"),
        "listProjects": ("GET", "/api/projects"),
    }.items()
    assert [server["url"] for server in document()["servers"]] == ["https://studio.edgeimpulse.com/v1"]
    schemes = document()["components"]["securitySchemes"]
    assert [schemes[name].get("name", "bearer") for choice in document()["security"] for name in choice] == [
        "x-api-key",
        "x-jwt-token",
        "bearer",
    ]


@pytest.mark.parametrize(("operation", "status", "name"), CASES)
def test_example_is_valid(operation: str, status: int, name: str) -> None:
    assert problems(answer_schema(operation, status), example(name)) == []


@pytest.mark.parametrize(("operation", "status", "name"), CASES)
def test_example_has_no_property_that_the_contract_does_not_name(
    operation: str, status: int, name: str
) -> None:
    unnamed = [
        path for path, schemas, _ in _walk(answer_schema(operation, status), example(name)) if not schemas
    ]
    assert unnamed == []


@pytest.mark.parametrize("name", ["page-documented", "variants-documented"])
def test_every_value_of_a_documented_answer_is_named_with_a_type_that_admits_it(name: str) -> None:
    operation = next(each for each in operations().values() if name in each.examples)
    walked = list(_walk(answer_schema(operation.operation_id, 200), example(name)))
    assert len(walked) > 100
    for path, schemas, value in walked:
        assert any(admits(schema, value) for schema in schemas), path
        # An untyped schema admits anything, and so says nothing. An empty one is that of a map of anything.
        assert all(_is_typed(schema) for schema in schemas if schema), path


@pytest.mark.parametrize(("operation", "status", "name"), SUCCESSES)
def test_a_wrong_type_anywhere_in_an_example_is_invalid(operation: str, status: int, name: str) -> None:
    """The schema has teeth: a null in place of any value is noticed, unless the contract admits it."""
    schema, data = answer_schema(operation, status), example(name)
    done = {path for path, schemas, _ in _walk(schema, data) if any(admits(each, None) for each in schemas)}
    tried = 0
    for path, holder, key in list(_places(data)):
        kind = re.sub(r"\[\d+\]", "[]", path)
        if path in done or kind in done:  # items of one array are alike to the contract
            continue
        done.add(kind)
        tried += 1
        kept, holder[key] = holder[key], None
        assert not admits(schema, data), path
        holder[key] = kept
    assert tried


def test_a_classification_without_its_results_is_no_started_job() -> None:
    data = example("variants-documented")
    del data["results"]
    assert not admits(answer_schema("classifySampleForVariants", 200), data)


@pytest.mark.parametrize("name", ["page-documented", "job-started", "job-running"])
def test_an_answer_without_success_is_invalid(name: str) -> None:
    operation = next(each for each in operations().values() if name in each.examples)
    data = example(name)
    data["success"] = False
    data_without = {key: value for key, value in data.items() if key != "success"}
    assert not admits(answer_schema(operation.operation_id, 200), data_without)


def test_each_example_is_referred_to_and_each_reference_leads_to_an_example() -> None:
    referred = {name for operation in operations().values() for name in operation.examples}
    assert referred == set(example_names())
    assert {path.stem for path in EXAMPLES.iterdir()} == set(example_names())


def test_enums_are_open() -> None:
    enums = {name for name, schema in _components().items() if schema.get("type") == "string"}
    assert enums >= {"KerasModelVariant", "LearnBlockType", "ObjectDetectionLastLayer", "DataCategory"}
    for place, node in _nodes(document()):
        reference = str(node.get("$ref", "")).removeprefix("#/components/schemas/")
        if reference in enums:
            assert place[-2] == "anyOf", place
        if "enum" in node and node.get("type") == "string":
            assert place[:2] == ("components", "schemas"), f"an enum without a name at {place}"
            assert len(place) == 3, f"an enum without a name at {place}"
        alternatives = node.get("anyOf", [])
        if any(str(each.get("$ref")).rpartition("/")[2] in enums for each in alternatives):
            assert {"type": "string"} in alternatives, f"a closed enum at {place}"


def test_objects_have_names() -> None:
    for place, node in _nodes(document()):
        if node.get("type") == "object":
            assert place[:2] == ("components", "schemas"), f"an object without a name at {place}"
            # The second part of an allOf is how a component adds properties to the one it builds on.
            assert place[3:] in [(), ("allOf", 1)], f"an object without a name at {place}"


def test_everything_is_described() -> None:
    for place, node in _nodes(document()):
        is_property = len(place) >= 2 and place[-2] == "properties" and "$ref" not in node
        is_component = len(place) == 3 and place[:2] in [
            ("components", "schemas"),
            ("components", "parameters"),
        ]
        if is_property or is_component:
            assert str(node.get("description", "")).strip(), f"no description at {place}"


def test_pixel_and_ratio_boxes_are_told_apart() -> None:
    pixels, ratios = _components()["BoundingBox"], _components()["ScoredBox"]
    for side in ("x", "y", "width", "height"):
        assert pixels["properties"][side]["type"] == "number"
        assert "pixels" in pixels["properties"][side]["description"]
        assert ratios["properties"][side]["type"] == "number"
        assert "ratio" in ratios["properties"][side]["description"]


def _components() -> dict[str, Schema]:
    schemas: dict[str, Schema] = document()["components"]["schemas"]
    return schemas


def _walk(schema: Schema, value: Any, path: str = "$") -> Iterator[tuple[str, list[Schema], Any]]:
    """Each value below the given one, with the schemas that the contract has for its place."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _step(property_schemas(schema, name), below, f"{path}.{name}")
    elif isinstance(value, list):
        for index, below in enumerate(value):
            yield from _step(item_schemas(schema), below, f"{path}[{index}]")


def _step(schemas: list[Schema], value: Any, path: str) -> Iterator[tuple[str, list[Schema], Any]]:
    yield path, schemas, value
    # Of several shapes for one place, follow one that fits.
    for schema in [each for each in schemas if admits(each, value)][:1]:
        yield from _walk(schema, value, path)


def _is_typed(schema: Schema) -> bool:
    return any(key in schema for key in ("type", "$ref", "anyOf", "allOf", "oneOf"))


def _places(node: Any, path: str = "$") -> Iterator[tuple[str, Any, Any]]:
    """Each value's path, with what holds it and under which key or index."""
    for key, below in list(node.items() if isinstance(node, dict) else enumerate(node)):
        place = f"{path}.{key}" if isinstance(node, dict) else f"{path}[{key}]"
        yield place, node, key
        if isinstance(below, dict | list):
            yield from _places(below, place)


def _nodes(node: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    if isinstance(node, dict):
        yield place, node
        for key, below in node.items():
            yield from _nodes(below, (*place, key))
    elif isinstance(node, list):
        for index, below in enumerate(node):
            yield from _nodes(below, (*place, index))
