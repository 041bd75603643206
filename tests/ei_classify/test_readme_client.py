"""Every snippet of the documentation about the client runs, against a server of this machine."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks.studio import Studio, api_key

from tests.snippets import ROOT, sections, snippets

from .fault_server import Answer, Asked, serving
from .project_data import example

if TYPE_CHECKING:
    from collections.abc import Iterator

README = sections("README.md")["The client"]
PAGE = (ROOT / "docs" / "client.md").read_text("utf-8")


def parts(page: str, text: str, heading: str) -> Iterator[tuple[str, str]]:
    for part in re.split(rf"(?m)^{heading} ", text):
        title, _, content = part.partition("\n")
        yield f"{page}: {title}", content


PARTS = dict(parts("README.md", f"Use\n{README}", "###")) | dict(parts("docs/client.md", PAGE, "##"))
SNIPPETS = [
    pytest.param(code, id=f"{title} {number}")
    for title, text in PARTS.items()
    for number, code in enumerate(snippets(text), 1)
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("ei_classify")
    handlers, level, root_level = list(root.handlers), ours.level, root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(root_level)
    ours.setLevel(level)


@pytest.mark.parametrize("code", SNIPPETS)
def test_a_snippet_about_the_client_runs(
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

    if "start_classify" in code:  # a job that really runs
        with Studio() as studio, studio.serving() as url:
            monkeypatch.setenv("EI_API_KEY", api_key(5))
            monkeypatch.setenv("EI_API_ENDPOINT", url)
            exec(compile(code, "client.md", "exec"), {"__name__": "__main__"})
        assert capsys.readouterr().out.endswith("118 118\n")
        return
    with serving(respond) as server:
        monkeypatch.setenv("EI_API_KEY", "ei_of_the_readme")
        monkeypatch.setenv("EI_API_ENDPOINT", server.url)
        exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    assert server.asked
    assert capsys.readouterr().out or caplog.records, "a snippet shows something"


def test_each_subject_has_a_snippet() -> None:
    readme = ("Async", "Paging", "Jobs", "Errors", "Retries, timeouts and logging")
    page = ("Paging", "Jobs", "Retries", "Timeouts", "Logging", "Your own HTTP client")
    with_snippets = {title for title, text in PARTS.items() if snippets(text)}
    assert with_snippets >= {f"README.md: {title}" for title in readme}
    assert with_snippets >= {f"docs/client.md: {title}" for title in page}
