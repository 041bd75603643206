"""The command line where something is amiss: what is missing, what cannot be written, what was mistyped."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from ei_classify_mocks.studio import JobTimes, Studio, api_key

from tests.command_line import invoke
from tests.ei_classify_mocks.studio.asking import TESTED

COMMAND = [sys.executable, "-m", "ei_classify.cli"]
CLI = "from ei_classify.cli import main; main()"
DOUBLES = "from ei_classify_mocks.__main__ import main; raise SystemExit(main())"


def python(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("program", "arguments", "module"),
    [(CLI, ["studio"], "starlette"), (CLI, ["mock"], "yaml"), (DOUBLES, [], "starlette")],
)
def test_without_the_extra_each_double_says_what_to_install(
    program: str, arguments: list[str], module: str
) -> None:
    done = python(f"import sys; sys.modules[{module!r}] = None; {program}", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"error: {module} is needed and not installed. It comes with the extra `mocks`: "
        "pip install '.[mocks]' in a clone, or 'ei-classify[mocks]' elsewhere\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--port", "99999"], "--port: it takes a number from 0 to 65535, not 99999"),
        (["--project", "nope"], "scale:"),
        (["--fault", "bogus=1"], "there is no fault 'bogus'"),
        (["--job-times", "1,2"], "--job-times takes three numbers"),
    ],
)
def test_wrong_usage_of_the_studio_is_exit_code_2(arguments: list[str], words: str) -> None:
    done = invoke(["studio", *arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


RESULTS = [["results", "--demo"], ["results", "--demo", "--json"], ["results", "--demo", "--jsonl"]]
SAMPLE = [["sample", "1001", "--demo"], ["sample", "1001", "--demo", "--json"]]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["results", "--demo"], SAMPLE[1]])
def test_a_full_disk_below_stdout_is_one_line_and_exit_code_1(
    arguments: list[str], unbuffered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
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


@pytest.mark.parametrize("arguments", [["results", "--demo", "--jsonl"], SAMPLE[0]])
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
    done = invoke(arguments, charset="ascii")
    assert done.exit_code == 0, done.stderr
    if any(word.startswith("--json") for word in arguments):
        text = done.stdout_bytes.decode("utf-8")
        assert json.loads(text.splitlines()[0] if "--jsonl" in arguments else text)
    else:
        assert b"standing" in done.stdout_bytes
        assert done.stdout_bytes.isascii()


def test_a_closed_stderr_puts_no_message_among_the_results() -> None:
    done = subprocess.run(
        ["sh", "-c", '"$@" 2>&-', "sh", *COMMAND, "results", "--project", "1"],
        stdout=subprocess.PIPE,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")


OPTIONS = ["--variant", "--label", "--out", "--project", "--impulse", "--format", "--api-endpoint"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such arguments")
@pytest.mark.parametrize(
    "arguments",
    [
        *([b"export", b"-p", b"1", b"-o", b"out", each.encode(), b"\xff"] for each in OPTIONS),
        [b"results", b"-p", b"1", b"--variant", b"\xff"],
        [b"results", b"-p", b"1", b"--label", b"\xff"],
        [b"sample", b"1", b"-p", b"1", b"--variant", b"\xff"],
        [b"sample", b"\xff", b"-p", b"1"],
        [b"\xff"],
    ],
)
def test_an_argument_that_is_not_utf_8_is_wrong_usage(arguments: list[bytes], tmp_path: Path) -> None:
    environment = {**os.environ, "EI_API_KEY": "key", "EI_API_ENDPOINT": "http://127.0.0.1:9"}
    done = subprocess.run(
        [*map(os.fsencode, COMMAND), *arguments],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    error = done.stderr.splitlines()[-1]
    assert error.lower().startswith("error: "), done.stderr
    assert "\\udcff" in error or "--api-endpoint" in error
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["EI_API_KEY", "EI_API_ENDPOINT", "EI_PROJECT_ID"])
def test_a_variable_that_is_not_utf_8_is_wrong_usage(name: str) -> None:
    environment = {"EI_API_KEY": "key", "EI_API_ENDPOINT": "http://127.0.0.1:9", "EI_PROJECT_ID": "1"}
    done = subprocess.run(
        [*COMMAND, "results"],
        env={**os.environ, **environment, name: "https://\udcff/"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert name in done.stderr


def test_the_title_of_a_small_table_is_one_line() -> None:
    done = invoke(["sample", "1001", "--demo", "--variant", "int8"])
    titles = [line for line in done.stdout.splitlines() if "(expected: standing) by " in line]
    assert len(titles) == len(done.stdout.split("window")) - 1
    assert titles[-1].endswith("by Anomaly detection")


def test_one_sample_is_not_several(tmp_path: Path) -> None:
    with Studio("scale:1") as studio, studio.serving() as url:
        done = invoke(
            ["export", "-p", "100", "-o", str(tmp_path)],
            env={"EI_API_KEY": api_key(100), "EI_API_ENDPOINT": url},
        )
    assert done.exit_code == 0
    assert "results: 1 of 1 sample, " in done.stderr
    assert "\nexported 1 sample, 1 of them new\n" in done.stderr


def test_a_job_that_takes_too_long_can_be_followed_further() -> None:
    times = JobTimes(wait_s=0.0, run_s=0.6, lag_s=0.0)
    with Studio(job_times=times) as studio, studio.serving() as url:
        environment = {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}
        command = ["sample", "1117", "--variant", "int8"]
        late = invoke([*command, "--job-timeout", "0.1"], env=environment)
        assert late.exit_code == 1
        assert "job_id=" not in late.stderr
        [job_id] = re.findall(r"Run the same command with --job-id (\d+) to continue waiting", late.stderr)
        done = invoke([*command, "--job-id", job_id], env=environment)
        assert done.exit_code == 0, done.stderr
        assert f"job {job_id} " in done.stderr
        jobs = [each for each in studio.requests if each.method == "POST"]
    assert "by NN Classifier" in done.stdout
    assert len(jobs) == 2, "the job was started once, and its result was asked for once"


@pytest.mark.parametrize("fault", ["status=500,on=job,skip=1", "status=401,on=variants,skip=1"])
def test_a_call_that_fails_on_the_way_names_the_job_to_go_on_with(fault: str) -> None:
    times = JobTimes(wait_s=0.0, run_s=0.3, lag_s=0.0)
    with Studio(job_times=times, faults=[fault]) as studio, studio.serving() as url:
        environment = {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}
        command = ["sample", "1117", "--variant", "int8"]
        failed = invoke(command, env=environment)
        assert failed.exit_code == 1
        [job_id] = re.findall(
            r"To continue following the job, run the same command with --job-id (\d+)\.\n$", failed.stderr
        )
        studio.clear_faults()
        done = invoke([*command, "--job-id", job_id], env=environment)
    assert done.exit_code == 0, done.stderr


def test_after_ctrl_c_a_job_can_be_followed_further() -> None:
    times = JobTimes(wait_s=0.0, run_s=60.0, lag_s=0.0)
    with Studio(job_times=times) as studio, studio.serving() as url:
        environment = {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}
        command = [*COMMAND, "sample", "1117"]
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        [job_id] = re.findall(r": job (\d+) ", process.stderr.readline())
        process.send_signal(signal.SIGINT)
        _, rest = process.communicate()
    assert process.returncode == 130
    assert rest.endswith(
        f"interrupted. The job continues on the server: add --job-id {job_id} to continue following it\n"
    )


def test_a_job_of_the_demo_cannot_be_followed_further() -> None:
    done = invoke(["sample", "1117", "--demo", "--job-timeout", "0.1"])
    assert done.exit_code == 1
    assert "with a longer --job-timeout" in done.stderr
    assert "--job-id" not in done.stderr


def test_keys_are_spoken_of_as_the_command_line_takes_them() -> None:
    with Studio() as studio, studio.serving() as url:
        environment = {"EI_API_ENDPOINT": url, "EI_PROJECT_ID": "1"}
        without = invoke(["results"], env={**environment, "EI_API_KEY": " "})
        wrong = invoke(["results"], env={**environment, "EI_API_KEY": "wrong"})
    assert (without.exit_code, wrong.exit_code) == (2, 1)
    assert "set EI_API_KEY" in without.stderr
    assert wrong.stderr.endswith("Check the API key in EI_API_KEY.\n")
    for word in ("api_key=", "`api_key`", "jwt_token"):
        assert word not in without.stderr + wrong.stderr


def test_the_demo_says_which_projects_it_has() -> None:
    done = invoke(["results", "--demo", "--project", "99"])
    assert (done.exit_code, done.stdout) == (2, "")
    known = ", ".join(map(str, TESTED))
    assert f"--demo has only the projects {known}, not 99" in " ".join(done.stderr.split())


def test_results_that_change_during_an_export_can_be_exported_anew(tmp_path: Path) -> None:
    with Studio("scale:500", faults=["vanish=1"]) as studio, studio.serving() as url:
        environment = {"EI_API_KEY": api_key(100), "EI_API_ENDPOINT": url}
        command = ["export", "-p", "100", "-o", str(tmp_path)]
        done = invoke(command, env=environment)
        assert done.exit_code == 1
        assert done.stderr.endswith("run the same command with --restart.\n"), done.stderr
        studio.clear_faults()
        again = invoke([*command, "--restart"], env=environment)
    assert again.exit_code == 0, again.stderr
    assert "\nexported 500 samples, 500 of them new\n" in again.stderr
