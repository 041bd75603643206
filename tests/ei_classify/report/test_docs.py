"""The Python of docs/report.md runs as it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify import StoredExport

PAGE = Path(__file__).parents[3] / "docs" / "report.md"


@pytest.fixture
def results(tmp_path: Path, exported: Callable[[int], StoredExport], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the snippets: `results` in it is an export."""
    (tmp_path / "results").symlink_to(exported(8).folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_snippets_write_a_report_and_draw_charts(results: Path) -> None:
    first, second = snippets(PAGE.read_text("utf-8"))
    exec(first, {})
    assert "By label" in (results / "report.html").read_text("utf-8")
    names: dict[str, object] = {}
    exec(second, names)
    assert names["found"]
