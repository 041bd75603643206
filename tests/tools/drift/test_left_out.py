"""What is new in the answers is listed as left out of the tables: outermost, everywhere, and once."""

from __future__ import annotations

from typing import Any

import pytest

from tools.drift.documents import Document, DriftError
from tools.drift.left_out import REASON, add_rows, find_places, read_left_out

TEXT = """\
## Left out

| property | why |
|---|---|
| `success`, `error` | the same everywhere |
| `sample.payload` | readings |

## Something else

| `result` | no row of that list |
"""


def contract(sample: dict[str, Any], **schemas: dict[str, Any]) -> Document:
    """Two answers, both with samples; one of them also within what is left out."""
    own = {"$ref": "#/components/schemas/Sample"}
    page = _object(success={"type": "boolean"}, result={"type": "array", "items": _object(sample=own)})
    one = _object(success={"type": "boolean"}, sample=_object(sample=own, payload=_object(sample=own)))
    schemas = {"ClassifyJobResultPage": page, "ClassifiedSample": one, "Sample": _object(**sample), **schemas}
    return Document({"openapi": "3.0.3", "components": {"schemas": schemas}}, "contract.yaml")


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


LABEL = {"type": "string"}
NEW = {
    "plan": _object(steps={"type": "array", "items": _object(at={"type": "number"})}),
    "again": {"$ref": "#/components/schemas/Sample"},
}


def test_one_row_holds_all_places_of_a_property_and_nothing_below_them() -> None:
    before, after = find_places(contract({"label": LABEL})), find_places(contract({"label": LABEL, **NEW}))
    text, added = add_rows(TEXT, before, after)
    assert added == [
        "`result[].sample.plan`, `sample.sample.plan`",
        "`result[].sample.again`, `sample.sample.again`",
    ]
    rows = "".join(f"| {cell} | {REASON} |\n" for cell in added)
    assert text == TEXT.replace("| readings |\n", f"| readings |\n{rows}")
    assert read_left_out(text)[:3] == ["success", "error", "sample.payload"]
    assert add_rows(text, before, after) == (text, [])


def test_what_is_new_below_something_listed_needs_no_row() -> None:
    text = TEXT.replace("`sample.payload`", "`sample`, `result[].sample`")
    assert add_rows(text, find_places(contract({})), find_places(contract(NEW))) == (text, [])


def test_values_of_maps_have_places_too() -> None:
    values = {"type": "object", "additionalProperties": {"$ref": "#/components/schemas/Hit"}}
    before = contract({"hits": values}, Hit=_object(at=LABEL))
    after = contract({"hits": values}, Hit=_object(at=LABEL, more=LABEL))
    _, added = add_rows(TEXT, find_places(before), find_places(after))
    assert added == ["`result[].sample.hits{}.more`, `sample.sample.hits{}.more`"]


def test_a_text_without_the_list_is_refused() -> None:
    with pytest.raises(DriftError, match="no table under `## Left out`"):
        add_rows(TEXT.replace("## Left out", "## Left in"), {}, {})


def test_without_anything_new_not_a_byte_changes() -> None:
    places = find_places(contract(NEW))
    assert add_rows(TEXT, places, places) == (TEXT, [])
