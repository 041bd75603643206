from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.processes import descendants, still_alive

ROOT = Path(__file__).parents[2]

SLOW = """
import pathlib, time, pytest

@pytest.fixture(scope="session", autouse=True)
def slow(tmp_path_factory):
    pathlib.Path("{ready}").touch()
    yield
    pathlib.Path("{clean}").touch()

def test_slow():
    time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM])
def test_told_to_end_the_test_script_lets_the_tests_clean_up_and_leaves_no_process(
    number: signal.Signals, tmp_path: Path
) -> None:
    ready, clean = tmp_path / "ready", tmp_path / "clean"
    slow = tmp_path / "test_slow.py"
    slow.write_text(SLOW.format(ready=ready, clean=clean))
    command = [
        sys.executable,
        str(ROOT / "scripts" / "test"),
        str(slow),
        "-n0",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as script:
        deadline = time.monotonic() + 30
        while not ready.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)
        started = descendants(script.pid)
        script.send_signal(number)
        assert script.wait(timeout=20) != 0
        script.communicate()
    assert started
    assert still_alive(started) == []
    assert clean.exists()


def test_a_set_up_that_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "scripts", project / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "pyproject.toml").write_text('[project]\nname = "nothing"\nversion = "1"\n')
    (project / "constraints.txt").write_text("")
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)  # as far as it had come: no pip
    code = (
        "import _environment as it; it._run = lambda command, *_: print(command[1:4]); it._go_on_in = print;"
        "it.enter()"
    )
    base = Path(sys.base_prefix) / "bin" / "python3"
    ran = subprocess.run(
        [str(base), "-c", code], cwd=project / "scripts", capture_output=True, text=True, check=True
    )
    first, *others = ran.stdout.splitlines()
    assert first == "['-m', 'venv', '--clear']"
    assert len(others) == 3
