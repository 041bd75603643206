from __future__ import annotations

import datetime
import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_mocks.contract import document

from ei_classify import (
    KerasModelVariant,
    PageFilters,
    VariantOptions,
)
from tests.ei_classify.calling import NOON, Kind, answer, call, kinds
from tests.ei_classify.project_data import example, page
from tests.openapi.schemas import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

FILTERS: dict[str, tuple[object, str]] = {
    "variant": (KerasModelVariant.INT8, "int8"),
    "impulse_id": (3, "3"),
    "truncate_structured_labels": (True, "true"),
    "labels": (["idle", 'a "b" é'], '["idle", "a \\"b\\" é"]'),
    "filename": ("wave", "wave"),
    "min_length": (10, "10"),
    "max_length": (20, "20"),
    "min_frequency": (0.5, "0.5"),
    "max_frequency": (100, "100"),
    "signature_validity": ("valid", "valid"),
    "min_label": (-1.5, "-1.5"),
    "max_label": (2, "2"),
    "search": ("a b&c", "a b&c"),
    "data_type": ("audio", "audio"),
    "min_id": (1, "1"),
    "max_id": (9, "9"),
    "metadata": (
        ({"key": "site", "op": "eq", "values": ("lab",)}, {"no_metadata": True}),
        '[{"key": "site", "op": "eq", "values": ["lab"]}, {"no_metadata": true}]',
    ),
    "min_date": (NOON, "2025-06-04T12:00:00Z"),
    "max_date": (
        NOON.astimezone(datetime.timezone(datetime.timedelta(hours=2))),
        "2025-06-04T14:00:00+02:00",
    ),
    "category": ("a set that is new", "a set that is new"),
}


def wire_name(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@kinds
@pytest.mark.parametrize("method", ["page", "pages", "results"])
def test_every_filter_is_sent_in_the_form_that_the_wire_wants(kind: Kind, method: str) -> None:
    sent: list[httpx.URL] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return answer(page([]))

    bounds = {"limit": 7, "offset": 2} if method == "page" else {"page_size": 7, "offset": 2}
    call(kind, handle, method, 5, **bounds, **{name: value for name, (value, _) in FILTERS.items()})
    (url,) = sent
    assert url.path == "/v1/api/5/classify/all/result/page"
    expected = {wire_name(name): text for name, (_, text) in FILTERS.items()}
    assert dict(url.params) == {"limit": "7", "offset": "2", **expected}
    assert FILTERS.keys() == PageFilters.__annotations__.keys()


@kinds
def test_none_is_as_good_as_leaving_a_filter_out(kind: Kind) -> None:
    sent: list[httpx.URL] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return answer(page([]))

    call(kind, handle, "page", 5, limit=None, **dict.fromkeys(FILTERS))
    assert not sent[0].params


@kinds
def test_options_of_a_classification_are_sent(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert (request.method, request.url.path) == ("POST", "/v1/api/5/classify/v2/6/variants")
        assert dict(request.url.params) == {
            "variants": '["int8", "other"]',
            "impulseId": "3",
            "includeDebugInfo": "true",
            "truncateStructuredLabels": "false",
        }
        return answer(example("variants-motion"))

    options = {"impulse_id": 3, "include_debug_info": True, "truncate_structured_labels": False}
    assert call(
        kind,
        handle,
        "classify_sample",
        6,
        project_id=5,
        variants=[KerasModelVariant.INT8, "other"],
        **options,
    )


VALUES: dict[str, tuple[object, str]] = {
    "integer": (3, "3"),
    "number": (2, "2"),
    "boolean": (True, "true"),
    "string": ("a b", "a b"),
    "array": (["a b"], "a b"),
    "date-time": (NOON, "2025-06-04T12:00:00Z"),
}


def documented(
    request: Callable[..., dict[str, Any]], path: str, http_method: str
) -> dict[str, dict[str, Any]]:
    """The query parameters of an operation, by their names in Python."""
    parameters = map(resolve, document()["paths"][path][http_method]["parameters"])
    query = {
        re.sub("(?=[A-Z])", "_", each["name"]).lower(): each for each in parameters if each["in"] == "query"
    }
    names = inspect.signature(
        request
    ).parameters  # where a name means something else in Python, `_` follows it
    return {name if name in names else f"{name}_": parameter for name, parameter in query.items()}


PAGE = documented(get_classify_job_result_page.request, "/api/{projectId}/classify/all/result/page", "get")


SAMPLE = documented(
    classify_sample_for_variants.request, "/api/{projectId}/classify/v2/{sampleId}/variants", "post"
)


@pytest.mark.parametrize(
    ("parameters", "typed", "method", "arguments"),
    [
        (PAGE, PageFilters, "page", {}),
        (SAMPLE, VariantOptions, "classify_sample", {"sample_id": 6, "variants": ["int8"]}),
    ],
)
def test_every_query_parameter_of_the_contract_can_be_given(
    parameters: dict[str, dict[str, Any]], typed: type, method: str, arguments: dict[str, Any]
) -> None:
    """A filter or option has a type of its own once somebody has written it, and works before."""
    sent: list[httpx.URL] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request.url)
        return answer(page([])) if method == "page" else answer(example("variants-motion"))

    assert typed.__annotations__.keys() <= parameters.keys()
    given, expected = {}, {}
    for name in parameters.keys() - arguments.keys():
        parameter = parameters[name]
        schema = parameter["schema"]
        kind = next(str(each["type"]) for each in [schema, *schema.get("anyOf", [])] if "type" in each)
        value, text = FILTERS[name] if name in FILTERS else VALUES[schema.get("format", kind)]
        given[name], expected[parameter["name"]] = value, text
    call("sync", handle, method, project_id=5, **given, **arguments)
    assert {name: text for name, text in sent[0].params.items() if name != "variants"} == expected
