"""The deliberate differences: each applies and says why; the documented answers need the corrections."""

from __future__ import annotations

from typing import Any

import pytest
from ei_classify_mocks.contract import example
from openapi_schema_validator import OAS30Validator
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.tools.drift.vendor import contract, declarations, own, plain, vendor
from tools.drift.compare import compare
from tools.drift.declarations import read_declarations, sort
from tools.drift.documents import Document, DriftError

NEWER = "Newer servers send it. The documented answers do not have it, and must decode."


def documented_answers_fit(document: dict[str, Any]) -> bool:
    """Whether the documented answers are valid by a document's schemas."""
    registry: Registry[Any] = Registry().with_resource("urn:api", DRAFT4.create_resource(document))
    answers = {
        "page-documented": "ClassifyJobResultPage",
        "variants-documented": "ClassifiedSample",
        "job-running": "JobStatus",
        "job-result-motion": "ClassifyJobResult",
    }
    return all(
        OAS30Validator({"$ref": f"urn:api#/components/schemas/{schema}"}, registry=registry).is_valid(
            example(name)
        )
        for name, schema in answers.items()
    )


def needed() -> list[str]:
    """The fields that the vendor requires by mistake, or that newer servers alone send."""
    return [
        place
        for declaration in declarations()
        for place in declaration.at
        if declaration.kind == "field-undefined" or declaration.reason == NEWER
    ]


def test_documented_answers_fit_the_contract() -> None:
    assert documented_answers_fit(plain(contract().data))


@pytest.mark.parametrize("place", needed())
def test_a_documented_answer_needs_the_difference(place: str) -> None:
    document = plain(contract().data)
    component, _, field = place.partition(".")
    own(document["components"]["schemas"][component]).setdefault("required", []).append(field)
    assert not documented_answers_fit(document)


def test_a_classification_is_known_by_the_results_that_the_vendor_forgets_to_require() -> None:
    assert "results" in example("variants-documented")
    assert "classifications" not in example("variants-documented")
    job = example("job-started")
    assert "results" not in job
    part = own(plain(contract().data)["components"]["schemas"]["ClassifiedSample"])
    assert "results" in part["required"]


def test_each_declaration_that_no_longer_applies_is_reported() -> None:
    # The contract itself has none of the vendor's peculiarities.
    same = sort(compare(contract(), Document(plain(contract().data), "same")).differences, declarations())
    patterns = [(pattern, each) for each in declarations() for pattern in each.at]
    assert same.stale == patterns
    assert [one.kind for one in same.undeclared if one.kind != "text-copied"] == []


def test_one_declaration_too_many_is_reported_alone() -> None:
    document = vendor()
    document["components"]["schemas"]["VendorJob"]["required"].remove("jobNotificationUids")
    found = sort(compare(contract(), Document(document, "vendor")).differences, declarations())
    assert [(pattern, each.kind) for pattern, each in found.stale] == [
        ("Job.jobNotificationUids", "field-required")
    ]
    assert found.undeclared == []


def test_a_declaration_covers_its_own_kind_and_place_only() -> None:
    document = vendor()
    document["components"]["schemas"]["VendorJob"]["required"].append("additionalInfo")
    document["components"]["schemas"]["VendorJob"]["properties"]["categoryKey"]["type"] = "integer"
    found = sort(compare(contract(), Document(document, "vendor")).differences, declarations())
    assert [(one.kind, one.spot) for one in found.undeclared] == [
        ("type-changed", "Job.categoryKey"),
        ("field-required", "Job.additionalInfo"),
    ]


@pytest.mark.parametrize(
    ("pattern", "covered"),
    [
        ("Job.category", ["category"]),
        ("Job.category*", ["category", "categoryKey"]),
        ("*Key", ["categoryKey"]),
    ],
)
def test_a_pattern_is_the_whole_place_and_a_star_any_text(pattern: str, covered: list[str]) -> None:
    document = vendor()
    for name in ("category", "categoryKey"):
        document["components"]["schemas"]["VendorJob"]["properties"][name]["type"] = "integer"
    meant = read_declarations(
        [{"kind": "type-changed", "at": [pattern], "reason": "Why."}], "differences.yaml"
    )
    found = sort(compare(contract(), Document(document, "vendor")).differences, meant)
    assert [one.spot for one, _ in found.declared] == [f"Job.{name}" for name in covered]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"kind": "field-gone", "at": ["Job.id"]}, "entry 1: needs `kind`, `at` and `reason`"),
        ({"kind": "field-lost", "at": ["Job.id"], "reason": "Why."}, "there is no kind `field-lost`"),
        ({"kind": "field-gone", "at": "Job.id", "reason": "Why."}, "`at` is a list of places"),
        ({"kind": "field-gone", "at": [], "reason": "Why."}, "`at` is a list of places"),
        ({"kind": "field-gone", "at": ["Job.id"], "reason": "  "}, "the reason is missing"),
    ],
)
def test_a_declaration_with_a_mistake_is_refused(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(DriftError) as refusal:
        read_declarations([entry], "differences.yaml")
    assert said in str(refusal.value)
    assert str(refusal.value).startswith("differences.yaml, entry 1")
