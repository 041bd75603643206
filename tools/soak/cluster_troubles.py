"""What happens to an export on a cluster in five kinds of trouble: how it ended, and how it went on.

Run it as `python -m tools.soak.cluster_troubles [TROUBLE …]`. Each takes about a minute.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

import dask
import distributed
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import EiClassifyError, open_export
from ei_classify.cluster import ProjectRun, export

from .bucket import bucket, create_bucket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PROJECTS: Final = range(100, 112)
_OPTIONS: Final[dict[str, Any]] = {"page_size": 50, "rows_per_part": 2_000}


def main() -> None:
    """Try what is named, or everything."""
    tried = sys.argv[1:] or list(TROUBLES)
    keys = {f"EI_API_KEY_{project}": api_key(project) for project in _PROJECTS}
    with mock.patch.dict(os.environ, keys):
        for name in tried:
            begun = time.monotonic()
            with tempfile.TemporaryDirectory() as folder:
                print(
                    f"{name}: {TROUBLES[name](Path(folder))} ({time.monotonic() - begun:.0f} s)", flush=True
                )


def scheduler_restarted(folder: Path) -> str:
    """Kill the scheduler in the middle, and start another one."""
    with _server("scale:4000,windows=2,labels=2", latency_s=0.1) as url:
        with _processes() as (address, scheduler):
            _later(3, lambda: os.kill(scheduler, signal.SIGKILL))
            ended = _export(folder, url, address, [100])
        kept = _kept(folder)
        with _processes() as (address, _):
            return f"{ended}; kept {kept}; then {_export(folder, url, address, [100])}"


def worker_out_of_memory(folder: Path) -> str:
    """Give workers too little memory for what they have to hold, and then enough."""
    with _server("scale:3000,windows=60,labels=12") as url:
        ended = ""
        for limit, rows in (("350MB", 1 << 40), ("2GB", 200_000)):
            settings = {"distributed.scheduler.allowed-failures": 2}
            with (
                dask.config.set(settings),
                distributed.LocalCluster(
                    n_workers=1, threads_per_worker=1, memory_limit=limit, dashboard_address="127.0.0.1:0"
                ) as cluster,
            ):
                found = _export(
                    folder, url, cluster.scheduler_address, [100], rows_per_part=rows, page_size=600
                )
            ended += f"with {limit}: {found}; "
        return ended


def bucket_gone(folder: Path) -> str:
    """Remove the bucket in the middle, and make it again."""
    with (
        bucket() as store,
        _server("scale:4000,windows=2,labels=2", latency_s=0.1) as url,
        _processes() as (address, _),
    ):
        _later(4, lambda: _call("POST", f"{store}/moto-api/reset"))
        ended = _export("s3://soak/x", url, address, [100])
        create_bucket(store)
        again = _export("s3://soak/x", url, address, [100])
    return f"{ended}; with a new bucket: {again}"


def clock_wrong(folder: Path) -> str:
    """Set `time.time` of one worker an hour ahead, while the server asks for pauses."""
    with (
        _server("scale:3000,windows=2,labels=2", faults=["status=429,retry-after=1,p=0.05"]) as url,
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        ) as cluster,
    ):
        with distributed.Client(cluster, set_as_default=False) as client:
            client.run(_set_ahead, workers=[next(iter(client.scheduler_info()["workers"]))])
        return _export(folder, url, cluster.scheduler_address, [100])


def one_large_beside_many(folder: Path) -> str:
    """Export one project of 10,000 samples beside ten of ten."""
    small = ["scale:10,windows=2,labels=2"] * 10
    seen: list[str] = []
    with (
        _server("scale:10000,windows=2,labels=2", *small, latency_s=0.05) as url,
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0"
        ) as cluster,
    ):
        begun = time.monotonic()

        def note(progress: Any) -> None:
            if progress.done >= len(small) and not seen:
                seen.append(f"the small ones were done after {time.monotonic() - begun:.1f} s")

        ended = _export(
            folder, url, cluster.scheduler_address, list(range(100, 111)), on_progress=note, page_size=100
        )
        return f"{ended} after {time.monotonic() - begun:.1f} s; {', '.join(seen)}"


TROUBLES: Final[dict[str, Callable[[Path], str]]] = {
    "scheduler restarted": scheduler_restarted,
    "worker out of memory": worker_out_of_memory,
    "bucket gone": bucket_gone,
    "clock wrong": clock_wrong,
    "one large beside many": one_large_beside_many,
}


def _export(folder: Path | str, url: str, address: str, projects: list[int], **options: Any) -> str:
    """Return how an export ends, in words."""
    try:
        done = export(
            [ProjectRun(project) for project in projects],
            folder,
            cluster=address,
            base_url=url,
            **{**_OPTIONS, **options},
        )
    except EiClassifyError as error:
        return f"{type(error).__name__}: {error}"
    failed = "".join(f"; {run}: {type(error).__name__}: {error}" for run, error in done.failed.items())
    return f"{done.samples} samples, {done.new} new{failed}"


def _kept(folder: Path) -> str:
    try:
        return ", ".join(f"{run.sample_count} samples" for run in open_export(folder).runs)
    except EiClassifyError as error:
        return f"nothing ({type(error).__name__})"


@contextlib.contextmanager
def _server(*projects: str, latency_s: float = 0.0, faults: list[str] | None = None) -> Iterator[str]:
    late = [f"latency={latency_s}"] if latency_s else []
    with Studio(*projects, faults=[*late, *(faults or [])]) as studio, studio.serving() as url:
        yield url


@contextlib.contextmanager
def _processes() -> Iterator[tuple[str, int]]:
    """Start a scheduler and two workers as processes; yield the address and the id of the scheduler."""
    with tempfile.TemporaryDirectory() as place, contextlib.ExitStack() as resources:
        found = Path(place) / "scheduler.json"
        dask_command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
        scheduler = _started(
            resources,
            [
                *dask_command,
                "--host",
                "127.0.0.1",
                "--port",
                "0",
                "--no-dashboard",
                "--scheduler-file",
                str(found),
            ],
        )
        for _ in range(2):
            worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(found)]
            _started(
                resources,
                [*worker, "--nthreads", "1", "--dashboard-address", "127.0.0.1:0", "--host", "127.0.0.1"],
            )
        while not found.exists():
            time.sleep(0.1)
        yield json.loads(found.read_text())["address"], scheduler.pid


def _started(resources: contextlib.ExitStack, command: list[str]) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resources.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:  # a worker without a scheduler does not heed it
        process.kill()
        process.wait()


def _later(seconds: float, action: Callable[[], object]) -> None:
    timer = threading.Timer(seconds, action)
    timer.daemon = True
    timer.start()


def _call(method: str, url: str) -> None:
    with urllib.request.urlopen(urllib.request.Request(url, method=method)):  # noqa: S310  # on this machine
        pass


def _set_ahead() -> None:
    real = time.time
    time.time = lambda: real() + 3600.0


if __name__ == "__main__":
    main()
