from __future__ import annotations

import contextlib
import gzip
import os
import pickle
import random
import signal
import threading
import time
from typing import TYPE_CHECKING, Any

import cloudpickle
import pytest

from ei_classify import ClassifyClient, ResultsChangedError, open_export
from ei_classify.cluster import ClusterExported, ClusterProgress, ProjectRun, export
from ei_classify.cluster import exporting as module
from ei_classify.errors import (
    AuthenticationError,
    ConfigurationError,
    ExportChangedError,
    ExportLockedError,
)
from ei_classify.export import export as export_here
from tests.command_line import invoke
from tests.ei_classify.cluster.conftest import BAD_KEY_PROJECT
from tests.ei_classify.cluster.watched import Watched, watched
from tests.snippets import ROOT, snippets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from distributed import Client, LocalCluster

    from ei_classify.dataset import StoredExport

RUNS = [
    ProjectRun(1, None, "int8"),
    ProjectRun(4),
    ProjectRun(8, 2, "float32"),
    ProjectRun(100, None, "int8"),
]
SCALE = "scale:900,windows=2,labels=2"


@pytest.fixture(scope="module")
def server() -> Iterator[Watched]:
    with watched(SCALE, "scale:600,windows=2,labels=2") as server:
        yield server


@pytest.fixture(autouse=True)
def as_at_first(server: Watched) -> Iterator[None]:
    yield
    server.change = lambda project, offset: (project, offset)
    server.latency_s, server.most = 0.0, 0
    server.calls.clear()
    server.refused.clear()
    server.studio.clear_faults()


@pytest.fixture(scope="module")
def alone(server: Watched, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The runs, exported by one machine."""
    folder = tmp_path_factory.mktemp("alone")
    for run in RUNS:
        alone_export(server, folder, run)
    return folder


def alone_export(server: Watched, folder: Path, run: ProjectRun, **options: Any) -> None:
    with ClassifyClient(f"ei_studio_key_{run.project_id}", base_url=server.url) as client:
        export_here(
            client,
            folder,
            run.project_id,
            variants=[run.variant],
            impulse_id=run.impulse_id,
            rows_per_part=700,
            **options,
        )


def spread(
    server: Watched, folder: Path, client: Client, runs: list[ProjectRun] = RUNS, **options: Any
) -> ClusterExported:
    """Export on the cluster, with several parts per run."""
    return export(
        runs,
        folder,
        cluster=client,
        base_url=server.url,
        **{"page_size": 50, "rows_per_part": 700, **options},
    )


def columns(export: StoredExport) -> dict[tuple[str, str], list[Any]]:
    """The columns of all tables by run, without the time at which a run was read."""
    found: dict[tuple[str, str], list[Any]] = {}
    connection = export.to_duckdb()
    names = [
        name for (name,) in connection.sql("SELECT table_name FROM information_schema.tables").fetchall()
    ]
    assert "scores" in names
    for name in names:
        rows = connection.sql(f"FROM {name}").to_arrow_table().to_pylist()
        for row in rows:
            row.pop("read_at", None)
            run = repr([row["project_id"], row["impulse_id"], row["variant"]])
            found.setdefault((name, run), []).append(row)
    return found


def test_a_cluster_exports_the_rows_of_one_machine(
    server: Watched, alone: Path, dask_client: Client, tmp_path: Path
) -> None:
    server.latency_s = 0.03
    told: list[ClusterProgress] = []
    done = spread(server, tmp_path, dask_client, max_calls=3, on_progress=told.append)
    exported = open_export(tmp_path, verify=True)
    assert (done.samples, done.new, done.failed) == (118 + 48 + 40 + 900, 118 + 48 + 40 + 900, {})
    assert columns(exported) == columns(open_export(alone))
    assert not [problem for run in exported.runs for problem in run.problems]
    assert len(list(tmp_path.glob("project-100/*/*/scores/part-*"))) > 2
    assert not list(tmp_path.glob("**/.part-*"))
    assert 2 <= server.most <= 3, "several at a time, and never more than `max_calls`"
    assert (told[-1].done, told[-1].samples, told[-1].total) == (4, 1106, 1106)
    # The same call does what is left, which is nothing.
    server.calls.clear()
    again = spread(server, tmp_path, dask_client)
    assert (again.samples, again.new, server.calls) == (1106, 0, [])
    # Whether it is still what the server has, `verify` checks.
    server.change = lambda project, offset: (101 if project == 100 else project, offset)
    checked = spread(server, tmp_path, dask_client, verify=True)
    assert {run.project_id: type(error) for run, error in checked.failed.items()} == {100: ExportChangedError}


def test_workers_are_killed_and_the_rows_are_the_same(
    server: Watched, alone: Path, cluster: LocalCluster, dask_client: Client, tmp_path: Path
) -> None:
    server.latency_s = 0.05
    chance = random.Random(3)
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while len(killed) < 2 and not over.is_set():
            time.sleep(0.1 + chance.random() / 5)
            if len(server.calls) > 4 * (len(killed) + 1):
                pids = [nanny.pid for nanny in cluster.workers.values() if nanny.pid not in {None, *killed}]
                if pids:
                    killed.append(chance.choice(pids))
                    os.kill(killed[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        done = spread(server, tmp_path, dask_client, concurrency=1, max_calls=4)
    finally:
        over.set()
        killer.join()
    assert len(killed) == 2
    assert done.failed == {}
    assert columns(open_export(tmp_path, verify=True)) == columns(open_export(alone))
    assert not list(tmp_path.glob("**/.part-*.parquet.tmp"))


def test_a_run_that_one_machine_has_begun_is_continued(
    server: Watched, alone: Path, dask_client: Client, tmp_path: Path
) -> None:
    run = RUNS[3]

    def stop(progress: Any) -> None:
        if progress.samples > 500:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        alone_export(server, tmp_path, run, on_progress=stop)
    begun = open_export(tmp_path).runs[0].sample_count
    assert 0 < begun < 900
    server.calls.clear()
    done = spread(server, tmp_path, dask_client, [run])
    assert (done.samples, done.new) == (900, 900 - begun)
    assert sorted({offset for *_, offset in server.calls})[:2] == [0, begun - 1]  # which are checked only
    assert all(offset >= begun - 1 for *_, offset in server.calls if offset)
    of_run = {
        place: rows for place, rows in columns(open_export(alone)).items() if place[1].startswith("[100")
    }
    assert columns(open_export(tmp_path, verify=True)) == of_run


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            (250, 101),
            r"^the results changed while reading: project 100, int8: .*the total was 900 and is now 600",
        ),
        ((500, 100), r"^the results changed while reading: project 100, int8: sample \d+ was sent twice"),
    ],
    ids=["another total", "the same samples again"],
)
def test_results_that_change_end_their_run_alone(
    server: Watched, dask_client: Client, tmp_path: Path, change: tuple[int, int], expected: str
) -> None:
    def changed(project: int, offset: int) -> tuple[int, int]:
        first, instead = change
        if project == 100 and instead == 101 and offset >= first:
            return instead, offset
        return (100, 0) if (project, offset, instead) == (100, first, 100) else (project, offset)

    server.change = changed
    done = spread(server, tmp_path, dask_client, RUNS[1:], rows_per_part=3_000)
    (failed,) = done.failed.items()
    assert failed[0] == RUNS[3]
    with pytest.raises(ResultsChangedError, match=expected):
        raise failed[1]
    assert [run.complete for run in open_export(tmp_path).runs if run.project_id != 100] == [True, True]


def test_a_bad_key_fails_alone_and_the_command_goes_on_later(
    server: Watched,
    cluster: LocalCluster,
    dask_client: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    projects = tmp_path / "projects.csv"
    projects.write_text(f"project_id,impulse_id,variant\n{BAD_KEY_PROJECT},,\n1,,int8 float32\n77,,\n")
    monkeypatch.setenv("EI_API_ENDPOINT", server.url)
    command = ["export", "--projects", str(projects), "--out", str(tmp_path / "out")]
    done = invoke([*command, "--cluster", cluster.scheduler_address])
    assert done.exit_code == 1
    assert "exported 236 samples of 2 runs, 236 of them new" in done.stderr
    assert f"project {BAD_KEY_PROJECT} failed: " in done.stderr
    assert "was refused with status 401" in done.stderr
    assert "project 77 failed: no API key for project 77: set EI_API_KEY_77" in done.stderr
    assert done.stdout.strip() == str(tmp_path / "out")
    server.calls.clear()
    again = spread(
        server, tmp_path / "out", dask_client, [ProjectRun(BAD_KEY_PROJECT), ProjectRun(1, None, "int8")]
    )
    assert [type(error) for error in again.failed.values()] == [AuthenticationError]
    assert {project for _, project, _ in server.calls} == {BAD_KEY_PROJECT}


def test_what_the_documentation_shows_runs(
    server: Watched, cluster: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = snippets((ROOT / "docs" / "scale.md").read_text("utf-8"))
    monkeypatch.setenv("EI_API_ENDPOINT", server.url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "projects.csv").write_text("project_id\n3\n")
    for shown, here in (("s3://bucket/results", "out"), ("tcp://scheduler:8786", cluster.scheduler_address)):
        assert shown in code
        code = code.replace(shown, here)
    names: dict[str, Any] = {}
    exec(code, names)
    assert (names["done"].samples, names["done"].failed) == (48, {})


def test_no_call_begins_while_the_server_asks_for_a_pause(
    server: Watched, dask_client: Client, tmp_path: Path
) -> None:
    server.studio.add_fault("status=429,retry-after=1,times=1,skip=3,on=page")
    server.latency_s = 0.01
    assert spread(server, tmp_path, dask_client, max_calls=4).failed == {}
    (refused,) = server.refused
    after = [moment - refused for moment, *_ in server.calls if moment > refused]
    assert after  # or else it came last
    assert not [moment for moment in after if 0.4 < moment < 0.9]


def test_no_key_is_in_a_task_the_scheduler_or_a_log(
    server: Watched,
    cluster: LocalCluster,
    dask_client: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[bytes] = []
    submit = type(dask_client).submit

    def noted(self: Client, task: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        sent.append(cloudpickle.dumps((task, arguments, options)))
        return submit(self, task, *arguments, **options)

    monkeypatch.setattr(type(dask_client), "submit", noted)
    done = spread(server, tmp_path / "out", dask_client, [*RUNS[:2], ProjectRun(BAD_KEY_PROJECT)])
    assert len(sent) >= 3

    def everything() -> bytes:
        dask_client.dump_cluster_state(str(tmp_path / "dump"), write_from_scheduler=False)
        logs = [dask_client.get_worker_logs(), dask_client.get_scheduler_logs(), dask_client.get_events()]
        kept = [file.read_bytes() for file in (tmp_path / "out").glob("**/*") if file.is_file()]
        dump = gzip.decompress((tmp_path / "dump.msgpack.gz").read_bytes())
        return b"".join([*sent, *kept, dump, repr(logs).encode(), pickle.dumps(done), repr(done).encode()])

    keys = [f"ei_studio_key_{project}".encode() for project in (1, 4)] + [b"ei_wrong"]
    assert not [key for key in keys if key in everything()]
    # What it would find: a key in the error of a task.
    assert "invalid literal" in str(submit(dask_client, int, keys[0].decode(), pure=False).exception())
    assert keys[0] in everything()


def test_a_second_writer_is_refused(server: Watched, dask_client: Client, tmp_path: Path) -> None:
    from ei_classify.dataset import storage_of

    with storage_of(tmp_path).sole_user(), pytest.raises(ExportLockedError):
        spread(server, tmp_path, dask_client)
    assert server.calls == []


@pytest.mark.parametrize(
    ("folder", "options", "expected"),
    [
        ("memory://x/y", {}, "memory of this process"),
        ("out", {"key_provider": "keys"}, "module:function"),
        ("out", {"format": "xml"}, "must be parquet, csv or jsonl"),
        ("out", {"raw_csv": True}, "only for format 'csv'"),
        ("out", {"max_calls": 0}, "max_calls must be at least 1"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_asked(
    folder: str, options: dict[str, Any], expected: str
) -> None:
    with pytest.raises(ConfigurationError, match=expected):
        module.export(RUNS, folder, cluster="tcp://127.0.0.1:1", **options)
