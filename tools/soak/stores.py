"""An export to an S3 API that is killed at any moment, again and again. It ends as if nothing had been."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Final

from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, open_export
from ei_classify.dataset import Manifest, storage_of
from ei_classify.export import export

from .bucket import bucket

if TYPE_CHECKING:
    import random

    from .tally import Tally

_URL: Final = "s3://soak/results"
_OPTIONS: Final[dict[str, Any]] = {"page_size": 50, "rows_per_part": 1_000}
_EXPORT: Final = """
import sys
from ei_classify import ClassifyClient
from ei_classify.dataset.storage.objects import open_storage
from ei_classify.export import export

url, project, page_size, rows_per_part = sys.argv[1], *map(int, sys.argv[2:])
storage = open_storage(url, lease_s=0.5)
with ClassifyClient() as client:
    progress = lambda page: print(page.samples, flush=True)
    options = {"page_size": page_size, "rows_per_part": rows_per_part}
    export(client, storage, project, on_progress=progress, **options)
"""


def run(tally: Tally) -> None:
    """Kill an export once a trial, and let it end after the last."""
    with bucket(), Studio("scale:4000,windows=2,labels=3") as studio, studio.serving() as url:
        _kill_and_compare(url, studio.projects[-1].id, tally)


def _kill_and_compare(url: str, project: int, tally: Tally) -> None:
    kept = 0
    for chance in tally.trials():
        _kill(url, project, kept, chance, tally)
        manifest = Manifest.load(storage_of(_URL))
        listed = sum(run.samples for run in manifest.runs.values()) if manifest else 0
        tally.outcomes["kills that found more listed than the last" if listed > kept else "other kills"] += 1
        if listed < kept:
            tally.fall(f"{kept} samples were listed, and then {listed}")
        if manifest and (problems := open_export(_URL, verify=True).runs[0].damage):
            tally.fall(f"files are damaged: {dict(problems)}")
        kept = listed
    with _command(url, project) as process:
        _, complaint = process.communicate()
    if process.returncode:
        tally.fall(f"cannot be continued: {complaint}")
        return
    with ClassifyClient(api_key(project), base_url=url) as client:
        export(client, "memory://whole/results", project, **_OPTIONS)
    if problem := _difference():
        tally.fall(problem)


def _kill(url: str, project: int, kept: int, chance: random.Random, tally: Tally) -> None:
    """Kill an export a little after some of the next pages."""
    pages = chance.randrange(1, 12)
    with _command(url, project) as process:
        assert process.stdout is not None  # noqa: S101  # it is a pipe
        for line in process.stdout:
            if int(line) > kept and (pages := pages - 1) <= 0:
                break
        time.sleep(chance.random() * 0.2)
        process.kill()
        _, complaint = process.communicate()
    if process.returncode not in (0, -9):
        tally.fall(f"ended with {process.returncode}: {complaint}")


def _command(url: str, project: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _EXPORT, _URL, str(project), *map(str, _OPTIONS.values())]
    secrets = {"EI_API_KEY": api_key(project), "EI_API_ENDPOINT": url}
    return subprocess.Popen(
        command, env=os.environ | secrets, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def _difference() -> str | None:
    """How the export differs from one that was not killed, column by column; None if it does not."""
    killed, whole = open_export(_URL, verify=True), open_export("memory://whole/results")
    if killed.problems:
        return f"it has problems: {killed.problems}"
    for name in whole:
        there, here = killed[name].to_table(), whole[name].to_table()
        for column in here.column_names:
            if column != "read_at" and not there[column].equals(here[column]):
                return f"the column {column} of {name} is not what it is without a kill"
    files = [set(storage_of(each).glob("*/*/*/*/*")) for each in (_URL, "memory://whole/results")]
    return None if files[0] == files[1] else f"files are left behind: {sorted(files[0] ^ files[1])}"
