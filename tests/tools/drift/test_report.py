from __future__ import annotations

import json
from typing import Any

import pytest

from tests.tools.drift.vendor import PAGE, contract, declarations, own, vendor
from tools.drift.compare import compare
from tools.drift.declarations import Sorted, sort
from tools.drift.documents import Document, DriftError
from tools.drift.report import exit_code, summary, write_json, write_markdown, write_table

CONTRACT = "contract.yaml"


def report(document: dict[str, Any]) -> Sorted:
    return sort(compare(contract(), Document(document, "vendor.yml")).differences, declarations())


def changed() -> Sorted:
    """A report with one difference of each class."""
    document = vendor()
    sample = own(document["components"]["schemas"]["VendorSample"])
    sample["properties"]["id"]["type"] = "string"
    sample["properties"]["madeUp"] = {"type": "string"}
    sample["properties"]["label"]["description"] = "Words | more words."
    sample["required"].append("signatureKey")
    return report(document)


def test_exit_code_is_that_of_the_worst() -> None:
    nothing, words, more, tighter = vendor(), vendor(), vendor(), vendor()
    words["components"]["schemas"]["VendorSample"]["description"] = "Words."
    more["components"]["schemas"]["VendorSample"]["properties"]["madeUp"] = {"type": "string"}
    tighter["components"]["schemas"]["VendorSample"]["required"].append("signatureKey")
    codes = [exit_code(report(each)) for each in (nothing, words, more, tighter)]
    assert codes == [0, 0, 1, 1]
    assert exit_code(changed()) == 2


def test_summary_counts_each_class() -> None:
    said = summary(changed())
    assert said.startswith("1 breaking, 1 tightened, 1 additive, 1 text only; ")
    assert said.endswith(" declared; 0 unused declarations")
    assert summary(report(vendor())).startswith("no difference; ")


def test_table_says_what_and_where_in_both_documents() -> None:
    table = write_table(changed(), CONTRACT, texts=False, width=160)
    rows = [" ".join(line.split()) for line in table.splitlines()]
    at = rows.index("breaking integer → string Sample.id")
    assert rows[at + 1].startswith("type-changed contract.yaml:")
    assert rows[at + 2] == f"GET {PAGE} → 200 → result[].sample.id and 3 more"
    assert rows[at + 3] == "vendor #/components/schemas/VendorSample/properties/id"
    assert "additive field is new Sample.madeUp" in rows
    assert "Sample.label" not in table
    assert "Sample.label" in write_table(changed(), CONTRACT, texts=True, width=160)


def test_table_lists_declarations_without_use() -> None:
    document = vendor()
    document["security"].remove({"Cookie": []})
    said = write_table(report(document), CONTRACT, texts=False, width=80)
    assert "declared, but unused: security-new at security key in cookie jwt\n" in said


def test_markdown_is_one_table_of_five_columns() -> None:
    text = write_markdown(changed(), "What has changed")
    assert text.startswith("## What has changed\n\n1 breaking, ")
    rows = [line for line in text.partition("<details>")[0].splitlines() if line.startswith("|")]
    assert len(rows) == 2 + 3
    assert {row.replace("\\|", "").count("|") for row in rows} == {6}
    assert any(row.startswith("| breaking | `Sample.id`, line ") for row in rows)
    assert "<details><summary>Declared differences</summary>" in text


def test_json_holds_everything() -> None:
    written = json.loads(write_json(changed()))
    assert [each["class"] for each in written["differences"]] == [
        "breaking",
        "tightened",
        "additive",
        "text only",
    ]
    assert len(written["declared"]) > 20
    assert all(each["reason"] for each in written["declared"])
    assert written["exitCode"] == 2


@pytest.mark.parametrize(
    ("break_", "said"),
    [
        (lambda each: each.pop("openapi"), "vendor.yml is not an OpenAPI 3 document"),
        (lambda each: each["components"]["schemas"].pop("VendorSample"), "nothing at #/components/schemas"),
        (lambda each: _refer(each, "other.yml#/Sample"), "`other.yml#/Sample` leaves the document"),
        (lambda each: _refer(each, "#/components/schemas/VendorSample"), "leads back to itself"),
        (lambda each: _define_by_itself(each), "is defined by itself"),
    ],
)  # fmt: skip
def test_a_document_that_makes_no_sense_is_refused_with_the_place(break_: Any, said: str) -> None:
    document = vendor()
    break_(document)
    with pytest.raises(DriftError) as refusal:
        report(document)
    assert said in str(refusal.value)


def _refer(document: dict[str, Any], target: str) -> None:
    document["components"]["schemas"]["VendorSample"] = {"$ref": target}


def _define_by_itself(document: dict[str, Any]) -> None:
    document["components"]["schemas"]["VendorSample"] = {
        "allOf": [{"$ref": "#/components/schemas/VendorSample"}]
    }
