"""How soon `ei-classify results` prints, how long it takes, and how much memory: projects of three sizes.

The server and each command are processes of their own. The largest project is read once in each form. `head`
closes the pipe after three lines, as `head -3` does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.table import Table

from tools.environment import fail

from .double import PROJECTS, SIZES, serving

if TYPE_CHECKING:
    import argparse
    from typing import IO

FORMS: Final[dict[str, tuple[list[str], int | None]]] = {
    "table": ([], None),
    "--json": (["--json"], None),
    "--jsonl": (["--jsonl"], None),
    "table, head": ([], 3),
    "--json, head": (["--json"], 3),
}
"""The options of each form, and the number of lines to read; None for all."""


def run(arguments: argparse.Namespace) -> int:
    """Measure and print the table; the exit code."""
    table = Table(
        title="ei-classify results: 5 windows x 5 labels a sample, pages of 100", title_justify="left"
    )
    for column in ("", "samples", "first byte (s)", "total (s)", "MB printed", "peak RSS (MB)"):
        table.add_column(column, justify="right" if column else "left")
    with serving() as url:
        for form, (options, lines) in FORMS.items():
            for size in SIZES:
                rounds = 1 if size == SIZES[-1] else arguments.rounds
                found = [_measured(url, size, options, lines) for _ in range(rounds)]
                first, total, printed, peak = (min(each) for each in zip(*found, strict=True))
                table.add_row(
                    form,
                    f"{size:,}",
                    f"{first:.2f}",
                    f"{total:.2f}",
                    f"{printed / 1e6:.1f}",
                    f"{peak / 1e6:.0f}",
                )
    Console().print(table)
    return 0


def _measured(
    url: str, size: int, options: list[str], lines: int | None
) -> tuple[float, float, float, float]:
    """Return the seconds until the first byte and until the end, the bytes printed, and the peak of RSS."""
    project = PROJECTS[size]
    command = [sys.executable, "-m", "ei_classify", "results", "--project", str(project), "--quiet"]
    environment = {**os.environ, "EI_API_KEY": f"ei_studio_key_{project}", "EI_API_ENDPOINT": url}
    start = time.perf_counter()
    with subprocess.Popen([*command, *options], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # it is a pipe  # noqa: S101
        printed = len(process.stdout.read(1))
        first = time.perf_counter() - start
        printed += _read(process.stdout, lines)
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        total = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        fail(f"the command ended with exit code {process.returncode}; its message is above")
    return first, total, printed, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _read(stream: IO[bytes], lines: int | None) -> int:
    """Read so many lines, or everything; the number of bytes."""
    if lines is not None:
        return sum(len(stream.readline()) for _ in range(lines))
    count = 0
    while chunk := stream.read(1 << 20):
        count += len(chunk)
    return count
