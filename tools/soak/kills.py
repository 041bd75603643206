"""Exports that are killed at any moment and continued. They end as if nothing had been."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ei_classify_mocks.studio import Studio, api_key

from ei_classify import EiClassifyError, open_export

if TYPE_CHECKING:
    import random

    from .tally import Tally

_FORMATS: Final = ("parquet", "csv", "jsonl")
_MOST_KILLS: Final = 3
_EXPORT: Final = """
import sys
from ei_classify import ClassifyClient
from ei_classify.export import export

folder, project, form = sys.argv[1:]
with ClassifyClient() as client:
    export(client, folder, int(project), format=form, page_size=50, rows_per_part=500)
"""


def run(tally: Tally) -> None:
    """Make the trials. Each kills one export, several times perhaps, and then lets it end."""
    with (
        Studio("scale:4000,windows=2,labels=3") as studio,
        studio.serving() as url,
        tempfile.TemporaryDirectory() as kept,
    ):
        project = studio.projects[-1].id
        whole, duration_s = {}, {}
        for form in _FORMATS:
            begun = time.monotonic()
            _command(url, project, form, Path(kept) / form).wait()
            duration_s[form] = time.monotonic() - begun
            whole[form] = _content(Path(kept) / form, form)
        for chance in tally.trials():
            form = chance.choice(_FORMATS)
            with tempfile.TemporaryDirectory() as folder:
                out = Path(folder) / "out"
                fell = _killed(url, project, form, out, chance, duration_s, tally)
                if fell is None and _content(out, form) != whole[form]:
                    fell = "the export is not what it is without a kill"
            if fell is not None:
                tally.fall(f"{form}: {fell}")


def _killed(
    url: str,
    project: int,
    form: str,
    out: Path,
    chance: random.Random,
    duration_s: dict[str, float],
    tally: Tally,
) -> str | None:
    """Kill an export and continue it; what went wrong, or None."""
    for _ in range(chance.randint(1, _MOST_KILLS)):
        process = _command(url, project, form, out)
        try:
            process.wait(chance.uniform(0.2, 1.0) * duration_s[form])
            tally.outcomes[f"{form} ended before its kill"] += 1
            duration_s[form] *= 0.9  # the machine has more time for it than before
        except subprocess.TimeoutExpired:
            process.kill()
            tally.outcomes[f"{form} killed"] += 1
        _, complaint = process.communicate()
        if process.returncode not in (0, -9):
            return f"ended with {process.returncode}: {complaint.decode()}"
        if problem := _problem(out, form):
            return f"after a kill, {problem}"
    process = _command(url, project, form, out)
    _, complaint = process.communicate()
    return f"cannot be continued: {complaint.decode()}" if process.returncode else None


def _command(url: str, project: int, form: str, out: Path) -> subprocess.Popen[bytes]:
    command = (sys.executable, "-c", _EXPORT, str(out), str(project), form)
    secrets = {"EI_API_KEY": api_key(project), "EI_API_ENDPOINT": url}
    return subprocess.Popen(
        command, env=os.environ | secrets, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def _problem(out: Path, form: str) -> str | None:
    """What a reader of the folder finds wrong; None if there is nothing."""
    if not out.exists() or not any(out.glob("*.json")):
        return None  # it had not begun
    try:
        stored = open_export(out)
        if problems := list(stored.damaged(verify=True)):
            return f"files are damaged: {problems}"
    except EiClassifyError as error:
        return str(error)
    listed = sum(run.sample_count for run in stored.runs)
    seen = sum(_content(out, form).get("samples", Counter()).values())
    return None if listed == seen or form == "csv" else f"{listed} samples are listed, and {seen} are seen"


def _content(out: Path, form: str) -> dict[str, Counter[bytes]]:
    """The rows of each table that a reader of all files sees, with how often each occurs."""
    found: dict[str, Counter[bytes]] = {}
    for path in sorted(out.glob(f"**/*.{form}")):
        name = "samples" if form == "jsonl" else path.parent.name
        rows = found.setdefault(name, Counter())
        if form == "parquet":
            import pyarrow.parquet as pq

            table = pq.read_table(path, partitioning=None)
            dropped = [column for column in ("read_at",) if column in table.column_names]
            rows.update(repr(row).encode() for row in table.drop_columns(dropped).to_pylist())
        else:
            rows.update(path.read_bytes().splitlines()[form == "csv" :])
    return found
