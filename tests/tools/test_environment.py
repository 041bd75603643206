from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_set_up_that_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tools", project / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "pyproject.toml").write_text('[project]\nname = "nothing"\nversion = "1"\n')
    (project / "constraints.txt").write_text("")
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)  # as far as it had come: no pip
    code = (
        "from tools import environment as it\n"
        "it._run = lambda command, *_: print(command[1:4])\n"
        "it._go_on_in = print\n"
        "it.enter()"
    )
    base = Path(sys.base_prefix) / "bin" / "python3"
    ran = subprocess.run([str(base), "-c", code], cwd=project, capture_output=True, text=True, check=True)
    first, *others = ran.stdout.splitlines()
    assert first == "['-m', 'venv', '--clear']"
    assert len(others) == 3
