"""The command line where something is amiss: what is missing, what cannot be written, what was mistyped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from ei_classify_mocks.studio import Studio, api_key
from typer.testing import CliRunner

from ei_classify.cli import app

COMMAND = [sys.executable, "-m", "ei_classify.cli"]
CLI = "from ei_classify.cli import main; main()"
DOUBLES = "from ei_classify_mocks.__main__ import main; raise SystemExit(main())"


def python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("module", ["yaml", "starlette"])
@pytest.mark.parametrize(("program", "arguments"), [(CLI, ["studio"]), (CLI, ["mock"]), (DOUBLES, [])])
def test_without_the_extra_each_double_says_what_to_install(
    program: str, arguments: list[str], module: str
) -> None:
    done = python(f"import sys; sys.modules[{module!r}] = None; {program}", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: {module} is needed and not installed: pip install 'ei-classify[mocks]'\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "99999"], "--port takes a number from 0 to 65535, not 99999"),
        (["--project", "nope"], "scale:"),
        (["--fault", "bogus=1"], "there is no fault 'bogus'"),
        (["--job-times", "1,2"], "--job-times takes three numbers"),
    ],
)
def test_wrong_usage_of_the_studio_is_exit_code_2(arguments: list[str], words: str) -> None:
    done = python(CLI, "studio", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


RESULTS = [["results", "--demo"], ["results", "--demo", "--json"], ["results", "--demo", "--jsonl"]]
SAMPLE = [["sample", "1001", "--demo"], ["sample", "1001", "--demo", "--json"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [*RESULTS, *SAMPLE])
def test_a_full_disk_below_stdout_is_one_line_and_exit_code_1(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "error: cannot write to stdout: No space left on device"
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_a_closed_stdout_is_one_line_and_exit_code_1() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *COMMAND, "results", "--demo"],
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "error: cannot write to stdout: it is closed\n")


@pytest.mark.parametrize("arguments", [*RESULTS, *SAMPLE])
def test_a_pipe_that_nobody_reads_is_no_failure_in_any_form(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [*RESULTS, *SAMPLE])
def test_an_encoding_without_the_characters_is_no_failure(arguments: list[str]) -> None:
    done = subprocess.run(
        [*COMMAND, *arguments],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    if any(word.startswith("--json") for word in arguments):
        text = done.stdout.decode("utf-8")
        assert json.loads(text.splitlines()[0] if "--jsonl" in arguments else text)
    else:
        assert b"standing" in done.stdout
        assert done.stdout.isascii()


def test_the_title_of_a_small_table_is_one_line() -> None:
    done = CliRunner().invoke(app, ["sample", "1001", "--demo", "--variant", "int8"])
    titles = [line for line in done.stdout.splitlines() if "(expected: standing) by " in line]
    assert len(titles) == len(done.stdout.split("window")) - 1
    assert titles[-1].endswith("by Anomaly detection")


def test_one_sample_is_not_several(tmp_path: Path) -> None:
    with Studio("scale:1") as studio, studio.serving() as url:
        done = CliRunner().invoke(
            app,
            ["export", "-p", "100", "-o", str(tmp_path)],
            env={"EI_API_KEY": api_key(100), "EI_API_ENDPOINT": url},
        )
    assert done.exit_code == 0
    assert "results: 1 of 1 sample, " in done.stderr
    assert "\n1 sample is in, 1 of them new\n" in done.stderr
