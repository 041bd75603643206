"""Setting up, as far as the network is not needed: with a wheel of our own in place of an index."""

from __future__ import annotations

import base64
import ensurepip
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BASE_PYTHON = Path(sys.base_prefix) / "bin" / "python3"


def copy_of_tools(tmp_path: Path, lock: str) -> Path:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "tools", project / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "pyproject.toml").write_text('[project]\nname = "nothing"\nversion = "1"\n')
    (project / "constraints.txt").write_text(lock)
    (project / ".venv" / "bin").mkdir(parents=True)
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)  # as far as it had come: no pip
    return project


def test_a_set_up_that_was_broken_off_is_begun_anew(tmp_path: Path) -> None:
    project = copy_of_tools(tmp_path, "pip==26.3 \\\n    --hash=sha256:00\n")
    code = (
        "from tools import environment as it\n"
        "it._run = lambda command, *_: print(command[1:4])\n"
        "it._go_on_in = print\n"
        "it.enter()"
    )
    ran = subprocess.run(
        [str(BASE_PYTHON), "-c", code], cwd=project, capture_output=True, text=True, check=True
    )
    first, *others = ran.stdout.splitlines()
    assert first == "['-m', 'venv', '--clear']"
    assert len(others) == 4


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel of a package that no index has, in a folder of its own."""
    path = tmp_path / "wheels" / "made_up_package-1.0-py3-none-any.whl"
    path.parent.mkdir()
    about = "made_up_package-1.0.dist-info"
    files = {
        "made_up_package.py": "",
        f"{about}/METADATA": "Metadata-Version: 2.1\nName: made-up-package\nVersion: 1.0\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        for name, text in files.items()
    }
    record = "".join(f"{name},sha256={digests[name]},{len(text)}\n" for name, text in files.items())
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**files, f"{about}/RECORD": record + f"{about}/RECORD,,\n"}.items():
            archive.writestr(name, text)
    return path


BUNDLED = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))

TRY = """\
from tools.environment import LOCK, enter_apart
enter_apart("apart", LOCK)
import made_up_package
print("entered")
"""


def pinned(wheel: Path, digest: str | None = "") -> str:
    name, version = wheel.name.split("-")[:2]
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return (
        f"{name}=={version}" + ("" if digest is None else f" \\\n    --hash=sha256:{digest or right}") + "\n"
    )


@pytest.mark.parametrize(
    ("digest", "said"),
    [
        ("", None),
        ("0" * 64, "THESE PACKAGES DO NOT MATCH THE HASHES"),
        (None, "Hashes are required in --require-hashes mode"),
    ],
)
def test_only_files_with_the_hashes_of_the_lock_are_installed(
    digest: str | None, said: str | None, wheel: Path, tmp_path: Path
) -> None:
    project = copy_of_tools(tmp_path, pinned(BUNDLED, digest and "") + pinned(wheel, digest))
    (project / "try.py").write_text(TRY)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))},
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": f"{wheel.parent} {BUNDLED.parent}",
    }
    ran = subprocess.run(
        [str(BASE_PYTHON), "try.py"],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said is None:
        assert (ran.returncode, ran.stdout) == (0, "entered\n"), ran.stderr
    else:
        assert ran.returncode == 1
        assert said in ran.stderr
        assert not list(project.glob(".apart/**/made_up_package.py"))
        assert not (project / ".apart" / ".complete").exists()
