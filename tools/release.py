"""Builds the distributions, installs them as users do, and finds what only a person can do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from tools.environment import ROOT, fail, python_of
from tools.indexes import settings_of_pip

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
PLACEHOLDER = "OWNER"
"""Stands in the address of the repository until a person puts theirs in its place."""
IMPORTS = {
    "": "import ei_classify, ei_classify_api; ei_classify.ClassifyClient, ei_classify_api.Client",
    "mocks": "from ei_classify_mocks import Studio, replay; Studio().__enter__()",
    "report": "import ei_classify.report; ei_classify.report.report",
    "scoring": "import ei_classify.scoring; ei_classify.scoring.score",
    "storage": "import ei_classify.export, obstore; ei_classify.open_export",
    "tables": "import ei_classify.tables; ei_classify.tables.SCHEMAS",
}
"""What works with the extra alone; without any, with the wheel alone."""


def build(folder: Path) -> Path:
    """Write the bill of materials and both distributions, and check them; returns the wheel."""
    _run([sys.executable, str(ROOT / "scripts" / "sbom")])
    shutil.rmtree(folder, ignore_errors=True)
    # The build backend is there, locked with hashes.
    _run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)])
    built = sorted(map(str, folder.iterdir()))
    _run([sys.executable, "-m", "twine", "check", "--strict", *built])
    _run([sys.executable, "-m", "check_wheel_contents", *(each for each in built if each.endswith(".whl"))])
    return next(folder.glob("*.whl"))


def try_out(wheel: Path) -> None:
    """Install the wheel into fresh environments, alone and with each extra, and use it there."""
    uv = [sys.executable, "-m", "uv", "--no-config", "--quiet"]
    environment = {**os.environ, **settings_of_pip()}
    if unknown := PROJECT["optional-dependencies"].keys() - IMPORTS.keys():
        fail(f"IMPORTS of {Path(__file__).name} does not say how to try {', '.join(sorted(unknown))}")
    for extra, code in IMPORTS.items():
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            python = str(python_of(folder / "fresh"))
            _run([*uv, "venv", "--python", sys.executable, str(folder / "fresh")], environment)
            wanted = f"{wheel.resolve()}[{extra}]" if extra else str(wheel.resolve())
            _run([*uv, "pip", "install", "--python", python, wanted], environment)
            _run([python, "-I", "-W", "error", "-c", code], folder=folder)
            _run([str(Path(python).with_name("ei-classify")), "--version"], folder=folder)


def left_to_do(tag: str | None) -> list[str]:
    """What a person has to do before a release, or after it is built, as far as files and git show it."""
    version = PROJECT["version"]
    repository = PYPROJECT["tool"]["hatch"]["metadata"]["hooks"]["custom"]["repository"]
    left = []
    if PLACEHOLDER in repository:
        where = _git("grep", "--files-with-matches", "--fixed-strings", repository).split()
        left.append(f"put the address of the repository in place of {repository} in {', '.join(where)}")
    if f"\n## [{version}]" not in (ROOT / "CHANGELOG.md").read_text("utf-8"):
        left.append(f"give the changes in CHANGELOG.md the heading [{version}] and a date")
    if _git("status", "--porcelain"):
        left.append("commit what is not committed: git status lists it")
    if f"v{version}" not in (_git("tag", "--points-at", "HEAD").split() if tag is None else [tag]):
        left.append(
            f"tag the commit v{version}, and push the tag: .github/workflows/release.yml publishes it"
        )
    return left


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _run(command: list[str], environment: dict[str, str] | None = None, *, folder: Path = ROOT) -> None:
    shown = " ".join(Path(part).name if part.startswith("/") else part for part in command)
    print(f"$ {shown}", flush=True)
    done = subprocess.run(command, cwd=folder, env=environment, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        fail(f"`{shown}` ended with exit code {done.returncode}; its own message is above")
