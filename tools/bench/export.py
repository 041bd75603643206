"""How fast an export is, and how much memory it takes: projects of three sizes, from a server beside it.

The server and each export are processes of their own. An export takes about as much memory for 100,000
samples as for 10,000.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tools.environment import fail

from .double import PROJECTS, SIZES, serving

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Measure and print the table; the exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends what was started, too
    figures: dict[int, dict[str, float]] = {}
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        for number in range(arguments.rounds):
            for size in SIZES:
                found = _export(url, PROJECTS[size], Path(folder) / f"{number}-{size}")
                if size not in figures or found["seconds"] < figures[size]["seconds"]:
                    figures[size] = found
    table = Table(
        title="Export as Parquet: 5 windows x 5 labels a sample, pages of 100", title_justify="left"
    )
    for column in ("samples", "rows", "s", "samples/s", "rows/s", "MB on disk", "peak RSS (MB)", "÷ 10,000"):
        table.add_column(column, justify="right")
    for size, found in figures.items():
        table.add_row(
            f"{size:,}",
            f"{found['rows']:,.0f}",
            f"{found['seconds']:.1f}",
            f"{size / found['seconds']:,.0f}",
            f"{found['rows'] / found['seconds']:,.0f}",
            f"{found['bytes'] / 1e6:.1f}",
            f"{found['peak'] / 1e6:.0f}",
            f"{found['peak'] / figures[10_000]['peak']:.2f}",
        )
    Console().print(table)
    return 0


def _export(url: str, project: int, folder: Path) -> dict[str, float]:
    script = Path(__file__).with_name("export_peer.py")
    process = subprocess.run(
        [sys.executable, str(script), url, str(project), str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode != 0:
        fail(f"the export could not be measured:\n{process.stderr}")
    figures: dict[str, float] = json.loads(process.stdout)
    return figures
