"""The README's commands and snippets are what a newcomer copies: they run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ei_classify_mocks import example_names, replay

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TESTED_BY_THEIR_OWN = ("A local Studio", "The client", "Tables, export and the command line")
HERE = "".join(
    section
    for section in re.split(r"^(?=## )", README, flags=re.MULTILINE)
    if not section.startswith(tuple(f"## {title}\n" for title in TESTED_BY_THEIR_OWN))
)
SNIPPETS = re.findall(r"^```python\n(.*?)^```$", HERE, flags=re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_a_snippet_runs(number: int) -> None:
    # Each may build on those before it, as a reader does.
    names = {"key": "anything", "project_id": 1}
    with replay():
        for snippet in SNIPPETS[: number + 1]:
            exec(compile(snippet, "README.md", "exec"), names)
    for name in re.findall(r"^def (test_\w+)\(\)", SNIPPETS[number], flags=re.MULTILINE):
        names[name]()  # type: ignore[operator]


def test_each_script_and_file_that_it_names_exists() -> None:
    for name in re.findall(r"`?(scripts/[a-z]+|[A-Z]+\.md|openapi/[\w./-]+|mocks/[\w./-]+)`?", README):
        assert (ROOT / name).exists(), name


def test_it_lists_each_example() -> None:
    listed = set(re.findall(r"`([a-z]+-[a-z-]+)`", README))
    unlisted = [name for name in example_names() if name not in listed and not name.startswith("failure-")]
    assert unlisted == []
