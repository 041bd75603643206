"""Notebooks show small tables, whatever the names are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import httpx
import pytest

from ei_classify import open_export
from ei_classify.export import export
from ei_classify.showing import MOST_CHARACTERS, MOST_ROWS, html_table
from tests.ei_classify.calling import client_of, project
from tests.ei_classify.cli.test_terminal import page

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = '<script>alert("x")</script>&\n\x1b[31m'


def rows_of(html: str) -> list[list[str]]:
    """The rows of a table, each with the text of its cells."""
    table = ET.fromstring(html)  # noqa: S314  # our own text
    assert table.tag == "table"
    assert table.find("caption") is not None
    rows = [["".join(cell.itertext()) for cell in row] for row in table.findall("tr")]
    assert len({len(row) for row in rows}) == 1
    return rows


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One object of each kind that a notebook shows, all of whose names are hostile."""
    folder: Path = tmp_path_factory.mktemp("export") / "<b>out"
    with client_of(lambda _request: httpx.Response(200, json=page(HOSTILE))) as client:
        (first,) = client.pages(1)
        done = export(client, folder, 1, variants=[HOSTILE])
        return {
            "page": first,
            "outcome": first.outcomes[0],
            "tables": client.tables(1, variant=HOSTILE),
            "exported": done,
            "stored": open_export(folder),
            "run": client.start_classify(1, variants=[HOSTILE], job_id=7),
        }


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("page", ["sample", "file", "expected", "predicted", "correct"]),
        ("outcome", ["from (ms)", "to (ms)", "expected", "predicted", "correct"]),
        ("tables", ["table", "rows", "columns"]),
        ("exported", ["samples", "new"]),
        ("stored", ["project", "impulse", "variant", "samples", "complete", "problems"]),
        ("run", ["project", "job", "variants", "results"]),
    ],
)
def test_each_object_is_a_table_in_which_nothing_acts(
    shown: dict[str, Any], name: str, head: list[str]
) -> None:
    html = shown[name]._repr_html_()
    first, *rows = rows_of(html)
    assert first == head
    assert rows
    assert "<script" not in html
    assert "<b>" not in html
    assert "\x1b" not in html
    names = r'<script>alert("x")</script>&\n\x1b[31m'
    if name not in ("tables", "exported"):
        assert any(names in cell for row in rows for cell in row)


def test_a_table_says_what_its_object_holds(shown: dict[str, Any]) -> None:
    _, *samples = rows_of(shown["page"]._repr_html_())
    assert [row[0] for row in samples] == [str(each.sample_id) for each in shown["page"].outcomes]
    _, *windows = rows_of(shown["outcome"]._repr_html_())
    assert len(windows) == len(shown["outcome"].predictions)
    assert ["samples", "2"] in [row[:2] for row in rows_of(shown["tables"]._repr_html_())]
    assert rows_of(shown["exported"]._repr_html_())[1] == ["2", "2"]
    assert rows_of(shown["stored"]._repr_html_())[1][3:] == ["2", "yes", ""]
    assert rows_of(shown["run"]._repr_html_())[1][:2] == ["1", "7"]


def test_a_table_is_small_however_much_there_is() -> None:
    with client_of(project(500)) as client:
        (large,) = client.pages(1, page_size=500)
    rows = rows_of(large._repr_html_())
    assert len(rows) == MOST_ROWS + 2  # and the head, and the number of the others
    assert rows[-1][0] == f"… {500 - MOST_ROWS} more"
    (_, (cell,)) = rows_of(html_table("x" * 10_000, ["name"], [["y" * 10_000]]))
    assert cell == "y" * (MOST_CHARACTERS - 1) + "…"
