"""The command line: results on stdout, all else on stderr, and exit codes that mean something."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import typer
from ei_classify_mocks import JobTimes, example, replay
from ei_classify_mocks.studio import Studio, api_key

import ei_classify
from ei_classify import open_export
from ei_classify.cli import app
from ei_classify.dataset import NAME
from ei_classify.export.testing import NOTE
from tests.command_line import invoke

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = [sys.executable, "-m", "ei_classify.cli"]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with Studio("scale:0") as studio, studio.serving() as url:
        yield url


def run(*arguments: str, env: dict[str, str] | None = None) -> Any:
    return invoke(list(arguments), env=env)


def test_results_lists_samples_with_what_was_predicted() -> None:
    done = run("results", "--demo", "--limit", "3")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["sample", "file", "expected", "predicted", "correct"]
    assert lines[1].split(None, 2)[:2] == ["1001", "standing.03e9"]
    assert lines[1].endswith("2/3")
    assert (len(lines), done.stderr) == (4, "3 samples\n")


def test_without_arguments_the_help_is_shown_line_by_line() -> None:
    done = run()
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: ei-classify [OPTIONS] COMMAND")
    assert any(line.startswith("  results ") for line in done.stderr.splitlines())


def test_an_option_that_can_be_repeated_says_what_it_takes() -> None:
    group: Any = typer.main.get_command(app)
    options = [each for command in group.commands.values() for each in command.params if each.multiple]
    assert {each.name for each in options} >= {"variant", "labels", "require", "max_drop", "metadata"}
    assert [each.name for each in options if each.metavar is None] == []


def test_wrong_only_leaves_out_what_is_right() -> None:
    wrong = [
        json.loads(line) for line in run("results", "--demo", "--wrong-only", "--jsonl").stdout.splitlines()
    ]
    every = [json.loads(line) for line in run("results", "--demo", "--jsonl").stdout.splitlines()]
    assert len(every) == 118
    assert wrong == [
        each for each in every if not all(one["predictionCorrect"] for one in each["predictions"])
    ]
    assert 0 < len(wrong) < 118


def test_json_is_one_list_of_whole_answers() -> None:
    done = run("results", "--demo", "--json", "--limit", "2", "--variant", "int8", "-p", "4")
    answers = json.loads(done.stdout)
    assert len(answers) == 2
    assert {"sampleId", "sample", "classifications", "predictions"} == answers[0].keys()


@pytest.mark.parametrize("form", ["--json", "--jsonl"])
def test_predictions_that_an_entry_has_of_its_own_stay_in_its_answer(form: str) -> None:
    page = example("page-motion")
    first = page["result"][0]
    first["predictions"] = {"of": "later"}
    with replay() as router:
        router["getClassifyJobResultPage"].mock(return_value=httpx.Response(200, json=page))
        done = run("results", "-p", "1", form, "--limit", "1", env={"EI_API_KEY": "key"})
    (answer,) = [json.loads(done.stdout)] if form == "--jsonl" else json.loads(done.stdout)
    own = [each for each in page["predictions"] if each["sampleId"] == first["sampleId"]]
    assert own
    assert answer == {**first, "_predictions": own}


def test_labels_choose_samples() -> None:
    done = run("results", "--demo", "--label", "walking", "--jsonl")
    labels = [json.loads(line)["sample"]["label"] for line in done.stdout.splitlines()]
    assert 0 < len(labels) < 118
    assert "walking" in labels


def test_nothing_found_is_exit_code_3(url: str, tmp_path: Path) -> None:
    done = run("results", "-p", "100", env={"EI_API_KEY": api_key(100), "EI_API_ENDPOINT": url})
    nothing = "nothing found: no samples for these options\n"
    assert (done.exit_code, done.stdout, done.stderr) == (3, "", nothing)
    done = run(
        "export", "-p", "100", "-o", str(tmp_path), "-q", env={"EI_API_KEY": "no", "EI_API_ENDPOINT": url}
    )
    assert done.exit_code == 1


def test_a_failed_call_is_one_paragraph_and_exit_code_1(url: str) -> None:
    done = run("results", "-p", "5", env={"EI_API_KEY": api_key(5), "EI_API_ENDPOINT": url})
    assert done.exit_code == 1
    assert done.stderr.startswith("error: ")
    assert "No model testing results found" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert api_key(5) not in done.stderr


def test_debug_shows_the_whole_and_no_key(url: str) -> None:
    environment = {**os.environ, "EI_API_KEY": api_key(5), "EI_API_ENDPOINT": url}
    done = subprocess.run(
        [*COMMAND, "results", "-p", "5", "--debug"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "GET /api/5/classify/all/result/page" in done.stderr
    assert api_key(5) not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["results", "--demo", "--limit", "0"], "limit"),
        (["results"], "EI_API_KEY"),
        (["results", "--demo", "--json", "--jsonl"], "not both"),
        (["export", "--demo"], "--out"),
        (["sample", "--demo"], "SAMPLE_ID"),
        (["sample", "one", "--demo"], "one"),
        (["nonsense"], "nonsense"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], word: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert word in done.stderr
    assert done.stdout == ""


def test_a_project_is_needed() -> None:
    empty = {"success": True, "projects": []}
    with replay() as router:
        router["listProjects"].mock(return_value=httpx.Response(200, json=empty))
        done = run("results", env={"EI_API_KEY": "key"})
    assert done.exit_code == 2
    assert "EI_PROJECT_ID" in done.stderr


def test_the_key_says_which_project(url: str) -> None:
    done = run("results", "--limit", "1", env={"EI_API_KEY": api_key(2), "EI_API_ENDPOINT": url})
    assert (done.exit_code, done.stderr) == (0, "1 sample\n")
    assert (
        "Diabetes progression"
        in run("projects", env={"EI_API_KEY": api_key(2), "EI_API_ENDPOINT": url}).stdout
    )


def test_run_starts_one_job_and_exports_its_results(url: str, tmp_path: Path) -> None:
    env = {"EI_API_KEY": api_key(5), "EI_API_ENDPOINT": url}
    done = run("run", "--variant", "int8", "--out", str(tmp_path / "out"), env=env)
    assert done.exit_code == 0, done.stderr
    assert "Job completed" in done.stderr
    (stored,) = open_export(tmp_path / "out").runs
    assert (stored.project_id, stored.variant, stored.sample_count, stored.complete) == (5, "int8", 118, True)
    assert not (tmp_path / "out" / ".testing.json").exists()


def test_run_that_is_killed_and_repeated_starts_no_second_job(tmp_path: Path) -> None:
    """A process that is killed at any moment, and the same command again until one gets to its end."""
    arguments = ["run", "--variant", "int8", "--out", str(tmp_path / "out"), "--quiet"]
    with Studio(job_times=JobTimes(0.1, 0.4, 0.1)) as studio, studio.serving() as served:
        env = {**os.environ, "EI_API_KEY": api_key(5), "EI_API_ENDPOINT": served}
        for delay_s in (0.5, 0.7, 0.9, 1.1, 1.3):
            process = subprocess.Popen([*COMMAND, *arguments], env=env)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(delay_s)
                break  # it was complete before it could be killed
            process.kill()
            process.wait()
            if (tmp_path / "out" / NAME).exists() and not (tmp_path / "out" / NOTE).exists():
                break  # it was complete, and the next one would be another run
        else:
            assert subprocess.run([*COMMAND, *arguments], env=env, check=False).returncode == 0
        assert [each.operation for each in studio.requests].count("startClassifyJob") == 1
    (stored,) = open_export(tmp_path / "out").runs
    assert (stored.sample_count, stored.complete, list(stored.problems)) == (118, True, [])


def test_a_sample_shows_its_variants_side_by_side() -> None:
    done = run("sample", "1001", "--demo", "--variant", "int8", "--variant", "float32")
    assert done.exit_code == 0
    assert "standing.03e9 (expected: standing) by NN Classifier" in done.stdout
    header = next(line for line in done.stdout.splitlines() if "window" in line)
    assert header.index("int8") < header.index("float32")
    answer = json.loads(run("sample", "1001", "--demo", "--json").stdout)
    assert [result["variant"] for result in answer["results"]] == ["int8", "float32"]


def test_a_job_is_followed_and_told_of() -> None:
    samples = [json.loads(line) for line in run("results", "--demo", "--jsonl").stdout.splitlines()]
    long = next(each["sampleId"] for each in samples if each["sample"]["totalLengthMs"] >= 10_000)
    done = run("sample", str(long), "--demo")
    assert done.exit_code == 0
    assert f"classifying sample {long}: job " in done.stderr
    assert "NN Classifier" in done.stdout


def test_no_such_sample_is_a_failed_call() -> None:
    done = run("sample", "99999999", "--demo")
    assert (done.exit_code, done.stdout) == (1, "")


def test_export_writes_a_folder_and_says_where(tmp_path: Path) -> None:
    out = tmp_path / "results"
    done = run("export", "--demo", "--variant", "int8", "--variant", "float32", "--out", str(out))
    assert done.exit_code == 0
    assert done.stdout == f"{out}\n"
    assert "int8: 118 of 118 samples" in done.stderr
    assert "exported 236 samples, 236 of them new" in done.stderr
    assert len(list(out.glob("**/samples/part-00000.parquet"))) == 2
    assert open_export(out).server == "https://studio.test/v1"
    again = run("export", "--demo", "--variant", "int8", "--out", str(out), "--quiet")
    assert (again.exit_code, again.stdout, again.stderr) == (0, f"{out}\n", "")
    other = run("export", "--demo", "--out", str(out), "--format", "csv")
    assert other.exit_code == 1
    assert "Use another folder for csv" in other.stderr


def test_an_export_of_the_demo_is_not_taken_for_one_of_a_server(tmp_path: Path) -> None:
    assert run("export", "--demo", "--out", str(tmp_path)).exit_code == 0
    with Studio() as studio, studio.serving() as url:
        environment = {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url}
        done = run("export", "--project", "1", "--out", str(tmp_path), env=environment)
    assert done.exit_code == 1
    assert (
        f"from the server https://studio.test/v1, and the new ones are from {url}. Use another" in done.stderr
    )
    again = run("export", "--demo", "--out", str(tmp_path))
    assert "exported 118 samples, 0 of them new" in again.stderr


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    with Studio("scale:2000", faults=["latency=0.3,on=page"]) as studio, studio.serving() as url:
        environment = {**os.environ, "EI_API_KEY": api_key(100), "EI_API_ENDPOINT": url}
        command = [*COMMAND, "export", "-p", "100", "-o", str(tmp_path), "--debug"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        while "200 in" not in process.stderr.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate()
        assert process.returncode == 130
        assert (
            f"interrupted. What was written to {tmp_path} is kept: run the same command again to continue"
            in rest
        )
        assert "Traceback" not in rest.split("interrupted")[1]
        studio.clear_faults()
        done = run(
            "export",
            "-p",
            "100",
            "-o",
            str(tmp_path),
            env={k: environment[k] for k in ("EI_API_KEY", "EI_API_ENDPOINT")},
        )
        assert "exported 2000 samples" in done.stderr


def on_a_terminal(*arguments: str, **environment: str) -> tuple[str, str]:
    """What a command prints, with stderr on a terminal and stdout in a pipe."""
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        env={**os.environ, "TERM": "xterm-256color", **environment},
        stdout=subprocess.PIPE,
        stderr=child,
        text=True,
    )
    os.close(child)
    shown = b""
    while True:
        try:
            piece = os.read(parent, 65536)
        except OSError:  # the terminal is closed
            break
        if not piece:
            break
        shown += piece
    os.close(parent)
    out, _ = process.communicate()
    return out, shown.decode()


def test_on_a_terminal_there_is_a_bar_in_colours_unless_they_are_unwanted(tmp_path: Path) -> None:
    out, shown = on_a_terminal("export", "--demo", "-o", str(tmp_path))
    assert out == f"{tmp_path}\n"
    assert "118/118 samples" in shown
    assert "MB" in shown
    assert "\x1b[3" in shown
    _, plain = on_a_terminal("export", "--demo", "-o", str(tmp_path / "again"), NO_COLOR="1")
    assert "118/118 samples" in plain
    assert "\x1b[3" not in plain


def test_a_reader_that_stops_reading_is_no_failure() -> None:
    process = subprocess.run(
        f"{sys.executable} -m ei_classify.cli results --demo --jsonl | head -n 1",
        shell=True,  # a pipe, as a user types it
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(process.stdout)["sampleId"] == 1001
    assert process.stderr == ""


def test_help_imports_nothing_heavy() -> None:
    program = """
import sys
from importlib import metadata
from ei_classify.cli import app
from typer.testing import CliRunner
before = set(sys.modules)
result = CliRunner().invoke(app, sys.argv[1:])
assert result.exit_code == 0, result
heavy = {"httpx", "rich", "obstore", "pyarrow", "msgspec", "attrs", "ei_classify_api", "ei_classify_mocks"}
print(sorted(heavy & set(sys.modules)))
print(result.stdout)
"""
    for arguments in (["--help"], ["export", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
        )
        assert done.stdout.startswith("[]\nUsage: "), done.stdout


@pytest.mark.parametrize(
    ("module", "extra", "arguments"),
    [("starlette", "mocks", ["results", "--demo"]), ("pyarrow", "tables", ["export", "--demo", "--out"])],
)
def test_what_an_extra_brings_is_missed_in_one_line(
    module: str, extra: str, arguments: list[str], tmp_path: Path
) -> None:
    program = f"import sys; sys.modules[{module!r}] = None; from ei_classify.cli import main; main()"
    if arguments[-1] == "--out":
        arguments = [*arguments, str(tmp_path / "out")]
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(
        f"error: {module} is needed and not installed. It comes with the extra `{extra}`: "
    )
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_the_doubles_have_commands() -> None:
    done = subprocess.run([*COMMAND, "studio", "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--fault" in done.stdout
    process = subprocess.Popen([*COMMAND, "studio", "--port", "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith(
            "The Studio double is ready: EI_API_ENDPOINT=http://127.0.0.1:"
        )
    finally:
        process.terminate()
        process.communicate()


@pytest.mark.parametrize("module", ["ei_classify", "ei_classify.cli"])
def test_the_version_is_that_of_the_package(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"ei-classify {metadata.version('ei-classify')}\n"
    assert ei_classify.__version__ == metadata.version("ei-classify")
