"""The environment of the peers: what decodes next to us, and is no part of this project."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

from tools.environment import ROOT, fail, python_of

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / ".bench"
PEERS = FOLDER / "peers"
PYTHON = python_of(PEERS)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REQUIREMENTS = ["edgeimpulse-api==1.96.3", *PROJECT["dependencies"]]


def set_up() -> Path:
    """The Python of an environment that has all peers, made when it is missing or out of date."""
    constraints = ROOT / "constraints.txt"
    wanted = hashlib.sha256("\0".join([*REQUIREMENTS, constraints.read_text("utf-8"), sys.version]).encode())
    stamp = PEERS / ".complete"
    if stamp.exists() and stamp.read_text("utf-8") == wanted.hexdigest():
        return PYTHON
    print(f"setting up {PEERS.relative_to(ROOT)}/ …", file=sys.stderr)
    shutil.rmtree(PEERS, ignore_errors=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([*pip, "--constraint", str(constraints), *REQUIREMENTS], check=True)
    except subprocess.CalledProcessError as error:
        fail(f"could not install {', '.join(REQUIREMENTS)}: exit code {error.returncode}; see above")
    stamp.write_text(wanted.hexdigest(), "utf-8")
    return PYTHON
