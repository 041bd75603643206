"""Long work shows how far it is: live on a terminal, now and then elsewhere, never on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import progress
from ei_classify.cli.terminal import Terminal
from tests.command_line import invoke
from tests.ei_classify.cli.test_terminal import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BARE = ["--replicates", "0"]
WORK = {
    "results": (["--jsonl"], ["results: 100 of 118 samples", "results: 118 of 118 samples"]),
    "score": (BARE, ["reading project 1", "results: 100 of 118 samples", "scoring"]),
    "export": (["--out", "{}/out", "--format", "jsonl"], ["118 of 118 samples", "0.6 MB"]),
    "report": (
        ["--out", "{}/report.html", "--variant", "int8", "--max-id", "1005", "--signals", "1", *BARE],
        ["int8: 4 of 4 samples", "scoring", "signals: 0 of 1"],
    ),
}


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    with Studio() as studio, studio.serving() as url:
        yield {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}


@pytest.mark.parametrize("command", WORK)
def test_a_log_gets_a_line_now_and_then(
    environment: dict[str, str], command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PRINT_EVERY_S", 0)
    options, told = WORK[command]
    with mock.patch.object(Terminal, "is_file", True):  # for `results`: otherwise rows are what moves
        done = invoke([command, *(each.format(tmp_path) for each in options)], env=environment)
    assert done.exit_code == 0, done.stderr
    lines = done.stderr.splitlines()
    places = [next(n for n, line in enumerate(lines) if text in line) for text in told]
    assert places == sorted(places), "in this order"
    assert not any(text in done.stdout for text in told)


@pytest.mark.parametrize("command", ["results", "score", "export"])
@pytest.mark.parametrize("options", [[], ["--quiet"]])
def test_a_terminal_gets_one_line_that_moves_unless_it_is_to_be_quiet(
    environment: dict[str, str], command: str, options: list[str], tmp_path: Path
) -> None:
    own, _ = WORK[command]
    with mock.patch.object(Terminal, "is_file", True):
        done = invoke(
            [command, *(each.format(tmp_path) for each in own), *options], env=environment, width=100
        )
    assert done.exit_code == 0
    if options:
        assert done.stderr == ""
    else:
        assert "118" in OURS.sub("", done.stderr)
        assert "\x1b[?25h" in done.stderr, "the cursor is shown again"
