"""Every kind of single change of a vendor's document is reported, in its class, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.drift.vendor import (
    CONTRACT,
    PAGE,
    STATUS,
    VARIANTS,
    contract,
    declarations,
    own,
    plain,
    vendor,
)
from tools.drift.compare import compare
from tools.drift.declarations import sort
from tools.drift.differences import Direction, Severity
from tools.drift.documents import Document
from tools.drift.findings import Both, Findings, Place

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tools.drift.declarations import Sorted

Change = tuple[str, "Callable[[dict[str, Any]], object]", set[tuple[str, str, str]]]
CHANGES: list[Change] = []


# What is new has a name that no vendor will give to anything.


def change(*expected: tuple[str, str, str]) -> Callable[[Callable[[dict[str, Any]], object]], None]:
    """Note a change of the vendor's document, and what must be reported: class, kind, and place."""

    def note(function: Callable[[dict[str, Any]], object]) -> None:
        CHANGES.append((function.__name__, function, set(expected)))

    return note


def report(document: dict[str, Any]) -> Sorted:
    return sort(compare(contract(), Document(document, "vendor.yml")).differences, declarations())


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][f"Vendor{name}"]
    return found


def field(document: dict[str, Any], place: str) -> dict[str, Any]:
    component, name = place.split(".")
    found: dict[str, Any] = own(schema(document, component))["properties"][name]
    return found


def parameter(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["parameters"][name]
    return found


def get_page(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][PAGE]["get"]
    return found


def page_content(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = get_page(document)["responses"]["200"]["content"]
    return found


# --- Operations -------------------------------------------------------------------------------------------


@change(("breaking", "operation-gone", "getJobStatus"))
def operation_gone(document: dict[str, Any]) -> None:
    del document["paths"][STATUS]


@change(("additive", "operation-new", "getMadeUp"))
def operation_new(document: dict[str, Any]) -> None:
    document["paths"]["/api/{projectId}/jobs/{jobId}/made-up"] = {
        "get": {"operationId": "getMadeUp", "responses": {"200": {"description": "Anything."}}}
    }


@change(("breaking", "path-changed", "getClassifyJobResultPage"))
def path_changed(document: dict[str, Any]) -> None:
    document["paths"][PAGE.replace("/all/", "/every/")] = document["paths"].pop(PAGE)


@change(("breaking", "method-changed", "getJobStatus"))
def method_changed(document: dict[str, Any]) -> None:
    document["paths"][STATUS]["post"] = document["paths"][STATUS].pop("get")


@change(
    ("breaking", "server-gone", "servers https://studio.edgeimpulse.com/v1"),
    ("breaking", "server-new", "servers https://studio.edgeimpulse.com/v2"),
)
def server_changed(document: dict[str, Any]) -> None:
    document["servers"][0]["url"] = "https://studio.edgeimpulse.com/v2"


@change(
    ("breaking", "server-gone", "servers https://studio.edgeimpulse.com/v1"),
    ("breaking", "server-new", "servers https://jobs.edgeimpulse.com"),
)
def server_of_one_operation(document: dict[str, Any]) -> None:
    document["paths"][STATUS]["get"]["servers"] = [{"url": "https://jobs.edgeimpulse.com"}]


@change(
    ("breaking", "security-gone", "security key in header x-api-key"),
    ("breaking", "security-new", "security key in query x-api-key"),
)
def security_elsewhere(document: dict[str, Any]) -> None:
    document["components"]["securitySchemes"]["ApiKey"]["in"] = "query"


@change(("breaking", "security-gone", "security key in header x-jwt-token"))
def security_gone(document: dict[str, Any]) -> None:
    document["security"].remove({"JwtToken": []})


@change(
    ("breaking", "security-gone", "security key in header x-api-key"),
    ("breaking", "security-gone", "security key in header x-jwt-token"),
    ("breaking", "security-gone", "security http bearer"),
    ("breaking", "security-new", "security none at all"),
)
def security_of_one_operation(document: dict[str, Any]) -> None:
    get_page(document)["security"] = []


# --- Parameters and bodies --------------------------------------------------------------------------------


@change(("breaking", "parameter-gone", "query limit"))
def parameter_gone(document: dict[str, Any]) -> None:
    get_page(document)["parameters"].remove({"$ref": "#/components/parameters/Limit"})


@change(("additive", "parameter-new", "getClassifyJobResultPage query madeUp"))
def parameter_new(document: dict[str, Any]) -> None:
    get_page(document)["parameters"].append({"name": "madeUp", "in": "query", "schema": {"type": "string"}})


@change(("additive", "parameter-new", "getJobStatus query madeUpSwitch"))
def parameter_new_for_the_whole_path(document: dict[str, Any]) -> None:
    new = {"name": "madeUpSwitch", "in": "query", "schema": {"type": "boolean"}}
    document["paths"][STATUS]["parameters"] = [new]


@change(("breaking", "parameter-required", "getClassifyJobResultPage query madeUp"))
def parameter_new_and_required(document: dict[str, Any]) -> None:
    new = {"name": "madeUp", "in": "query", "required": True, "schema": {"type": "string"}}
    get_page(document)["parameters"].append(new)


@change(("breaking", "parameter-required", "query limit"))
def parameter_newly_required(document: dict[str, Any]) -> None:
    parameter(document, "Limit")["required"] = True


@change(("additive", "parameter-optional", "query variants"))
def parameter_no_longer_required(document: dict[str, Any]) -> None:
    del parameter(document, "Variants")["required"]


@change(
    ("breaking", "parameter-gone", "query offset"),
    ("additive", "parameter-new", "getClassifyJobResultPage header offset"),
)
def parameter_moved(document: dict[str, Any]) -> None:
    moved = {**parameter(document, "Offset"), "in": "header"}
    references = get_page(document)["parameters"]
    references[references.index({"$ref": "#/components/parameters/Offset"})] = moved


@change(("breaking", "parameter-style", "query labels"))
def parameter_written_otherwise(document: dict[str, Any]) -> None:
    parameter(document, "Labels")["explode"] = False


@change(("text only", "path-parameter-renamed", "path jobId"))
def path_parameter_renamed(document: dict[str, Any]) -> None:
    parameter(document, "JobId")["name"] = "job"
    for path in [each for each in document["paths"] if "{jobId}" in each]:
        document["paths"][path.replace("{jobId}", "{job}")] = document["paths"].pop(path)


@change(("breaking", "type-changed", "query limit"))
def parameter_of_another_type(document: dict[str, Any]) -> None:
    parameter(document, "Limit")["schema"] = {"type": "string"}


@change(("additive", "type-looser", "query limit"))
def parameter_of_a_wider_type(document: dict[str, Any]) -> None:
    parameter(document, "Limit")["schema"] = {"type": "number"}


@change(("additive", "type-looser", "query search"))
def parameter_of_one_more_type(document: dict[str, Any]) -> None:
    parameter(document, "Search")["schema"] = {"anyOf": [{"type": "integer"}, {"type": "string"}]}


@change(("breaking", "type-narrower", "query minLabel"))
def parameter_of_a_narrower_type(document: dict[str, Any]) -> None:
    parameter(document, "MinLabel")["schema"] = {"type": "integer"}


@change(("breaking", "bound-tighter", "query limit"))
def parameter_with_a_bound(document: dict[str, Any]) -> None:
    parameter(document, "Limit")["schema"]["maximum"] = 1000


@change(("breaking", "format-changed", "query minDate"))
def parameter_of_another_format(document: dict[str, Any]) -> None:
    parameter(document, "MinDate")["schema"]["format"] = "date"


@change(("breaking", "enum-new", "query filename"))
def parameter_with_an_enum(document: dict[str, Any]) -> None:
    parameter(document, "Filename")["schema"]["enum"] = ["a.wav"]


@change(("breaking", "enum-value-gone", "SignatureValidity both"))
def parameter_with_a_value_less(document: dict[str, Any]) -> None:
    schema(document, "SignatureValidity")["enum"].remove("both")


@change(("additive", "enum-value-new", "DataType made-up"))
def parameter_with_a_value_more(document: dict[str, Any]) -> None:
    schema(document, "DataType")["enum"].append("made-up")


@change(("additive", "body-new", "getJobStatus body"))
def body_new(document: dict[str, Any]) -> None:
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    document["paths"][STATUS]["get"]["requestBody"] = body


@change(("breaking", "body-required", "classifySampleForVariants body"))
def body_new_and_required(document: dict[str, Any]) -> None:
    body = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
    document["paths"][VARIANTS]["post"]["requestBody"] = body


# --- Answers ----------------------------------------------------------------------------------------------


@change(("breaking", "response-new", "getClassifyJobResultPage 202"))
def response_new(document: dict[str, Any]) -> None:
    get_page(document)["responses"]["202"] = {"description": "Later."}


@change(
    ("breaking", "response-gone", "getClassifyJobResultPage 200"),
    ("breaking", "response-new", "getClassifyJobResultPage 201"),
)
def response_of_another_status(document: dict[str, Any]) -> None:
    responses = get_page(document)["responses"]
    responses["201"] = responses.pop("200")


@change(("text only", "media-type-new", "getClassifyJobResultPage 200 text/csv"))
def media_type_new(document: dict[str, Any]) -> None:
    page_content(document)["text/csv"] = {"schema": {"type": "string"}}


@change(
    ("breaking", "media-type-gone", "getClassifyJobResultPage 200"),
    ("text only", "media-type-new", "getClassifyJobResultPage 200 application/x-ndjson"),
)
def media_type_changed(document: dict[str, Any]) -> None:
    page_content(document)["application/x-ndjson"] = page_content(document).pop("application/json")


@change(("breaking", "type-changed", "getJobStatus 200"))
def answer_of_any_form(document: dict[str, Any]) -> None:
    content = document["paths"][STATUS]["get"]["responses"]["200"]["content"]
    content["application/json"] = {}


@change(("breaking", "alternative-gone", "classifySampleForVariants 200 (StartedJob)"))
def alternative_gone(document: dict[str, Any]) -> None:
    content = document["paths"][VARIANTS]["post"]["responses"]["200"]["content"]
    content["application/json"]["schema"]["oneOf"].pop(1)


@change(("breaking", "alternative-new", "getClassifyJobResultPage 200 (VendorStartedJob)"))
def alternative_new(document: dict[str, Any]) -> None:
    media = page_content(document)["application/json"]
    media["schema"] = {"oneOf": [media["schema"], {"$ref": "#/components/schemas/VendorStartedJob"}]}


@change(("breaking", "alternative-new", "ModelResult.sample (object)"))
def alternative_new_in_a_field(document: dict[str, Any]) -> None:
    other = {"type": "object", "properties": {"videoId": {"type": "integer"}}}
    place = own(schema(document, "ModelResult"))["properties"]
    place["sample"] = {"anyOf": [place["sample"], other]}


# --- Fields of answers ------------------------------------------------------------------------------------


@change(("breaking", "field-gone", "ClassifyJobResultPage.predictions"))
def field_gone_of_an_all_of_part(document: dict[str, Any]) -> None:
    part = own(schema(document, "ClassifyJobResultPage"))
    del part["properties"]["predictions"]
    part["required"].remove("predictions")


@change(("breaking", "field-gone", "Sensor.units"))
def field_gone_of_an_array_item(document: dict[str, Any]) -> None:
    del schema(document, "Sensor")["properties"]["units"]
    schema(document, "Sensor")["required"].remove("units")


@change(("breaking", "field-gone", "JobStatus.job"))
def field_gone_that_told_an_answer_from_a_failure(document: dict[str, Any]) -> None:
    part = own(schema(document, "JobStatus"))
    part["properties"], part["required"] = {}, []


@change(
    ("breaking", "field-gone", "Sample.filename"),
    ("tightened", "field-undefined", "Sample.filename"),
)
def field_gone_and_still_required(document: dict[str, Any]) -> None:
    del schema(document, "Sample")["properties"]["filename"]


@change(("additive", "field-new", "ClassifiedSample.madeUp"))
def field_new_in_an_all_of_part(document: dict[str, Any]) -> None:
    own(schema(document, "ClassifiedSample"))["properties"]["madeUp"] = {"type": "number"}


@change(("additive", "field-new", "ApiResponse.madeUp"))
def field_new_in_what_all_answers_share(document: dict[str, Any]) -> None:
    schema(document, "ApiResponse")["properties"]["madeUp"] = {"type": "string"}


@change(("additive", "field-new", "BoundingBox.madeUp"))
def field_new_in_an_array_item(document: dict[str, Any]) -> None:
    schema(document, "BoundingBox")["properties"]["madeUp"] = {"type": "number"}


@change(("additive", "field-new", "Sample.madeUp"))
def field_new_in_one_more_all_of_part(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    more = {"type": "object", "properties": {"madeUp": {"type": "array", "items": {"type": "string"}}}}
    schemas["VendorSample"] = {"allOf": [schemas["VendorSample"], more]}


@change(("additive", "field-new", "LastUpdatedBy.madeUp"))
def field_new_in_one_of_several_objects(document: dict[str, Any]) -> None:
    schema(document, "LastUpdatedBy")["oneOf"][0]["properties"]["madeUp"] = {"type": "string"}


@change(
    ("additive", "field-new", "Classification.madeUp"),
    ("tightened", "field-required", "Classification.madeUp"),
)
def field_new_and_required(document: dict[str, Any]) -> None:
    schema(document, "Classification")["properties"]["madeUp"] = {"type": "integer"}
    schema(document, "Classification")["required"].append("madeUp")


@change(("tightened", "field-required", "Sample.signatureKey"))
def field_newly_required(document: dict[str, Any]) -> None:
    schema(document, "Sample")["required"].append("signatureKey")


@change(("breaking", "field-optional", "Sample.id"))
def field_no_longer_required(document: dict[str, Any]) -> None:
    schema(document, "Sample")["required"].remove("id")


@change(("breaking", "field-optional", "ClassifyJobResultPage.result"))
def field_of_an_all_of_part_no_longer_required(document: dict[str, Any]) -> None:
    own(schema(document, "ClassifyJobResultPage"))["required"].remove("result")


@change(("breaking", "type-changed", "Sample.id"))
def field_of_another_type(document: dict[str, Any]) -> None:
    field(document, "Sample.id")["type"] = "string"


@change(("breaking", "type-changed", "Classification.expectedLabels"))
def field_that_is_no_array_now(document: dict[str, Any]) -> None:
    own(schema(document, "Classification"))["properties"]["expectedLabels"] = {
        "$ref": "#/components/schemas/VendorStructuredLabel"
    }


@change(("additive", "type-looser", "Sample.valuesCount"))
def field_of_a_wider_type(document: dict[str, Any]) -> None:
    field(document, "Sample.valuesCount")["type"] = "number"


@change(("additive", "type-looser", "Sample.label"))
def field_of_one_more_type(document: dict[str, Any]) -> None:
    own(schema(document, "Sample"))["properties"]["label"] = {
        "oneOf": [{"type": "number"}, {"type": "string"}]
    }


@change(("tightened", "type-narrower", "ModelPrediction.startMs"))
def field_of_a_narrower_type(document: dict[str, Any]) -> None:
    field(document, "ModelPrediction.startMs")["type"] = "integer"


@change(("tightened", "type-narrower", "Threshold.value"))
def field_of_one_type_less(document: dict[str, Any]) -> None:
    own(schema(document, "Threshold"))["properties"]["value"] = {"type": "number"}


@change(("breaking", "alternative-new", "Job.createdByUser (string)"))
def object_that_may_be_text(document: dict[str, Any]) -> None:
    place = own(schema(document, "Job"))["properties"]
    place["createdByUser"] = {"oneOf": [place["createdByUser"], {"type": "string"}]}


@change(("additive", "nullable", "Sample.deviceName"))
def field_that_may_be_null(document: dict[str, Any]) -> None:
    field(document, "Sample.deviceName")["nullable"] = True


@change(("additive", "nullable", "Sample.imageDimensions"))
def object_that_may_be_null(document: dict[str, Any]) -> None:
    place = own(schema(document, "Sample"))["properties"]
    place["imageDimensions"] = {"nullable": True, "allOf": [place["imageDimensions"]]}


@change(("breaking", "format-changed", "Sample.created"))
def field_of_no_format(document: dict[str, Any]) -> None:
    del field(document, "Sample.created")["format"]


@change(("text only", "number-format", "Sample.id"))
def number_of_a_format(document: dict[str, Any]) -> None:
    field(document, "Sample.id")["format"] = "int64"


@change(("breaking", "type-changed", "SamplePayload.values[][]"))
def items_of_items_of_another_type(document: dict[str, Any]) -> None:
    field(document, "SamplePayload.values")["items"]["items"]["type"] = "string"


@change(("breaking", "type-changed", "LearnBlock.dsp"))
def items_of_any_form(document: dict[str, Any]) -> None:
    del field(document, "LearnBlock.dsp")["items"]


@change(("breaking", "type-changed", "ImageDimensions"))
def object_of_any_form(document: dict[str, Any]) -> None:
    own(schema(document, "Sample"))["properties"]["imageDimensions"] = {}


@change(("additive", "type-looser", "Sample.filename"))
def text_of_any_form(document: dict[str, Any]) -> None:
    own(schema(document, "Sample"))["properties"]["filename"] = {}


@change(("additive", "type-looser", "LearnBlock.dsp[]"))
def items_of_a_wider_type(document: dict[str, Any]) -> None:
    field(document, "LearnBlock.dsp")["items"]["type"] = "number"


@change(("breaking", "type-changed", "WindowScores{}"))
def map_of_another_type(document: dict[str, Any]) -> None:
    schema(document, "WindowScores")["additionalProperties"]["type"] = "string"


@change(("additive", "map-looser", "TextMap"))
def map_of_anything(document: dict[str, Any]) -> None:
    schema(document, "TextMap")["additionalProperties"] = True


@change(("breaking", "type-changed", "WindowScores"))
def map_that_is_an_object_now(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["VendorWindowScores"] = {
        "type": "object",
        "properties": {"score": {"type": "number"}},
    }


@change(("tightened", "object-closed", "ImageDimensions"))
def object_of_no_further_fields(document: dict[str, Any]) -> None:
    schema(document, "ImageDimensions")["additionalProperties"] = False


@change(("additive", "bound-looser", "LearnBlock.id"))
def bound_gone(document: dict[str, Any]) -> None:
    del field(document, "LearnBlock.id")["minimum"]


@change(("tightened", "bound-tighter", "LearnBlock.id"))
def bound_tighter(document: dict[str, Any]) -> None:
    field(document, "LearnBlock.id")["minimum"] = 5


@change(("additive", "enum-value-new", "LearnBlockType made-up"))
def enum_with_a_value_more(document: dict[str, Any]) -> None:
    schema(document, "LearnBlockType")["enum"].append("made-up")


@change(("additive", "enum-value-new", "KerasModelVariant made-up"))
def enum_of_requests_and_answers_with_a_value_more(document: dict[str, Any]) -> None:
    schema(document, "KerasModelVariant")["enum"].append("made-up")


@change(("tightened", "enum-value-gone", "ChartType table"))
def enum_of_answers_with_a_value_less(document: dict[str, Any]) -> None:
    schema(document, "ChartType")["enum"].remove("table")


@change(("breaking", "enum-value-gone", "KerasModelVariant akida"))
def enum_of_requests_and_answers_with_a_value_less(document: dict[str, Any]) -> None:
    schema(document, "KerasModelVariant")["enum"].remove("akida")


@change(("additive", "enum-value-new", "ActorType made-up"))
def enum_value_of_one_of_several_objects(document: dict[str, Any]) -> None:
    schema(document, "LastUpdatedBy")["oneOf"][0]["properties"]["type"]["enum"].append("made-up")


@change(("text only", "enum-unlisted", "DataCategory"))
def enum_that_is_plain_text_now(document: dict[str, Any]) -> None:
    del schema(document, "DataCategory")["enum"]


@change(("tightened", "enum-new", "Sample.deviceType"))
def text_that_is_an_enum_now(document: dict[str, Any]) -> None:
    field(document, "Sample.deviceType")["enum"] = ["phone", "board"]


@change(("text only", "text", "Sample.label"))
def description_of_a_field(document: dict[str, Any]) -> None:
    field(document, "Sample.label")["description"] = "Other words."


@change(("text only", "text", "getJobStatus"))
def summary_of_an_operation(document: dict[str, Any]) -> None:
    document["paths"][STATUS]["get"]["summary"] = "Other words."


@change(("text only", "text", "query limit"))
def parameter_deprecated(document: dict[str, Any]) -> None:
    parameter(document, "Limit")["deprecated"] = True


@change(("text only", "text-copied", "Sensor.units"))
def description_that_is_ours(document: dict[str, Any]) -> None:
    words = plain(contract().data)["components"]["schemas"]["Sensor"]["properties"]["units"]["description"]
    field(document, "Sensor.units")["description"] = words.upper()


# --- Nothing of this shows on the wire --------------------------------------------------------------------


@change()
def nothing(document: dict[str, Any]) -> None:
    pass


@change()
def component_written_in_place(document: dict[str, Any]) -> None:
    own(schema(document, "ModelResult"))["properties"]["sample"] = schema(document, "Sample")


@change()
def all_of_written_as_one_object(document: dict[str, Any]) -> None:
    base, page = schema(document, "ApiResponse"), own(schema(document, "ClassifyJobResultPage"))
    document["components"]["schemas"]["VendorClassifyJobResultPage"] = {
        "type": "object",
        "required": [*base["required"], *page["required"]],
        "properties": {**base["properties"], **page["properties"]},
    }


@change()
def one_of_one(document: dict[str, Any]) -> None:
    place = own(schema(document, "Sample"))["properties"]
    place["labelMap"] = {"oneOf": [place["labelMap"]]}


@change()
def types_as_openapi_3_1_writes_them(document: dict[str, Any]) -> None:
    document["openapi"] = "3.1.0"
    own(schema(document, "Threshold"))["properties"]["value"] = {"type": ["number", "string"]}
    field(document, "Sample.label")["type"] = ["string"]


@pytest.mark.parametrize(
    ("alter", "expected"), [pytest.param(alter, expected, id=name) for name, alter, expected in CHANGES]
)
def test_a_single_change(
    alter: Callable[[dict[str, Any]], object], expected: set[tuple[str, str, str]]
) -> None:
    document = vendor()
    alter(document)
    found = report(document)
    reported = [(str(one.severity), one.kind, one.spot) for one in found.undeclared]
    assert set(reported) == expected
    assert len(reported) == len(expected)


@settings(max_examples=5, deadline=None)
@given(source=st.randoms(use_true_random=False))
def test_order_does_not_matter(source: random.Random) -> None:
    def shuffled(value: Any) -> Any:
        if isinstance(value, list):
            return [shuffled(each) for each in source.sample(value, len(value))]
        if isinstance(value, dict):
            return {key: shuffled(each) for key, each in source.sample(list(value.items()), len(value))}
        return value

    found = report(shuffled(vendor()))
    assert (found.undeclared, found.stale) == ([], [])


def test_a_document_that_defines_itself_without_end_is_compared() -> None:
    document = vendor()
    actor = schema(document, "LastUpdatedBy")["oneOf"][3]["properties"]
    actor["actor"] = {"$ref": "#/components/schemas/VendorLastUpdatedBy"}
    assert report(document).undeclared == []


def test_a_difference_in_requests_and_answers_is_as_bad_as_the_worst_of_them() -> None:
    findings = Findings(contract(), Document(vendor(), "vendor.yml"))
    site = ("components", "schemas", "KerasModelVariant")
    for direction in (Direction.RESPONSE, Direction.REQUEST, Direction.RESPONSE):
        at = Both(
            Place("GET /somewhere", direction), site, ("components", "schemas", "VendorKerasModelVariant")
        )
        findings.report("enum-value-gone", at, "value 'akida' is gone")
    assert [one.severity for one in findings.differences] == [Severity.BREAKING]


def test_places_say_where_a_shared_schema_shows_and_where_it_is_defined() -> None:
    document = vendor()
    field(document, "Sensor.name")["type"] = "integer"
    (found,) = report(document).undeclared
    assert f"GET {PAGE} → 200 → result[].sample.sensors[].name" in found.places
    assert f"POST {VARIANTS} → 200 (ClassifiedSample) → sample.payload.sensors[].name" in found.places
    assert found.vendor == ("components", "schemas", "VendorSensor", "properties", "name")
    assert found.line is not None
    lines = CONTRACT.read_text("utf-8").splitlines()
    assert [line.strip() for line in lines[found.line - 1 : found.line + 1]] == ["name:", "type: string"]
