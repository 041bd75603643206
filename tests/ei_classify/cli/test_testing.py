"""`ei-classify run` as a gate: from nothing to a verdict in one command."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes
from ei_classify_mocks.studio import Studio, api_key
from typer.testing import CliRunner

from ei_classify.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BARE = ["--replicates", "0"]


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[Studio, str]]:
    # Long enough to be seen at work, so that equal results of two runs can be told apart at once.
    with Studio(job_times=JobTimes(0, 0.4, 0)) as studio, studio.serving() as url:
        yield studio, url


@pytest.fixture
def studio(served: tuple[Studio, str], monkeypatch: pytest.MonkeyPatch) -> Studio:
    """A Studio whose project 1 is that of the environment."""
    monkeypatch.setenv("EI_API_KEY", api_key(1))
    monkeypatch.setenv("EI_API_ENDPOINT", served[1])
    served[0].clear_requests()
    return served[0]


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["run", "--variant", "int8", *BARE, *arguments])


def starts(studio: Studio) -> int:
    return [request.operation for request in studio.requests].count("startClassifyJob")


@pytest.mark.parametrize(
    ("requirement", "code", "word"),
    [
        ("accuracy >= 0.8", 0, "met"),
        ("accuracy >= 0.99", 4, "NOT MET"),
        ("f1[swimming] >= 0", 1, "not judged"),
    ],
)
def test_the_exit_code_is_the_verdict(studio: Studio, requirement: str, code: int, word: str) -> None:
    done = run("--require", requirement)
    assert done.exit_code == code, done.stderr
    assert starts(studio) == 1
    assert [line for line in done.stdout.splitlines() if line.startswith(word) and requirement in line]


def test_a_retrained_model_is_compared_with_the_one_before(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = str(tmp_path / "before"), str(tmp_path / "after")
    assert run("--out", before).exit_code == 0
    studio.retrain(1)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ei-classify.toml").write_text('[check]\nmax-drop = ["accuracy=0.005"]\n')
    done = run("--out", after, "--check", "--against", before)
    assert (done.exit_code, starts(studio)) == (4, 2)
    assert "NOT MET" in done.stdout
    assert run("--max-drop", "accuracy=0.05", "--against", before).exit_code == 0


def test_the_results_of_an_export_in_another_format_are_read_from_the_project(
    studio: Studio, tmp_path: Path
) -> None:
    done = run("--out", str(tmp_path), "--format", "jsonl", "--require", "accuracy >= 0.99")
    assert done.exit_code == 4


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--require", "accuracy"], "must be a requirement"),
        (["--max-drop", "accuracy=0"], "needs a baseline"),
        (["--check"], "there is nothing to check"),
        (["--against", "before"], "needs --max-drop, --require or --check"),
        (["--no-wait", "--require", "accuracy >= 0"], "either --no-wait, or --out and checks"),
    ],
)
def test_what_cannot_be_judged_is_refused_before_a_job_is_started(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert (done.exit_code, starts(studio)) == (2, 0)
    assert said in done.stderr


@pytest.mark.usefixtures("studio")
def test_filters_choose_what_is_exported_and_checked(tmp_path: Path) -> None:
    out = ["--out", str(tmp_path / "out"), "--format", "jsonl"]
    # All samples together are better.
    done = run(*out, "--require", "accuracy >= 0.75", "--min-id", "1110")
    assert done.exit_code == 4, done.stderr
    (file,) = (tmp_path / "out").rglob("*.jsonl")
    assert [json.loads(line)["sampleId"] for line in file.read_text().splitlines()] == [*range(1110, 1119)]


def test_without_results_to_read_there_is_nothing_to_filter(studio: Studio) -> None:
    done = run("--min-id", "3")
    assert done.exit_code == 2
    assert "--min-id: model testing takes all samples: needs --out or a check" in done.stderr
    assert starts(studio) == 0
