"""How fast a page becomes objects: beside the vendor's bindings, the generator's own output and untyped JSON.

Every figure comes from processes that hold one peer each, started in turn, round after round; the best of all
rounds counts, so that other load on the machine disturbs all peers alike.
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
from .tables import seconds_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

NAMES = ["untyped", "ours", "default", "edgeimpulse-api"]
PAGES: dict[str, Callable[[], bytes]] = {
    "Keyword spotting: 100 samples x 50 windows x 5 labels": pages.keyword_spotting,
    "Object detection: 100 images x 10 boxes": pages.object_detection,
}
ODD: dict[str, Callable[[bytes], bytes]] = {
    "an unknown property in each sample, prediction and learn block": pages.grown_everywhere,
    "nulls in maps": pages.with_nulls,
    "values that are set aside": pages.with_odd_values,
}
ODD_NAMES = {
    "untyped": "untyped",
    "ours": "objects, the first such page",
    "familiar": "objects, the next",
    "tables": "tables, the next",
}


def run(arguments: argparse.Namespace) -> int:
    """Measure and print the tables; the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        default = _default_output(Path(folder) / "default")
        files = {}
        for name, make in PAGES.items():
            files[name] = Path(folder) / f"{name}.json"
            files[name].write_bytes(make())
        measure = _Measure(default)
        imports = {peer: float("inf") for peer in NAMES}
        times = {(page, peer): float("inf") for page in PAGES for peer in NAMES}
        for _ in range(arguments.rounds):
            for peer in NAMES:
                imports[peer] = min(imports[peer], measure(peer, "import")["seconds"])
            for page, file in files.items():
                for peer in NAMES:
                    seconds = measure(peer, "time", str(file))["seconds"]
                    times[page, peer] = min(times[page, peer], seconds)
        console = Console(width=100)
        for page, file in files.items():
            size = file.stat().st_size
            table = _table(f"{page}, {size / 1e6:.2f} MB")
            for peer in NAMES:
                memory = measure(peer, "memory", str(file))
                table.add_row(
                    peer,
                    f"{times[page, peer] * 1e3:.1f}",
                    f"{size / 1e6 / times[page, peer]:.0f}",
                    f"{times[page, peer] / times[page, 'untyped']:.2f}",
                    f"{times[page, peer] / times[page, 'ours']:.2f}",
                    f"{memory['peak'] / 1e6:.1f}",
                    f"{memory['kept'] / 1e6:.1f}",
                    f"{imports[peer] * 1e3:.0f}",
                )
            console.print(table)
        _measure_odd(Path(folder), arguments.rounds, console)
    return 0


def _measure_odd(folder: Path, rounds: int, console: Console) -> None:
    """Measure pages that are odd, each against untyped JSON of the same page."""
    for title, make in PAGES.items():
        table = Table(title=f"{title}, ÷ untyped", title_justify="left")
        table.add_column("")
        for name in list(ODD_NAMES.values())[1:]:
            table.add_column(name, justify="right")
        for what, change in ODD.items():
            page = folder / "odd.json"
            page.write_bytes(change(make()))
            best = dict.fromkeys(ODD_NAMES, float("inf"))
            for _ in range(rounds):
                for peer in ODD_NAMES:
                    best[peer] = min(best[peer], seconds_of(peer, page))
            table.add_row(what, *(f"{best[peer] / best['untyped']:.2f}" for peer in list(ODD_NAMES)[1:]))
        console.print(table)


class _Measure:
    def __init__(self, default: Path) -> None:
        self._default = default

    def __call__(self, peer: str, kind: str, *page: str) -> dict[str, float]:
        package = self._default if peer == "default" else ROOT / "generated"
        script = Path(__file__).with_name("decode_peer.py")
        command = [sys.executable, str(script), peer, kind, *page]
        environment = {**os.environ, "PYTHONPATH": str(package)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody imports without a bytecode cache
        process = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if process.returncode != 0:
            fail(f"{peer} could not be measured ({kind}):\n{process.stderr}")
        figures: dict[str, float] = json.loads(process.stdout)
        return figures


def _default_output(folder: Path) -> Path:
    from tools.generator import generate

    folder.mkdir()
    generate(folder / "ei_classify_api", templates=False)
    return folder


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("", "ms", "MB/s", "÷ untyped", "÷ ours", "peak MB", "kept MB", "import ms"):
        table.add_column(column, justify="right" if column else "left")
    return table
