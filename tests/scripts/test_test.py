from __future__ import annotations

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
