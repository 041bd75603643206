"""How fast a page becomes tables: beside untyped JSON, our typed objects and the vendor's bindings.

As in `decode`, each figure comes from a process of its own; the best of all rounds counts.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from tools.environment import ROOT, fail

from . import pages

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

NAMES = {
    "untyped": "untyped JSON: `msgspec.json.decode`",
    "read": "decoded for tables",
    "tables": "all tables",
    "ours": "typed objects",
    "edgeimpulse-api": "the vendor's objects",
}
PAGES: dict[str, Callable[[], bytes]] = {
    "Keyword spotting: 100 samples x 50 windows x 5 labels": pages.keyword_spotting,
    "Object detection: 100 images x 10 boxes": pages.object_detection,
}


def run(arguments: argparse.Namespace) -> int:
    """Measure and print the tables; the exit code."""
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        for title, make in PAGES.items():
            page = Path(folder) / "page.json"
            page.write_bytes(make())
            seconds = dict.fromkeys(NAMES, float("inf"))
            for _ in range(arguments.rounds):
                for peer in NAMES:
                    seconds[peer] = min(seconds[peer], seconds_of(peer, page))
            table = Table(title=f"{title}, {page.stat().st_size / 1e6:.2f} MB", title_justify="left")
            for column in ("", "ms", "MB/s", "÷ untyped", "÷ all tables"):
                table.add_column(column, justify="right" if column else "left")
            for peer, name in NAMES.items():
                table.add_row(
                    name,
                    f"{seconds[peer] * 1e3:.1f}",
                    f"{page.stat().st_size / 1e6 / seconds[peer]:.0f}",
                    f"{seconds[peer] / seconds['untyped']:.2f}",
                    f"{seconds[peer] / seconds['tables']:.2f}",
                )
            console.print(table)
    return 0


def seconds_of(peer: str, page: Path) -> float:
    """The shortest time that a peer takes for a page, in a process of its own."""
    script = Path(__file__).with_name("decode_peer.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "generated"), str(ROOT / "src")])}
    process = subprocess.run(
        [sys.executable, str(script), peer, "time", str(page)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode != 0:
        fail(f"{peer} could not be measured:\n{process.stderr}")
    return float(json.loads(process.stdout)["seconds"])
