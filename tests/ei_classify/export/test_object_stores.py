"""The promises of an export hold on an object store."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from ei_classify_mocks.studio import Studio, api_key
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify import CallError, ClassifyClient, open_export
from ei_classify.dataset import FORMATS, Manifest, hidden_name, storage_of
from ei_classify.dataset.storage.objects import ObjectStorage, open_storage
from ei_classify.errors import ExportDamagedError, ExportError, ExportLockedError
from ei_classify.export import export
from ei_classify.scoring import as_json, score
from tests.command_line import invoke
from tests.ei_classify.conftest import KEY, SECRET
from tests.snippets import ROOT, snippets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from ei_classify import StoredExport

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with Studio("scale:700,labels=2") as studio:
        yield studio


@pytest.fixture
def client(studio: Studio) -> Iterator[ClassifyClient]:
    with ClassifyClient(api_key(100), base_url=studio.url, http_client=studio.client()) as client:
        yield client


def tables(export: StoredExport) -> dict[str, pa.Table]:
    """The tables without the time of reading."""
    found = {}
    for name in export:
        table = export[name].to_table()
        found[name] = table.drop_columns([each for each in ("read_at",) if each in table.column_names])
    return found


def facts(folder: Any) -> Any:
    """The manifest without its times, and without what depends on them."""
    properties = json.loads(storage_of(folder).read("manifest.json"))
    for run in properties["runs"].values():
        del run["started"]
        for part in run["parts"]:
            for path, file in part["files"].items():
                if path.startswith("runs/"):  # it has the time
                    del file["checksum"], file["bytes"]
    del properties["checksum"]
    return properties


def same(url: str, folder: Path) -> None:
    there, here = open_export(url, verify=True), open_export(folder, verify=True)
    assert there.problems == here.problems == []
    if there.format == "jsonl":
        assert list(there.lines()) == list(here.lines())
    assert tables(there) == tables(here)
    names = [sorted(storage_of(each).glob("*/*/*/*/*")) for each in (url, folder)]
    assert names[0] == names[1], "nothing is left behind"


@settings(max_examples=3, deadline=None)
@given(
    st.sampled_from(FORMATS),
    st.integers(500, 3_000),
    st.integers(100, 400),
    st.integers(0, 6),
)
def test_an_export_to_memory_is_one_to_disk(
    studio: Studio,
    format: Any,  # noqa: A002
    rows_per_part: int,
    page_size: int,
    pages_before_the_end: int,
) -> None:
    url = f"memory://{uuid.uuid4()}/results"
    with tempfile.TemporaryDirectory() as folder:
        for out in (url, folder):
            with ClassifyClient(api_key(100), base_url=studio.url, http_client=studio.client()) as client:
                options: dict[str, Any] = {
                    "format": format,
                    "rows_per_part": rows_per_part,
                    "page_size": page_size,
                    "concurrency": 1,
                }
                studio.add_fault(f"status=401,on=page,skip={pages_before_the_end},times=1")
                try:
                    export(client, out, 100, **options)
                except CallError:
                    export(client, out, 100, **options)
                finally:
                    studio.clear_faults()
        same(url, Path(folder))
        assert facts(url) == facts(folder)


def test_interrupted_and_resumed_on_s3_it_equals_an_uninterrupted_one(
    bucket: str, studio: Studio, client: ClassifyClient, tmp_path: Path
) -> None:
    url = f"{bucket}/team results/ü"
    options: dict[str, Any] = {"page_size": 100, "rows_per_part": 2_000}
    export(client, tmp_path / "whole", 100, **options)
    studio.add_fault("status=401,on=page,skip=4,times=1")
    with pytest.raises(CallError):
        export(client, url, 100, concurrency=1, **options)
    studio.clear_faults()
    opened = open_export(url)
    assert 0 < opened.runs[0].sample_count < 700
    assert not opened.complete
    storage = storage_of(url)
    for path in opened.runs[
        0
    ].files:  # as a kill leaves them between a copy and the removal of the hidden one
        storage.replace(hidden_name(path), storage.read(path))
    done = export(client, f"{url}/", 100, verify=True, **options)
    assert (done.folder, done.samples, done.new) == (url, 700, 700 - opened.runs[0].sample_count)
    same(url, tmp_path / "whole")
    assert export(client, url, 100).new == 0
    assert export(client, url, 100, restart=True, format="csv").new == 700
    again = open_export(url, verify=True)
    assert again.problems == []
    assert set(storage_of(url).glob("*/*/*/*/*")) == set(again.runs[0].files), "nothing is left behind"
    assert not any(secret in storage_of(url).read("manifest.json").decode() for secret in (KEY, SECRET))


def test_damage_on_s3_is_found(bucket: str, client: ClassifyClient) -> None:
    export(client, bucket, 100)
    (path,) = [path for path in open_export(bucket).runs[0].files if "/scores/" in path]
    storage = storage_of(bucket)
    content = storage.read(path)
    storage.replace(path, content[:-99] + bytes([content[-99] ^ 1]) + content[-98:])
    assert open_export(bucket).problems == []
    assert "scores/part-00000.parquet has another checksum" in open_export(bucket, verify=True).problems[0]
    with pytest.raises(ExportDamagedError, match="scores/part-00000"):
        export(client, bucket, 100, verify=True)
    storage.replace(path, content[:-1])
    assert f"bytes instead of {len(content)}" in open_export(bucket).problems[0]
    storage.remove([path])
    assert "is missing" in open_export(bucket).problems[0]


def test_a_second_writer_is_refused_while_the_first_goes_on(bucket: str, client: ClassifyClient) -> None:
    refused: list[str] = []

    def intrude(_: object) -> None:
        if not refused:
            with pytest.raises(ExportLockedError, match=r"process \d+ of .* is writing to it") as caught:
                in_short(bucket)
            refused.append(caught.value.folder)

    def in_short(url: str) -> None:
        with open_storage(url, lease_s=0.3).sole_user():
            raise AssertionError("there are two writers")

    assert export(client, open_storage(bucket, lease_s=0.3), 100, on_progress=intrude).new == 700
    assert refused == [bucket]


def test_a_writer_whose_lock_was_taken_over_commits_no_more(bucket: str, client: ClassifyClient) -> None:
    def take(_: object) -> None:
        storage_of(bucket).replace(".lock", b'{"holder":"process 7 of there","token":"t"}')

    with pytest.raises(ExportLockedError, match="process 7 of there has taken over its lock"):
        export(client, bucket, 100, on_progress=take)
    assert Manifest.load(storage_of(bucket)) is None
    assert storage_of(bucket).glob("*/*/*/*/*") == []


def test_a_network_that_is_gone_half_way_is_named_and_the_rest_follows(
    bucket: str, client: ClassifyClient, tmp_path: Path
) -> None:
    from moto.server import ThreadedMotoServer
    from obstore.store import S3Store

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)  # of the same buckets
    server.start()
    host, port = server.get_host_and_port()
    store = S3Store(
        bucket.removeprefix("s3://"),
        endpoint=f"http://{host}:{port}",
        client_options={"allow_http": True, "pool_max_idle_per_host": "0"},
        retry_config={"max_retries": 0},
    )
    pages: list[object] = []

    def go_away(page: object) -> None:
        pages.append(page)
        if len(pages) == 5:
            server.stop()

    options: dict[str, Any] = {"page_size": 100, "rows_per_part": 2_000}
    with pytest.raises(ExportError, match=f"export in {bucket}: the store cannot be reached") as caught:
        export(client, ObjectStorage(store, bucket), 100, on_progress=go_away, **options)
    assert "What is written is kept" in str(caught.value)
    assert 0 < open_export(bucket).runs[0].sample_count < 700
    deadline = time.monotonic() + 5
    while any(thread.name.startswith("lock of") for thread in threading.enumerate()):
        assert time.monotonic() < deadline
    storage_of(bucket).remove([".lock"])  # which nobody could free, so that this test need not wait
    assert export(client, bucket, 100, **options).samples == 700
    export(client, tmp_path, 100, **options)
    same(bucket, tmp_path)


def killed(url: str, out: str, kills: int, chance: random.Random) -> set[int]:
    """Kill an export again and again, then let it end; how far it was each time."""
    command = [sys.executable, str(HERE / "export_on_request.py"), url, out, "100", "0.3"]
    progress = set()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as exporter:
        assert exporter.stdin is not None
        assert exporter.stdout is not None

        def until(word: str) -> int:
            for line in exporter.stdout or ():
                if line.startswith(word):
                    return int(line.split()[-1])
            raise AssertionError

        for samples in sorted(chance.randrange(100, 600) for _ in range(kills)):
            exporter.stdin.write("go\n")
            exporter.stdin.flush()
            process = until("process")
            while until("") < samples:
                pass
            time.sleep(chance.random() * 0.05)
            os.kill(process, signal.SIGKILL)
            assert until("status") == -signal.SIGKILL
            manifest = Manifest.load(storage_of(out))
            progress.add(sum(run.samples for run in manifest.runs.values()) if manifest else 0)
        exporter.stdin.write("go\n")
        exporter.stdin.flush()
        assert until("status") == 0
        exporter.stdin.close()
    return progress


def test_killed_again_and_again_it_ends_as_if_nothing_had_been(bucket: str, tmp_path: Path) -> None:
    with Studio("scale:700,windows=2,labels=3") as studio, studio.serving() as url:
        with ClassifyClient(api_key(100), base_url=url) as client:
            export(client, tmp_path, 100, variants=["int8"], page_size=100, rows_per_part=2_000)
        progress = killed(url, f"{bucket}/x", 2, random.Random(3))
    assert len(progress) > 1, "it was stopped at different places"
    same(f"{bucket}/x", tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of both variants of the first project."""
    folder = tmp_path_factory.mktemp("whole")
    with (
        Studio() as studio,
        ClassifyClient(api_key(1), base_url=studio.url, http_client=studio.client()) as client,
    ):
        export(client, folder, 1, variants=["int8", "float32"])
    return folder


@pytest.fixture
def stored(make_bucket: Callable[[str], str], whole: Path) -> str:
    """The same export in a bucket, as copying all files of a folder leaves it. No test changes it."""
    storage = storage_of(f"{make_bucket(f'stored-{os.getpid()}')}/results")
    if not storage.glob("manifest.json"):
        for file in whole.rglob("*.*"):
            storage.replace(file.relative_to(whole).as_posix(), file.read_bytes())
    return str(storage.folder)


def test_scores_of_a_bucket_are_those_of_the_disk(stored: str, whole: Path, tmp_path: Path) -> None:
    there, here = (as_json(score(folder, replicates=20)).decode() for folder in (stored, whole))
    assert there.replace(stored, str(whole)) == here
    assert invoke(["score", stored, "--replicates", "20"]).exit_code == 0
    few = ["--replicates", "5"]
    both = ["--variant", "int8", "--variant", "float32", *few]
    compared = [invoke(["compare", folder, *both]) for folder in (stored, str(whole))]
    assert compared[0].exit_code == 0
    assert compared[0].stdout == compared[1].stdout
    checked = invoke(["check", stored, "--variant", "int8", "--require", "accuracy>=0.1", *few])
    assert checked.exit_code == 0, checked.output
    html = str(tmp_path / "report.html")
    reported = invoke(["report", stored, "--variant", "int8", "--out", html, *few])
    assert reported.exit_code == 0, reported.output
    assert "<html" in (tmp_path / "report.html").read_text("utf-8")


def test_the_command_exports_to_a_bucket(bucket: str) -> None:
    with Studio() as studio, studio.serving() as url:
        env = {"EI_API_KEY": api_key(1), "EI_API_ENDPOINT": url}
        done = invoke(["export", "--out", f"{bucket}/x", "--variant", "int8"], env=env)
        assert (done.exit_code, done.stdout) == (0, f"{bucket}/x\n"), done.output
        done = invoke(["export", "--out", "s3://no-such-bucket/x"], env=env)
        assert done.exit_code == 1
        assert "there is no such bucket" in done.stderr
        done = invoke(["export", "--out", f"{bucket}/x?key={SECRET}"], env=env)
        assert done.exit_code == 2
        assert "--out has a query" in done.stderr
        assert SECRET not in done.output
    assert open_export(f"{bucket}/x").complete


# --- Reading, as docs/storage.md shows it --------------------------------------------------------------


@pytest.mark.parametrize("place", range(4), ids=["open_export", "duckdb", "polars", "dask"])
def test_a_bucket_is_read_as_documented(
    place: int,
    stored: str,
    whole: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    code = snippets((ROOT / "docs/storage.md").read_text("utf-8"))[place]
    exec(code.replace("s3://bucket/results", stored), {})
    assert str(open_export(whole)["scores"].count_rows()) in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == [], "DuckDB would put what it downloads here"


def test_frames_of_a_bucket_are_those_of_the_disk(stored: str, whole: Path) -> None:
    there, here = open_export(stored), open_export(whole)
    pd.testing.assert_frame_equal(there.to_pandas("scores")["scores"], here.to_pandas("scores")["scores"])
    assert there.to_polars()["scores"].collect().equals(here.to_polars()["scores"].collect())
