"""The page as text: safe, the same each time, bounded, and with the answers in words."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import re
from typing import TYPE_CHECKING

import pytest
from ei_classify_api.errors import visible

from ei_classify.errors import InvalidArgumentError, ScoringError
from ei_classify.report import Signal, report
from ei_classify.report.page import embedded
from ei_classify.scoring import check
from tests.ei_classify.scoring.building import classified

from .pages import HOSTILE, SCRIPT_END, data_in, hostile_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ei_classify import StoredExport
    from ei_classify.report import Report

MANY = [(each, "ab"[each % 2], {"a": 0.4, "b": 0.6}) for each in range(4)]


class Reader(html.parser.HTMLParser):
    """Collects the elements of a page, and its text outside of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(f"{data} ")


def test_the_policy_allows_the_scripts_of_the_page_by_hash_and_nothing_else(
    reported: Callable[[int], Report],
) -> None:
    page = reported(1).html
    (policy,) = [
        attributes["content"] or ""
        for tag, attributes in Reader(page).elements
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    parts = re.findall(r'<(?:script type="module"|style)>(.*?)</(?:script|style)>', page, re.DOTALL)
    assert len(parts) == 3
    for part in parts:
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_nothing_is_loaded_and_nothing_is_inline_but_what_the_policy_names(
    reported: Callable[[int], Report],
) -> None:
    for tag, attributes in Reader(reported(1).html).elements:
        assert not {"src", "srcset", "style", "ping"} & attributes.keys(), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert tag not in ("link", "base", "iframe", "object", "embed", "form")
        if tag == "a":
            assert (attributes["href"] or "").startswith(("#", "https://studio.edgeimpulse.com/"))


def test_hostile_text_stays_text() -> None:
    page = report(hostile_tables(), replicates=0).html
    reader = Reader(page)
    assert "img" not in {tag for tag, _ in reader.elements}
    assert [tag for tag, _ in reader.elements].count("script") == 3
    assert visible(SCRIPT_END) in "".join(reader.texts)
    (section,) = data_in(page)["sections"].values()
    named = {row[1] for row in section["listed"]}
    assert {visible(each.encode("utf-8", "replace").decode()) for each in HOSTILE} <= named


def test_data_cannot_end_its_element() -> None:
    assert "<" not in embedded({"</script>": ["<!--", "</SCRIPT >"]})


@pytest.mark.parametrize("project", [1, 2, 3, 4])
def test_the_same_results_give_the_same_bytes(
    exported: Callable[[int], StoredExport], reported: Callable[[int], Report], project: int
) -> None:
    again = report(exported(project).folder, replicates=50, worst=4)
    # A comparison of the texts themselves takes minutes where they differ.
    assert (again.html == reported(project).html) is True


def test_the_page_answers_in_words(reported: Callable[[int], Report]) -> None:
    text = " ".join("".join(Reader(reported(1).html).texts).split())
    for answer in (
        "Weakest label badminton: F1 86.1 %",
        "Mixed up most badminton and walking: 8 windows of badminton are taken for walking, 4 the other way",
        "Threshold for 95 % precision 0.89: 95.2 % of the decisions are right, and 70.2 % of the windows",
        "Look first at sample 1096 (badminton.0448) should be badminton: 2 of 3 windows decided standing",
        "int8 against float32 Accuracy −0.5 points",
    ):
        assert answer in text, answer


def test_samples_say_what_was_decided_of_them(reported: Callable[[int], Report]) -> None:
    unsure, wrong, right = {"a": 0.5, "b": 0.5}, {"a": 0.1, "b": 0.9}, {"a": 0.9, "b": 0.1}
    rows = [(1, "a", wrong), *((2, "a", each) for each in (unsure, wrong, right))]
    for page, saying in (
        (report(classified(rows), replicates=0), ("decided b", "2 of 3 windows decided b, uncertain")),
        (
            reported(2),
            ("Model testing of Diabetes progression", "tolerance ±60", "Mean absolute error", "found 207.15"),
        ),
        (reported(4), ("Model testing of Bolts and nuts", "2 of 4 objects missed, 1 false alarm")),
        (
            reported(1),
            ("Clearly worse: Log loss", "Threshold for 95 % precision no window is expected to be"),
        ),
    ):
        text = " ".join("".join(Reader(page.html).texts).split())
        assert [words for words in saying if words not in text] == []


def test_a_page_is_bounded_however_many_windows_there_are() -> None:
    many = [
        (each // 40, "abc"[each % 3], {"a": each % 7 / 10, "b": each % 5 / 10, "c": 0.45})
        for each in range(3_000)
    ]
    (few_page, many_page) = (report(classified(rows), replicates=0).html for rows in (many[:600], many))
    data = data_in(many_page)["sections"]["score-1"]
    assert len(data["listed"]) <= 1000
    assert len(many_page) < 2 * len(few_page)
    assert "3,000 windows of 75 samples" in " ".join(many_page.split())


def test_many_labels_leave_a_matrix_of_those_with_most_mistakes() -> None:
    labels = [f"label-{place:03}" for place in range(60)]
    rows = [(place, label, {label: 0.9, labels[place - 1]: 0.05}) for place, label in enumerate(labels)]
    rows += [(99, labels[7], {labels[8]: 0.9, labels[7]: 0.05})]
    page = report(classified(rows), replicates=0).html
    data = data_in(page)["sections"]["score-1"]
    assert len(data["rows"]) == 30
    assert {labels[7], labels[8]} <= {*data["rows"]}
    assert "30 of 60 labels are left out" in page


def test_subsets_a_verdict_and_several_sources_are_shown(exported: Callable[[int], StoredExport]) -> None:
    sources = [exported(4).folder, exported(3).folder, exported(2).folder]
    verdict = check(sources, require=["mae <= 1"], replicates=0)
    page = report(sources, by="category", verdict=verdict, replicates=0, worst=1).html
    text = " ".join("".join(Reader(page).texts).split())
    assert "Not all requirements are met" in text
    assert "By category" in text
    assert [f"project {number}, " in text for number in (1, 2, 3, 4)] == [False, True, True, True]
    assert text.count("against float32") >= 3


def test_a_baseline_is_compared_with_the_same_variant(exported: Callable[[int], StoredExport]) -> None:
    page = report(exported(2), against=exported(2), replicates=0, worst=1).html
    assert "now against the baseline" in page
    with pytest.raises(
        ScoringError, match=r"^the baseline has no run of the same project, impulse and variant"
    ):
        report(exported(2), against=exported(3), replicates=0)


def test_an_argument_that_cannot_be_used_is_named() -> None:
    with pytest.raises(InvalidArgumentError, match="target"):
        report(classified(MANY), target="luck")


def test_signals_are_drawn_with_a_bounded_number_of_readings(reported: Callable[[int], Report]) -> None:
    plain = reported(1)
    (score, sample), *_ = plain.worst(1)
    signal = Signal.of(16.0, ["accX", "accY"], [[each, -each] for each in range(5000)])
    assert (signal.every, len(signal.axes["accX"])) == (9, 556)
    charts = data_in(plain.with_signals({(score.project_id, sample): signal}).html)["charts"]
    assert "score-1-signal-1" in charts
    assert "score-1-signal-1" not in data_in(plain.html)["charts"]


def test_a_report_writes_itself_and_shows_itself_in_a_notebook(tmp_path: Path) -> None:
    found = report(classified(MANY), replicates=0)
    found.write(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text("utf-8") == found.html
    shown = found._repr_html_()
    ((tag, attributes),) = Reader(shown).elements
    assert (tag, attributes["sandbox"], attributes["srcdoc"]) == ("iframe", "allow-scripts", found.html)
