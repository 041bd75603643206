"""Results show themselves as text and as tables of HTML, whatever the labels are."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest

from ei_classify.scoring import check, compare, score

from .building import classified

HOSTILE = '<script>alert("x")</script>\n\x1b[31m'
ROWS = [
    (sample, label, {HOSTILE: 0.9 if label == HOSTILE else 0.2, "b": 0.1 if label == HOSTILE else 0.8})
    for sample, label in enumerate((HOSTILE, "b") * 3)
]
FEWER = [*ROWS[:5], (5, "b", {HOSTILE: 0.9, "b": 0.1})]


def parsed(html: str) -> ET.Element:
    return ET.fromstring(html)  # noqa: S314  # our own text


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    tables = classified(ROWS)
    return {
        "scores": score(tables, replicates=20),
        "comparisons": compare(tables, classified(FEWER), replicates=20),
        "verdict": check(tables, require=["accuracy >= 0.5", "f1[b] >= 2"], replicates=0),
    }


@pytest.mark.parametrize("name", ["scores", "comparisons", "verdict"])
def test_html_is_one_well_formed_table_per_result(results: dict[str, Any], name: str) -> None:
    html = results[name]._repr_html_()
    tables = parsed(f"<div>{html}</div>").findall("table")
    assert len(tables) == 1
    widths = {len(row) for row in tables[0].findall("tr")}
    assert len(widths) == 1
    assert tables[0].find("caption") is not None
    assert "<script" not in html
    assert "\x1b" not in html


def test_scores_name_each_figure_with_its_value_and_interval(results: dict[str, Any]) -> None:
    table = parsed(results["scores"]._repr_html_())
    rows = [[cell.text or "" for cell in row] for row in table.findall("tr")]
    assert rows[0] == ["figure", "value", "95 % interval"]
    accuracy = next(row for row in rows if row[0] == "accuracy")
    assert accuracy[1] == "1"
    assert " to " in accuracy[2]
    assert any(row[0].startswith("f1[<script>") for row in rows)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("scores", "6 windows of 6 samples"),
        ("comparisons", "1 were right and are wrong"),
        ("verdict", "NOT MET"),
    ],
)
def test_text_is_short_and_visible(results: dict[str, Any], name: str, words: str) -> None:
    text = str(results[name])
    assert words in text
    assert "\x1b" not in text
    assert len(text.splitlines()) < 40


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("scores", "Scores(version=1, scores=[1 Score]"),
        ("comparisons", "Comparisons(version=1, comparisons=[1 Comparison])"),
        ("verdict", "Verdict(version=1, met=False, findings=[2 Finding])"),
    ],
)
def test_a_repr_is_one_bounded_line(results: dict[str, Any], name: str, words: str) -> None:
    assert repr(results[name]).startswith(words)
    for each in (results[name], *getattr(results[name], "findings", results[name])):
        assert len(repr(each)) <= 200
        assert repr(each).isprintable()


def test_the_repr_of_a_score_and_of_a_comparison_says_which(results: dict[str, Any]) -> None:
    [score_] = results["scores"]
    assert repr(score_) == "<Score: project 1, int8, classification, windows: 6, samples: 6>"
    [comparison] = results["comparisons"]
    assert repr(comparison).startswith("<Comparison: project 1, int8, classification → project 1, int8")
