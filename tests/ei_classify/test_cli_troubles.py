"""The command line where something is amiss: what is missing, what cannot be written, what was mistyped."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
