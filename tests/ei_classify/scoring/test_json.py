"""The JSON has the form that the schema says, whatever the labels."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from typer.testing import CliRunner

from ei_classify.cli import app
from ei_classify.scoring import as_json, check, compare, score
from ei_classify.scoring.schema import built_schema, written_schema
from tests.ei_classify_mocks.studio.asking import TESTED

from .building import classified
from .conftest import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify import StoredExport


def judge(text: bytes) -> Any:
    def reject(name: str) -> None:
        raise AssertionError(name)

    document = json.loads(text, parse_constant=reject)
    jsonschema.validate(document, written_schema())
    return document


def test_the_shipped_schema_is_that_of_the_types() -> None:
    assert written_schema() == built_schema()


@pytest.mark.parametrize("project", TESTED)
def test_scores_and_comparisons_have_the_form(exported: Callable[[int], StoredExport], project: int) -> None:
    document = judge(as_json(score(exported(project), replicates=20)))
    for each in document["scores"]:
        for figure in each["metrics"].values():
            assert {"value", "low", "high"} <= set(figure)
            assert ("reason" in figure) == (None in (figure["value"], figure["low"], figure["high"]))
    judge(as_json(compare(exported(project), variants=VARIANTS, replicates=20)))


def test_the_form_does_not_depend_on_the_labels() -> None:
    def keys(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: keys(each) for name, each in value.items() if name not in ("notes", "reason")}
        return [keys(value[0])] if isinstance(value, list) and value else type(value) is list

    plain = [(1, "a", {"a": 0.9, "b": 0.1}), (2, "b", {"a": 0.8, "b": 0.2})]
    odd = [
        (
            n,
            {"a": "metrics", "b": "value"}[label],
            dict(zip(("metrics", "value"), scores.values(), strict=True)),
        )
        for n, label, scores in plain
    ]
    first, second = (judge(as_json(score(classified(rows), replicates=20))) for rows in (plain, odd))
    assert keys(first) == keys(second)


def test_the_verdict_has_the_form() -> None:
    tables = classified([(1, "a", {"a": 0.9, "b": 0.1})])
    judge(as_json(check(tables, require=["accuracy >= 0.5", "f1[nothing] >= 0.5"])))


def test_the_command_line_prints_scores() -> None:
    done = CliRunner().invoke(app, ["score", "--demo", "--json", "--quiet", "--replicates", "20"])
    assert done.exit_code == 0
    assert judge(done.stdout.encode())["scores"][0]["metrics"]["accuracy"]["value"] == 487 / 564
