"""Pages of the projects of the double, and of a million windows: their size, and their times in a browser."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.browser import chromium, tested_projects

if TYPE_CHECKING:
    import argparse

    from playwright.sync_api import Browser

SAMPLES = 20_000
WINDOWS = 50
MOVE = """async () => {
    const slider = document.querySelector("[data-slider]");
    if (!slider) {
        return null;
    }
    const start = performance.now();
    slider.value = 30;
    slider.dispatchEvent(new Event("input"));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
}"""


def run(arguments: argparse.Namespace) -> int:
    """Print sizes and times."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        folder = Path(name)
        projects = tested_projects()
        for project in projects:
            _export(folder / str(project), project)
        command = [sys.executable, "-m", "tools.bench.score_peer", "write"]
        million = folder / "million"
        million.mkdir()
        subprocess.run([*command, str(million), str(SAMPLES), str(WINDOWS)], check=True, capture_output=True)
        for each in (*map(str, projects), "million"):
            _measure(browser, folder / each, folder / f"{each}.html", arguments.rounds)
    return 0


def _export(folder: Path, project: int) -> None:
    variants = ["--variant", "float32", "--variant", "int8"]
    command = [
        sys.executable,
        "-m",
        "ei_classify.cli",
        "export",
        "--demo",
        "--project",
        str(project),
        *variants,
    ]
    subprocess.run([*command, "--quiet", "--out", str(folder)], check=True, capture_output=True)


def _measure(browser: Browser, folder: Path, page: Path, rounds: int) -> None:
    from ei_classify.report import report

    start = time.perf_counter()
    report(folder).write(page)
    written = time.perf_counter() - start
    opened, moved = [], []
    for _ in range(rounds):
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(page.as_uri())
        tab.wait_for_selector("html[data-ready]")
        opened.append(tab.evaluate("() => performance.getEntriesByName('ready')[0].startTime"))
        tab.wait_for_selector("[data-drawn] svg")
        moved.append(tab.evaluate(MOVE))
        tab.close()
    found = {
        "page": folder.name,
        "write_s": round(written, 1),
        "megabytes": round(page.stat().st_size / 1e6, 2),
        "usable_ms": round(min(opened)),
        "slider_ms": None if moved[0] is None else round(min(moved)),
    }
    print(json.dumps(found), flush=True)
