"""The index that pip is configured for, told to uv. No file names it."""

from __future__ import annotations

import os
import subprocess
import sys

OF_UV = {"index-url": "UV_DEFAULT_INDEX", "cert": "SSL_CERT_FILE"}
"""Settings of pip, and how uv is told the same."""


def settings_of_pip() -> dict[str, str]:
    """The variables for uv that the environment does not set itself."""
    pip = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(pip, capture_output=True, text=True, check=True).stdout
    found = {}
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        if variable := OF_UV.get(name.rpartition(".")[2]):
            found[variable] = value.strip("'\"")
    return {variable: value for variable, value in found.items() if variable not in os.environ}
