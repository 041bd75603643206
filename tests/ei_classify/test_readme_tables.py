"""The documentation's commands and its snippets on tables run as they stand, on the data of the demo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks.studio import Studio, api_key

from ei_classify.cli import app
from tests.command_line import invoke
from tests.snippets import ROOT, commands, sections, snippets

if TYPE_CHECKING:
    from pathlib import Path

SECTION = sections("README.md")["Tables, export and the command line"]
PAGE = (ROOT / "docs" / "tables.md").read_text("utf-8")
SCORES = (ROOT / "docs" / "scores.md").read_text("utf-8")
SNIPPETS = [
    pytest.param(code, id=f"{page} {number}")
    for page, text in (("README.md", SECTION), ("docs/tables.md", PAGE), ("docs/scores.md", SCORES))
    for number, code in enumerate(snippets(text), 1)
    if "cluster" not in code  # there is none here: tests of clusters run it
]
COMMAND_LINE = (ROOT / "docs" / "command-line.md").read_text("utf-8")


def run(arguments: list[str]) -> str:
    demo = [] if "--demo" in arguments else ["--demo"]
    done = invoke([*arguments, *demo, "--quiet"])
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the README's exports have been made."""
    folder = tmp_path_factory.mktemp("readme")
    exports = [command for command in commands(SECTION, "ei-classify") if command[0] == "export"]
    assert len(exports) == 2
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for arguments in exports:
            run(arguments)
    return folder


@pytest.mark.parametrize("code", SNIPPETS)
def test_a_snippet_runs(
    code: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    with Studio() as studio, studio.serving() as url:
        monkeypatch.setenv("EI_API_KEY", api_key(1))
        monkeypatch.setenv("EI_API_ENDPOINT", url)
        exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed
    if "prediction," in code:
        assert "badminton" in printed
        assert "float32" in printed
    if "anomalies" in code:
        assert re.search(r"float32.*\d\.\d+", printed), "there are rows"


@pytest.mark.parametrize("arguments", commands(COMMAND_LINE, "ei-classify"), ids=" ".join)
def test_a_command_runs(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(arguments) or list(tmp_path.iterdir())


def test_every_command_is_listed() -> None:
    rows = re.findall(r"^\| (`ei-classify .*?) \|", SECTION, flags=re.MULTILINE)
    listed = [name for row in rows for name in re.findall(r"`(?:ei-classify )?([a-z]+)", row)]
    assert sorted(listed) == sorted(
        command.name or (command.callback.__name__ if command.callback else "")
        for command in app.registered_commands
    )
