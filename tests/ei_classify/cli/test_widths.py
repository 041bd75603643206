"""Terminals that are narrow, have no colours or cannot move, and output that is no terminal."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks import JobTimes
from ei_classify_mocks.studio import Studio, api_key
from rich.cells import cell_len

from ei_classify.cli import app
from tests.command_line import invoke
from tests.ei_classify.cli.test_terminal import OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.command_line import Done

BARE = ["--replicates", "0"]
COMMANDS = {
    "results": ["--variant", "int8", "--variant", "float32", "--limit", "4"],
    "sample": ["1021"],
    "export": ["--out", "{}/out", "--format", "jsonl", "--restart"],
    "score": ["--max-id", "1015", *BARE],
    "compare": ["--max-id", "1015", *BARE],
    "check": ["--require", "accuracy >= 0", "--max-id", "1015", *BARE],
    "jobs": [],
    "projects": [],
    "doctor": [],
}
LONG = {"export", "doctor"}
"""Commands whose lines are for copying, so that the terminal folds them."""


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with Studio(job_times=JobTimes(0, 60, 0)) as studio, studio.serving() as url:
        yield {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}


@pytest.fixture(scope="module")
def shown(
    environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, int], Done]:
    """What a command prints on a terminal of a width."""
    folder: Path = tmp_path_factory.mktemp("widths")

    @functools.cache
    def run(command: str, width: int) -> Done:
        arguments = [each.format(folder) for each in COMMANDS[command]]
        env = environment
        if command == "jobs":  # of a project where one runs, and which has no results until it ends
            env = {**environment, "EI_API_KEY": api_key(2), "EI_PROJECT_ID": "2"}
            invoke(["run", "--no-wait", "--attach"], env=env)
        return invoke([command, *arguments], env=env, width=width)

    return run


def plain(done: Done) -> str:
    return OURS.sub("", done.stdout)


def test_every_command_is_here() -> None:
    without_tables = {"studio", "mock", "report"}
    too_slow = {"run"}  # its table has two columns
    names = {each.name or each.callback.__name__ for each in app.registered_commands if each.callback}
    assert names - without_tables - too_slow == set(COMMANDS)


@pytest.mark.parametrize("width", [60, 40])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_narrow_terminal_gets_everything(
    shown: Callable[[str, int], Done], command: str, width: int
) -> None:
    narrow, wide = shown(command, width), shown(command, 200)
    assert narrow.exit_code == wide.exit_code == 0, narrow.stderr
    text = plain(narrow)
    if command not in LONG:
        assert max(map(cell_len, text.splitlines())) <= width
    assert "…" not in text
    if command not in ("jobs", "doctor"):  # which tell the time
        assert Counter("".join(text.split())) == Counter("".join(plain(wide).split()))


@pytest.mark.parametrize(
    ("command", "env", "width", "is_coloured"),
    [
        ("results", {}, 200, True),
        ("results", {"NO_COLOR": "1"}, 200, False),
        ("results", {"TERM": "dumb"}, 200, False),
        ("results", {}, None, False),
        ("results", {"FORCE_COLOR": "1"}, None, True),
        ("results", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, None, False),
        ("check", {"FORCE_COLOR": "1"}, None, True),
    ],
)
def test_colours_are_for_terminals_unless_a_variable_says_otherwise(
    environment: dict[str, str], command: str, env: dict[str, str], width: int | None, is_coloured: bool
) -> None:
    colour = re.compile(r"\x1b\[[0-9;]*3[12]m")  # red or green
    done = invoke([command, *COMMANDS[command]], env={**environment, "COLUMNS": "40", **env}, width=width)
    assert bool(colour.search(done.stdout)) == is_coloured
    if width is None:  # lines are not folded
        rows = [line for line in plain(done).splitlines() if line.startswith(("int8", "met"))]
        assert rows
        assert all(len(row) > 40 for row in rows)


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"FORCE_COLOR": "1"}])
@pytest.mark.parametrize("command", ["results", "export"])
def test_nothing_moves_where_nothing_can(
    environment: dict[str, str], command: str, env: dict[str, str], tmp_path: Path
) -> None:
    arguments = [each.format(tmp_path) for each in COMMANDS[command]]
    width = 200 if "TERM" in env else None
    done = invoke([command, *arguments], env={**environment, **env}, width=width)
    assert done.exit_code == 0, done.stderr
    assert "\r" not in done.stderr
    assert "\x1b[?25l" not in done.stderr  # what hides the cursor
