"""Exports on a cluster whose workers are killed at random, to a disk and to an S3 API.

The rows are those of one machine.
"""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import threading
from typing import TYPE_CHECKING, Final
from unittest import mock

import dask
import distributed
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, open_export
from ei_classify.cluster import ProjectRun, export
from ei_classify.dataset import storage_of
from ei_classify.export import export as export_here

from .bucket import bucket

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from .tally import Tally

KILLS: Final = 10
_RUNS: Final = [ProjectRun(1, None, "int8"), ProjectRun(4), ProjectRun(100), ProjectRun(101)]
_SCALE: Final = ("scale:3000,windows=2,labels=3", "scale:2000,windows=2,labels=3")
_SETTINGS: Final = {
    "distributed.scheduler.locks.lease-timeout": "2s",
    "distributed.scheduler.locks.lease-validation-interval": "500ms",
    "distributed.scheduler.allowed-failures": KILLS,
}


def run(tally: Tally) -> None:
    """Make the trials."""
    keys = {f"EI_API_KEY_{run.project_id}": api_key(run.project_id) for run in _RUNS}
    with (
        bucket(),
        Studio(*_SCALE, faults=["latency=0.1"]) as studio,
        studio.serving() as url,
        mock.patch.dict(os.environ, keys),
        tempfile.TemporaryDirectory() as kept,
        dask.config.set(_SETTINGS),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        for run in _RUNS:
            with ClassifyClient(api_key(run.project_id), base_url=url) as one:
                export_here(one, f"{kept}/whole", run.project_id, variants=[run.variant])
        whole = rows(f"{kept}/whole")
        for number, chance in enumerate(tally.trials()):
            folder = f"s3://soak/{number}" if number % 2 else f"{kept}/{number}"
            with killing(cluster, chance) as killed:
                done = export(
                    _RUNS,
                    folder,
                    cluster=client,
                    base_url=url,
                    page_size=50,
                    rows_per_part=1_000,
                    concurrency=1,
                )
            tally.outcomes[f"{len(killed)} kills, on {'S3' if number % 2 else 'disk'}"] += 1
            if done.failed:
                tally.fall(f"{done.failed}")
            elif rows(folder) != whole:
                tally.fall("the rows differ")
            elif left := storage_of(folder).glob("project-*/impulse-*/variant-*/*/.part-*"):
                tally.fall(f"{left} are left")


@contextlib.contextmanager
def killing(cluster: distributed.LocalCluster, chance: random.Random) -> Iterator[list[int]]:
    """Kill a worker every now and then, until ten are killed or the block ends."""
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while len(killed) < KILLS and not over.wait(chance.random() * 2):
            pids = [nanny.pid for nanny in cluster.workers.values() if nanny.pid not in {None, *killed}]
            if pids:
                killed.append(chance.choice(pids))
                os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        yield killed
    finally:
        over.set()
        killer.join()


def rows(folder: str) -> dict[str, list[str]]:
    """Return the rows of all tables, sorted, without the time at which a run was read."""
    connection = open_export(folder, verify=True).to_duckdb()
    found: dict[str, list[str]] = {}
    for (name,) in connection.sql("SELECT table_name FROM information_schema.tables").fetchall():
        table = connection.sql(f"FROM {name}").to_arrow_table()
        columns = [column for column in table.column_names if column != "read_at"]
        found[name] = sorted(map(repr, table.select(columns).to_pylist()))
    return found
