"""What the pages of the site ask their readers to run, on the double: every page in its order, as it stands."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import Studio
from ei_classify_mocks.studio import api_key

from ei_classify import ClassifyClient
from tests.command_line import invoke

from .snippets import ROOT, commands, snippets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = [
    *(ROOT / "docs" / name for name in ("index.md", "start.md", "from-edgeimpulse-api.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]
PROJECTS = {"detections.md": 4}
"""Whose key the page needs; otherwise, that of project 1."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Studio() as studio, studio.serving() as url:
        yield url


@pytest.fixture
def key(request: pytest.FixtureRequest, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of the page's project, which is in the environment as the pages say."""
    key = api_key(PROJECTS.get(request.getfixturevalue("page").name, 1))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("EI_API_KEY", key)
    monkeypatch.setenv("EI_API_ENDPOINT", url)
    return key


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_snippets_of_a_page_run(
    page: Path, key: str, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    for code in snippets(page.read_text("utf-8")):
        exec(compile(code, page.name, "exec"), names)
        tests = [names[name] for name in re.findall(r"(?m)^def (test_\w+)", code)]
        for test in tests:
            with ClassifyClient(key, base_url=url) as client:
                test(**{name: client for name in inspect.signature(test).parameters})
        assert tests or "print(" not in code or capsys.readouterr().out, "a snippet shows something"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run(page: Path, key: str) -> None:
    for arguments in commands(page.read_text("utf-8"), "ei-classify"):
        done = invoke(arguments)
        assert done.exit_code == 0, (arguments, done.stderr)
