"""How fast all results are fetched: eight calls under way, against the vendor's bindings page after page.

Both read 10,000 samples in pages of 100 from a server of this machine that takes 50 ms for each answer. Every
figure comes from a process of its own, started in turn, round after round; the best of all rounds counts.
"""

from __future__ import annotations

import contextlib
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
    from collections.abc import Callable, Iterator

VENDOR = "edgeimpulse-api"
NAMES = [VENDOR, "ours, sync", "ours, async", "decoding"]
SAMPLES = 10_000
FEWER = 2_000
PAGES: dict[str, tuple[Callable[[], bytes], float]] = {
    "Keyword spotting, 50 windows a sample": (pages.keyword_spotting, 5),
    "One window a sample": (lambda: pages.keyword_spotting(windows=1), 8),
}


def run(arguments: argparse.Namespace) -> int:
    """Measure and print the tables; the exit code."""
    console = Console()
    for title, (make, target) in PAGES.items():
        page = make()
        with _serving(page) as url:
            best = {name: float("inf") for name in NAMES}
            cpu = dict(best)
            peak = dict.fromkeys(NAMES, 0.0)
            for _ in range(arguments.rounds):
                for name in NAMES:
                    figures = _measure(name, url, SAMPLES)
                    best[name] = min(best[name], figures["seconds"])
                    cpu[name] = min(cpu[name], figures["cpu"])
                    peak[name] = max(peak[name], figures["peak"])
            fewer = {name: _measure(name, url, FEWER)["peak"] for name in NAMES}
        table = Table(title=f"{title}, {len(page) / 1e6:.2f} MB a page", title_justify="left")
        for column in ("", "s", "times faster", "CPU s", f"peak MB at {SAMPLES:,}", f"at {FEWER:,} samples"):
            table.add_column(column, justify="right" if column else "left")
        for name in NAMES:
            table.add_row(
                name,
                f"{best[name]:.2f}",
                "" if name == "decoding" else f"{best[VENDOR] / best[name]:.1f}",
                f"{cpu[name]:.2f}",
                f"{peak[name] / 1e6:.0f}",
                f"{fewer[name] / 1e6:.0f}",
            )
        console.print(table)
        for name in ("ours, sync", "ours, async"):
            console.print(f"{name}: decoding is {best['decoding'] / best[name]:.0%} of the time")
        console.print(f"hoped for: {target} times faster\n")
    return 0


@contextlib.contextmanager
def _serving(page: bytes) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.json"
        file.write_bytes(page)
        command = [sys.executable, str(Path(__file__).with_name("fetch_server.py")), str(file)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            try:
                port = server.stdout.readline().strip() if server.stdout else ""
                if not port:
                    fail("the server did not start; its own message is above")
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def _measure(peer: str, url: str, samples: int) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__).with_name("fetch_peer.py")), peer, url, str(samples)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "generated"), str(ROOT / "src")])}
    process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if process.returncode != 0:
        fail(f"{peer} could not be measured:\n{process.stderr}")
    figures: dict[str, float] = json.loads(process.stdout)
    return figures
