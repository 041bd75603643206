"""Every snippet of the README about the client runs, against a server of this machine."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .fault_server import Answer, Asked, serving
from .project_data import example

if TYPE_CHECKING:
    from collections.abc import Iterator

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SECTION = re.split(r"(?m)^## ", README.partition("\n## The client\n")[2])[0]


def snippets() -> Iterator[object]:
    for part in re.split(r"(?m)^### ", f"Use\n{SECTION}"):
        title, _, text = part.partition("\n")
        for number, code in enumerate(re.findall(r"(?s)```python\n(.*?)```", text), 1):
            yield pytest.param(code, id=f"{title} {number}")


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("ei_classify")
    handlers, level = list(root.handlers), ours.level
    yield
    root.handlers[:] = handlers
    ours.setLevel(level)


@pytest.mark.parametrize("code", list(snippets()))
def test_a_snippet_of_the_readme_runs(
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    posts = 0

    def respond(asked: Asked, number: int) -> Answer:
        nonlocal posts
        if asked.method == "POST":
            posts += 1
            return Answer(example("job-started" if posts == 1 else "variants-motion"))
        if asked.path.endswith("/status"):
            return Answer(example("job-finished"))
        return Answer(example("page-motion" if asked.query.get("offset", "0") == "0" else "page-empty"))

    with serving(respond) as server:
        monkeypatch.setenv("EI_API_KEY", "ei_of_the_readme")
        monkeypatch.setenv("EI_API_ENDPOINT", server.url)
        exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert server.asked
    assert capsys.readouterr().out or caplog.records, "a snippet shows something"


def test_the_readme_has_a_snippet_for_each_subject() -> None:
    titles = set(re.findall(r"(?m)^### (.+)$", SECTION))
    assert titles >= {
        "Async", "Paging", "Jobs", "Errors", "Retries", "Timeouts", "Logging", "Your own HTTP client",
    }  # fmt: skip
    for part in re.split(r"(?m)^### ", SECTION):
        assert "```python" in part, part.partition("\n")[0]
