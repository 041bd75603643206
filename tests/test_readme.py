"""The README's commands and snippets are what a newcomer copies: they run as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ei_classify_mocks import example_names, replay

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
# The sections on the client and on the local Studio run against servers of their own, in tests of their own.
TESTED_ELSEWHERE = ("The client", "A local Studio", "Tables, export and the command line")
HERE = [part for part in re.split(r"(?m)^## ", README) if not part.startswith(TESTED_ELSEWHERE)]
SNIPPETS = re.findall(r"(?ms)^```python\n(.*?)^```$", "".join(HERE))


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
