"""The README's commands and snippets on tables run as they stand, on the data of the demo."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from ei_classify_mocks.studio import Studio, api_key
from typer.testing import CliRunner

from ei_classify.cli import app

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SECTION = README.partition("\n## Tables, export and the command line\n")[2].partition("\n## ")[0]
SNIPPETS = re.findall(r"(?s)```python\n(.*?)```", SECTION)
COMMAND = next(line for line in SECTION.splitlines() if line.startswith("$ ei-classify export"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the export of the README has been made, for each kind of project."""
    folder = tmp_path_factory.mktemp("readme")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        arguments = shlex.split(COMMAND.removeprefix("$ ei-classify "))
        for project in ("1", "3", "4"):
            chosen = [project if each == "1" else each for each in arguments]
            done = CliRunner().invoke(app, [*chosen, "--demo", "--quiet"])
            assert done.exit_code == 0, done.stderr
    return folder


@pytest.mark.parametrize("number", range(len(SNIPPETS)))
def test_a_snippet_runs(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    with Studio() as studio, studio.serving() as url:
        monkeypatch.setenv("EI_API_KEY", api_key(1))
        monkeypatch.setenv("EI_API_ENDPOINT", url)
        exec(compile(SNIPPETS[number], "README.md", "exec"), {})
    printed = capsys.readouterr().out
    if "correct" in SNIPPETS[number]:
        assert "badminton" in printed
        assert "float32" in printed
        assert "0.830" in printed  # the accuracy of badminton, by either variant


def test_every_command_is_listed() -> None:
    listed = re.findall(r"^\| `ei-classify (\w+)", SECTION, flags=re.MULTILINE)
    assert sorted(listed) == sorted(
        command.name or (command.callback.__name__ if command.callback else "")
        for command in app.registered_commands
    )
