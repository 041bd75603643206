"""How fast exports on a cluster are, and what one of a thousand large projects would take.

The server is a process of its own that keeps its answers, so that reading is bound by decoding.
`docs/scale.md` multiplies what is measured here.
"""

from __future__ import annotations

import contextlib
import datetime
import operator
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final
from unittest import mock

import distributed
from ei_classify_mocks.studio import api_key
from rich.console import Console

from ei_classify import ClassifyClient
from ei_classify.cluster import ProjectRun, export
from ei_classify.cluster.limits import CallLimit
from ei_classify.dataset import FileEntry, Manifest, Part, RunEntry, packed, storage_of
from ei_classify.export import export as export_here

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

_FIRST: Final = 100
_LARGE: Final = "scale:12000,windows=20,labels=5"
_MANY: Final = 200


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; the exit code."""
    say = Console().print
    keys = {f"EI_API_KEY_{each}": api_key(each) for each in range(_FIRST, _FIRST + _MANY)}
    with mock.patch.dict(os.environ, keys), tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        with (
            distributed.LocalCluster(
                n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
            ) as cluster,
            distributed.Client(cluster, set_as_default=False) as client,
        ):
            with _server(0.0, _LARGE) as url:
                one, two, busy = [], [], []
                _alone(url, folder / "warm", 1)
                _spread(url, folder / "warm-2", client, 1)
                for number in range(arguments.rounds):
                    used_s = time.process_time()
                    one.append(_alone(url, folder / f"one-{number}", 1))
                    used_s = time.process_time() - used_s
                    before = client.run(time.process_time)
                    two.append(_spread(url, folder / f"two-{number}", client, 1))
                    after = client.run(time.process_time)
                    busy.append(used_s / max(after[each] - before[each] for each in before))
            say(
                f"decode-bound, 12,000 samples x 20 windows: one process {min(one):.1f} s, two workers "
                f"{min(two):.1f} s; ratios {_words(map(operator.truediv, one, two))}; CPU of one "
                f"process ÷ of the busier worker: {_words(busy)}"
            )
            with _server(0.05, *(["scale:500,windows=2,labels=3"] * _MANY)) as url:
                alone = _alone(url, folder / "few", 10)
                spread = _spread(url, folder / "many", client, _MANY)
            say(
                f"{_MANY} projects of 500 samples, 50 ms a call: {spread:.0f} s with 16 calls at a time "
                f"({_MANY * 5 / spread:.0f} calls/s); one machine: {alone * _MANY / 10:.0f} s"
            )
            client.register_plugin(CallLimit("bench", 16), "bench")
            begun = time.monotonic()
            counts = client.gather([client.submit(_passes, "bench", 300, pure=False) for _ in range(2)])
            rate = sum(counts) / (time.monotonic() - begun)
            say(f"the limit of calls alone: {rate:.0f} calls/s through the scheduler, from 2 workers")
            rss = [client.run(_rss), {"scheduler": client.run_on_scheduler(_rss)}]
            say("memory (MB): " + ", ".join(f"{mb:.0f}" for of in rss for mb in of.values()))
        for projects in (10, 100, 1_000):
            size, seconds = _manifest(folder / f"manifest-{projects}", projects, 11)
            say(f"manifest of {projects} projects of 11 parts: {size / 1e6:.1f} MB, saved in {seconds:.2f} s")
    return 0


@contextlib.contextmanager
def _server(latency_s: float, *projects: str) -> Iterator[str]:
    command = [sys.executable, "-m", "tools.bench.cluster_server", str(latency_s), *projects]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin  # noqa: S101
    assert server.stdout  # noqa: S101
    try:
        yield server.stdout.readline().strip()
    finally:
        server.stdin.close()
        server.stdout.close()
        server.wait()


def _alone(url: str, folder: Path, projects: int) -> float:
    begun = time.monotonic()
    for project in range(_FIRST, _FIRST + projects):
        with ClassifyClient(api_key(project), base_url=url) as client:
            export_here(client, folder, project)
    return time.monotonic() - begun


def _spread(url: str, folder: Path, client: distributed.Client, projects: int) -> float:
    begun = time.monotonic()
    runs = [ProjectRun(project) for project in range(_FIRST, _FIRST + projects)]
    done = export(runs, folder, cluster=client, base_url=url, max_calls=16)
    if done.failed:
        raise RuntimeError(str(done.failed))
    return time.monotonic() - begun


def _words(ratios: Iterable[float]) -> str:
    return ", ".join(f"{ratio:.2f}" for ratio in ratios)


def _passes(limit: str, count: int) -> int:
    gate = distributed.get_worker().plugins[limit].gate()  # type: ignore[attr-defined]
    for _ in range(count):
        with gate.passing():
            pass
    return count


def _rss() -> float:
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)


def _manifest(folder: Path, projects: int, parts: int) -> tuple[int, float]:
    """Return the size of a manifest, in bytes, and how long it takes to save it, in seconds."""
    tables = ("samples", "windows", "scores", "predictions", "detections", "anomalies")
    manifest = Manifest("parquet", "https://studio.edgeimpulse.com/v1")
    now = datetime.datetime.now(datetime.UTC)
    for project in range(projects):
        entry = RunEntry(project, None, "int8", {}, now)
        for number in range(parts):
            files = {
                f"{name}/part-{number:05}.parquet": FileEntry(250_000, 2_000_000, "0" * 64) for name in tables
            }
            ids = packed(list(range(number * 9_000, (number + 1) * 9_000)))
            entry.parts.append(Part(number, number * 9_000, 9_000, ids, "0" * 64, files))
        manifest.runs[entry.folder] = entry
    storage = storage_of(folder)
    folder.mkdir()
    begun = time.monotonic()
    manifest.save(storage)
    return (folder / "manifest.json").stat().st_size, time.monotonic() - begun
