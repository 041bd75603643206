"""The commands and snippets of the README and of docs/ are what a newcomer copies: they run as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks import example_names, replay

from .snippets import PAGES, ROOT, SITE, sections, snippets

if TYPE_CHECKING:
    from pathlib import Path

README = (ROOT / "README.md").read_text("utf-8")
# These run against servers of their own, in tests of their own.
TESTED_ELSEWHERE = {"README.md": ("The client", "Tables, export and the command line")}
PAGES_TESTED_ELSEWHERE = {
    "client.md",
    "report.md",
    "scale.md",
    "scores.md",
    "storage.md",
    "studio.md",
    "tables.md",
}
OF_SITE = {page.name for page in SITE}
HERE = [
    pytest.param(page, code, id=f"{page}: {title} {number}")
    for page in ("README.md", "docs/examples.md")
    for title, text in sections(page).items()
    if title not in TESTED_ELSEWHERE.get(page, ())
    for number, code in enumerate(snippets(text), 1)
]


@pytest.mark.parametrize(("page", "code"), HERE)
def test_a_snippet_runs(page: str, code: str) -> None:
    names = {"key": "anything", "project_id": 1}
    with replay():
        exec(compile(code, page, "exec"), names)
    for name in re.findall(r"^def (test_\w+)\(\)", code, flags=re.MULTILINE):
        names[name]()  # type: ignore[operator]


def test_no_page_has_snippets_that_no_test_runs() -> None:
    with_snippets = {page.name for page in PAGES if snippets(page.read_text("utf-8"))}
    assert with_snippets - OF_SITE == {"README.md", "examples.md", *PAGES_TESTED_ELSEWHERE}


def test_each_script_and_file_that_the_readme_names_exists() -> None:
    for name in re.findall(r"`?(scripts/[a-z]+|[A-Z]+\.md|openapi/[\w./-]+|mocks/[\w./-]+)`?", README):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_within_the_documentation_leads_somewhere(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", page.read_text("utf-8")):
        linked = page.parent / target if target else page
        assert linked.exists(), target
        if anchor:
            assert anchor in _anchors(linked.read_text("utf-8")), f"{target}#{anchor}"


def test_the_architecture_names_each_room() -> None:
    named = re.findall(r"(?m)^\| \d+ \| `(\w+)", (ROOT / "docs" / "architecture.md").read_text("utf-8"))
    inside = (ROOT / "src" / "ei_classify").iterdir()
    rooms = {path.stem for path in inside if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert rooms - {"__init__"} <= set(named)


def test_each_example_is_listed() -> None:
    listed = set(re.findall(r"`([a-z]+-[a-z-]+)`", (ROOT / "docs" / "examples.md").read_text("utf-8")))
    unlisted = [name for name in example_names() if name not in listed and not name.startswith("failure-")]
    assert unlisted == []


def _anchors(text: str) -> set[str]:
    titles = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
