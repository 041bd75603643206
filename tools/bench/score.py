"""Scores of 10 million windows, against scikit-learn on the same columns in memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse

SAMPLES = 200_000
WINDOWS = 50


def run(arguments: argparse.Namespace) -> int:
    """Print the times, the ratio and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        _peer("write", folder)
        best: dict[str, dict[str, Any]] = {}
        for _ in range(arguments.rounds):
            for name in ("without", "with", "sklearn"):
                found = _peer(name, folder)
                if name not in best or found["seconds"] < best[name]["seconds"]:
                    best[name] = found
                print(f"{name:8} {found['seconds']:.1f} s, {found['peak_mb']:.0f} MB", flush=True)
    plain, drawn, peer = (best[name]["seconds"] for name in ("without", "with", "sklearn"))
    print(f"scikit-learn takes {peer / plain:.1f} × as long as all figures without intervals")
    print(f"1,000 replicates take {drawn / plain:.2f} × as long as none")
    print(f"accuracy {best['with']['accuracy']} and {best['sklearn']['accuracy']}")
    return 0


def _peer(name: str, folder: str) -> Any:
    """Run one part in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "tools.bench.score_peer", name, folder, str(SAMPLES), str(WINDOWS)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    return json.loads(done.stdout)
