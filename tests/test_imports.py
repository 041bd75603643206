"""Each contract on imports in pyproject.toml can be broken, also by an import for types or in a function."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
FOLDERS = {"tools": ".", "generated/ei_classify_api": "generated", "src/ei_classify": "src",
           "mocks/ei_classify_mocks": "mocks"}  # fmt: skip
"""The packages, and what each is imported from."""

PACKAGES = "The packages"
ROOMS = "The rooms of ei_classify"
FRONT = "Rooms import one another, not the front that gathers their names"
DOUBLES = "Only the command line of ei_classify and its pytest plugin start the doubles"
WITHOUT_IO = "Results, tables, and the decisions on pages and jobs, do without I/O"
HTTPX = "httpx stays in ei_classify.http"
ARROW = "Arrow stays in the tables and what stores them"
NUMBERS = "DuckDB and arrays of numbers stay in scoring, and in what opens an export"
NO_CLIENT = "The report knows no client"
CHARTS = "Charts and templates stay in the report"
STORES = "Object stores stay in the storage of exports"
DASK = "Dask stays in the cluster"
TERMINAL = "Only command lines write to a terminal"
RICH = "rich stays in ei_classify.cli.terminal"
TOOLS = "The applications in tools/"
CIRCLES = "Nothing goes in circles"

SRC = "src/ei_classify"
FOR_TYPES = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
LATE = "def late():\n    "
OFFENCES = [
    (f"{SRC}/client.py", "import tools.generator", {PACKAGES}),
    ("mocks/ei_classify_mocks/routes.py", f"{LATE}from ei_classify import errors", {PACKAGES}),
    ("generated/ei_classify_api/types.py", "import ei_classify_mocks.routes", {PACKAGES, DOUBLES}),
    (f"{SRC}/decoding/pages.py", "from ..cli import main", {ROOMS, CIRCLES}),
    (f"{SRC}/tables/runs.py", f"{FOR_TYPES}from ei_classify.http import Settings", {ROOMS}),
    (f"{SRC}/errors.py", f"{LATE}from .outcomes import Page", {ROOMS}),
    (f"{SRC}/http/calls.py", "from .. import ClassifyError", {FRONT}),
    (f"{SRC}/cli/listing.py", f"{FOR_TYPES}from ei_classify import ClassifyClient", {FRONT}),
    (f"{SRC}/export/run.py", f"{LATE}from ei_classify_mocks.studio import Studio", {DOUBLES}),
    (f"{SRC}/walking/walk.py", "import threading", {WITHOUT_IO}),
    (f"{SRC}/jobs/watch.py", f"{LATE}from time import sleep", {WITHOUT_IO}),
    (f"{SRC}/scoring/verdicts.py", f"{FOR_TYPES}from pathlib import Path", {WITHOUT_IO}),
    (f"{SRC}/tables/runs.py", "import os.path", {WITHOUT_IO}),
    (f"{SRC}/walking/tasks.py", "import httpx", {HTTPX}),
    (f"{SRC}/client.py", f"{FOR_TYPES}import httpx", {HTTPX}),
    (f"{SRC}/cli/session.py", f"{LATE}from httpx_retries import Retry", {HTTPX}),
    (f"{SRC}/cli/application.py", f"{LATE}import pyarrow.parquet", {ARROW}),
    (f"{SRC}/cli/scores.py", f"{LATE}import duckdb", {NUMBERS}),
    (f"{SRC}/tables/runs.py", f"{FOR_TYPES}import numpy", {NUMBERS}),
    (f"{SRC}/report/page.py", f"{FOR_TYPES}from ei_classify.operations import ClassifyRun", {NO_CLIENT}),
    (f"{SRC}/cli/scores.py", f"{LATE}import altair", {CHARTS}),
    (f"{SRC}/export/run.py", f"{LATE}import obstore", {STORES}),
    (f"{SRC}/cli/exporting.py", f"{LATE}import distributed", {DASK}),
    (f"{SRC}/export/run.py", "import rich.table", {TERMINAL, RICH}),
    (f"{SRC}/cli/listing.py", f"{LATE}from rich.markup import escape", {RICH}),
    (f"{SRC}/client.py", f"{LATE}import typer", {TERMINAL}),
    ("tools/environment.py", f"{LATE}from tools.drift import apply", {TOOLS}),
    ("tools/drift/apply.py", "from tools.bench import pages", {TOOLS}),
    (f"{SRC}/walking/walk.py", f"{LATE}from .tasks import pages_in_tasks", {CIRCLES}),
    (f"{SRC}/jobs/watch.py", f"{FOR_TYPES}from .driving import follow", {CIRCLES}),
    ("mocks/ei_classify_mocks/studio/state.py", "from .application import application", {CIRCLES}),
]
"""A file, what is written at its end, and the contracts that this breaks."""

NEW = [(f"{SRC}/attic.py", {ROOMS}), (f"{SRC}/loft/__init__.py", {ROOMS}), ("tools/attic.py", {TOOLS})]
"""A new file, and the contracts that ask where it belongs."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and of the contracts."""
    house = tmp_path_factory.mktemp("house")
    for folder in FOLDERS:
        for file in (ROOT / folder).rglob("*.py"):
            place = house / file.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    shutil.copyfile(ROOT / "pyproject.toml", house / "pyproject.toml")
    return house


def broken(house: Path) -> set[str]:
    """The names of the contracts that are broken."""
    path = os.pathsep.join(str(house / folder) for folder in FOLDERS.values())
    command = [str(LINT_IMPORTS), "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "200"}
    ran = subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True, check=False)
    found = re.findall(r"^(.+?) BROKEN$", ran.stdout, re.MULTILINE)
    assert (ran.returncode, "Contracts: " in ran.stdout) == (1 if found else 0, True), ran.stdout + ran.stderr
    return set(found)


@pytest.mark.parametrize(("file", "offence", "expected"), OFFENCES)
def test_an_offending_import_breaks_its_contract(
    house: Path, file: str, offence: str, expected: set[str]
) -> None:
    place = house / file
    before = place.read_text("utf-8")
    place.write_text(f"{before}\n{offence}\n", "utf-8")
    try:
        assert broken(house) == expected
    finally:
        place.write_text(before, "utf-8")


@pytest.mark.parametrize(("file", "expected"), NEW)
def test_a_new_room_needs_a_floor(house: Path, file: str, expected: set[str]) -> None:
    place = house / file
    place.parent.mkdir(exist_ok=True)
    place.touch()
    try:
        assert broken(house) == expected
    finally:
        place.unlink()


def test_no_contract_is_broken_and_each_can_be(house: Path) -> None:
    assert broken(house) == set()
    settings = tomllib.loads((house / "pyproject.toml").read_text("utf-8"))
    contracts = {each["name"] for each in settings["tool"]["importlinter"]["contracts"]}
    assert contracts == set().union(*(expected for *_, expected in OFFENCES))
