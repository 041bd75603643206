"""Exports are whole: after a kill at any moment, and never half when something is wrong."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import duckdb
import httpx
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest
from ei_classify_mocks import example
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import (
    CallError,
    ClassifyClient,
    ConfigurationError,
    InvalidArgumentError,
    RetryPolicy,
    open_export,
)
from ei_classify.dataset import Manifest, packed, storage_of, unpacked
from ei_classify.dataset.storage.local import whole_file
from ei_classify.errors import ExportChangedError, ExportDamagedError, ExportError, ExportLockedError
from ei_classify.export import export
from ei_classify.tables import SCHEMAS, VERSION
from tests.ei_classify import manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
TABLES = [name for name in SCHEMAS if name != "runs"]


@pytest.fixture
def studio() -> Iterator[Studio]:
    with Studio("scale:700,windows=2,labels=3", "scale:0") as studio:
        yield studio


def client_of(studio: Studio, project: int, **options: Any) -> ClassifyClient:
    return ClassifyClient(api_key(project), base_url=studio.url, http_client=studio.client(), **options)


def content(folder: Path, table: str) -> pa.Table:
    """All rows of a table, in the order of its parts."""
    files = sorted(folder.glob(f"**/{table}/part-*.parquet"))
    return pa.concat_tables([pq.read_table(file, partitioning=None) for file in files])


def test_everything_is_in_and_reads_as_the_tables_in_memory(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 1)
    done = export(client, tmp_path, 1, variants=["int8", "float32"])
    assert (done.samples, done.new) == (236, 236)
    for variant in ("int8", "float32"):
        tables = client.tables(1, variant=variant)
        folder = tmp_path / f"project-1/impulse-default/variant-{variant}"
        for name in TABLES:
            written = content(folder, name)
            assert written.schema.metadata[b"ei_classify.tables"] == f"{name}/{VERSION}".encode()
            assert written.to_pylist() == tables[name].to_pylist()
        (run,) = content(folder, "runs").to_pylist()
        assert (run["sample_count"], run["total_count"], len(run["learn_blocks"])) == (118, 118, 2)
    assert not list(tmp_path.glob("**/*.tmp"))


def test_arrow_reads_the_partitions(studio: Studio, tmp_path: Path) -> None:
    export(client_of(studio, 4), tmp_path, 4, variants=["int8"], impulse_id=1)
    files = [str(file) for file in tmp_path.glob("**/detections/*.parquet")]
    read = pyarrow.dataset.dataset(files, partitioning="hive").to_table()
    assert set(read.column("impulse_id").to_pylist()) == {1}
    assert set(read.column("variant").to_pylist()) == {"int8"}


def test_row_groups_have_a_size_for_scanning(studio: Studio, tmp_path: Path) -> None:
    export(client_of(studio, 100), tmp_path, 100)
    for file in tmp_path.glob("**/scores/*.parquet"):
        metadata = pq.read_metadata(file)
        assert metadata.row_group(0).column(0).compression == "ZSTD"
        assert max(metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)) <= 131_072


def test_an_export_that_failed_goes_on_where_it_was(studio: Studio, tmp_path: Path) -> None:
    export(client_of(studio, 100), tmp_path / "whole", 100, rows_per_part=2_000)
    client = client_of(studio, 100, retries=RetryPolicy(retries=0))
    studio.add_fault("status=500,on=page,skip=4,times=1")
    with pytest.raises(CallError):
        export(client, tmp_path / "parts", 100, rows_per_part=2_000, concurrency=1)
    manifest = Manifest.load(storage_of(tmp_path / "parts"))
    assert manifest is not None
    (entry,) = manifest.runs.values()
    assert 0 < entry.samples < 700
    assert not entry.complete
    studio.clear_faults()
    studio.clear_requests()
    done = export(client, tmp_path / "parts", 100, rows_per_part=2_000)
    assert (done.samples, done.new) == (700, 700 - entry.samples)
    offsets = [int(httpx.QueryParams(request.query)["offset"]) for request in studio.requests]
    assert all(offset in (0, entry.samples - 1) or offset >= entry.samples for offset in offsets)
    for name in TABLES:
        assert content(tmp_path / "parts", name).equals(content(tmp_path / "whole", name))


def test_a_complete_export_is_left_as_it_is(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 1)
    export(client, tmp_path, 1)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("**/part-*")}
    assert export(client, tmp_path, 1).new == 0
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("**/part-*")} == before


def test_leftovers_of_a_stopped_export_are_removed(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 1)
    export(client, tmp_path, 1)
    scores = next(tmp_path.glob("**/scores"))
    for name in ("part-00007.parquet", ".part-00008.parquet.tmp"):
        (scores / name).write_bytes(b"half")
    (scores / "notes.txt").write_text("mine")
    export(client, tmp_path, 1)
    assert sorted(path.name for path in scores.iterdir()) == ["notes.txt", "part-00000.parquet"]


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda file: file.unlink(), "is missing"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "bytes instead of"),
        (lambda file: file.write_bytes(b"x" * file.stat().st_size), "arquet"),
    ],
)
def test_a_damaged_file_is_named(
    damage: Callable[[Path], object], message: str, studio: Studio, tmp_path: Path
) -> None:
    client = client_of(studio, 1)
    export(client, tmp_path, 1)
    damage(next(tmp_path.glob("**/scores/part-00000.parquet")))
    with pytest.raises(ExportDamagedError, match=message) as raised:
        export(client, tmp_path, 1)
    assert "scores/part-00000.parquet" in str(raised.value)
    assert "--restart" in str(raised.value)
    assert export(client, tmp_path, 1, restart=True).new == 118
    assert content(tmp_path, "samples").num_rows == 118


def test_a_damaged_manifest_is_named(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": "parquet"')
    with pytest.raises(ExportDamagedError, match=r"manifest\.json cannot be read"):
        export(client_of(studio, 1), tmp_path, 1)
    properties = {"format": "parquet", "version": 9}
    properties["checksum"] = manifests.checksum(properties)
    (tmp_path / "manifest.json").write_text(json.dumps(properties))
    with pytest.raises(ExportError, match="version 9"):
        export(client_of(studio, 1), tmp_path, 1)


class Pages:
    """A server of pages that a test can change."""

    def __init__(self, count: int = 30) -> None:
        entry, predictions = example("page-motion")["result"][0], example("page-motion")["predictions"][:5]
        self.results = [json.loads(json.dumps({**entry, "sampleId": n})) for n in range(1, count + 1)]
        self.predictions = {n: [{**each, "sampleId": n} for each in predictions] for n in range(1, count + 1)}
        self.fail_at: int | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        offset, limit = int(request.url.params["offset"]), int(request.url.params["limit"])
        if offset == self.fail_at:
            return httpx.Response(500)
        result = self.results[offset : offset + limit]
        own = [each for entry in result for each in self.predictions[entry["sampleId"]]]
        body = {"success": True, "result": result, "predictions": own, "totalCount": len(self.results)}
        return httpx.Response(200, json=body)

    def export(self, folder: Path, **options: Any) -> Any:
        http = httpx.Client(transport=httpx.MockTransport(self))
        with http, ClassifyClient("key", base_url="http://127.0.0.1", http_client=http, retries=0) as client:
            return export(client, folder, 1, page_size=10, concurrency=1, rows_per_part=1, **options)


def other_scores(pages: Pages, index: int) -> None:
    pages.results[index]["classifications"][0]["result"][0]["idle"] += 0.1


CHANGES: list[tuple[Callable[[Pages], object], str]] = [
    (lambda pages: other_scores(pages, 0), "sample 1 has different results"),
    (lambda pages: pages.predictions[1][0].update(prediction="idle"), "sample 1 has different results"),
    (lambda pages: pages.results.pop(0), "sample 1 is no longer the one at offset 0"),
    (lambda pages: pages.results.pop(), "there were 30 samples, and now there are 29"),
    (lambda pages: pages.results.clear(), "sample 1 is no longer"),
]


def changes(last: int) -> list[tuple[Callable[[Pages], object], str]]:
    """What may happen to the results, and what is said of it when so many samples are in."""
    return [
        *CHANGES,
        (lambda pages: other_scores(pages, last - 1), f"sample {last} has different results"),
        (
            lambda pages: pages.results.insert(5, pages.results.pop()),
            f"sample {last} is no longer the one at offset {last - 1}",
        ),
    ]


@pytest.mark.parametrize(
    ("complete", "change", "message"),
    [(complete, *each) for complete, last in ((False, 20), (True, 30)) for each in changes(last)],
)
def test_changed_results_are_not_mixed_with_those_before(
    complete: bool, change: Callable[[Pages], object], message: str, tmp_path: Path
) -> None:
    pages = Pages()
    if complete:
        pages.export(tmp_path)
    else:
        pages.fail_at = 20
        with pytest.raises(CallError):
            pages.export(tmp_path)
        pages.fail_at = None
    before = content(tmp_path, "scores")
    change(pages)
    with pytest.raises(ExportChangedError, match=message) as raised:
        pages.export(tmp_path)
    assert "--restart" in str(raised.value)
    assert content(tmp_path, "scores").equals(before)
    assert pages.export(tmp_path, restart=True).samples == len(pages.results)


def test_a_sample_that_comes_again_after_the_resumption_is_noticed(tmp_path: Path) -> None:
    pages = Pages()
    pages.fail_at = 20
    with pytest.raises(CallError):
        pages.export(tmp_path)
    pages.fail_at = None
    pages.results[25] = pages.results[4]
    with pytest.raises(ExportChangedError, match="sample 5 was sent twice"):
        pages.export(tmp_path)


def test_what_earlier_parts_said_of_the_run_is_not_forgotten(tmp_path: Path) -> None:
    pages = Pages()
    pages.results[0]["classifications"][0]["learnBlock"]["name"] = "Retired"
    pages.fail_at = 20
    with pytest.raises(CallError):
        pages.export(tmp_path)
    pages.fail_at = None
    pages.export(tmp_path)
    (run,) = content(tmp_path, "runs").to_pylist()
    assert [block["name"] for block in run["learn_blocks"]] == ["Retired", "NN Classifier"]
    assert run["sample_count"] == 30


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"

    def write(content: bytes, failure: BaseException | None = None) -> None:
        with whole_file(path) as file:
            file.write(content)
            file.flush()
            assert path.exists() == before
            assert not before or path.read_bytes() == b"old"
            if failure:
                raise failure

    before = False
    with pytest.raises(ZeroDivisionError):
        write(b"half", ZeroDivisionError())
    assert list(path.parent.iterdir()) == []
    write(b"old")
    before = True
    with pytest.raises(KeyboardInterrupt):
        write(b"half", KeyboardInterrupt())
    assert path.read_bytes() == b"old"
    write(b"new")
    assert [file.name for file in path.parent.iterdir()] == ["file"]
    assert path.read_bytes() == b"new"


def test_a_sample_whose_file_was_moved_is_not_a_change(tmp_path: Path) -> None:
    pages = Pages()
    pages.export(tmp_path)
    pages.results[0]["sample"]["coldstorageFilename"] = "elsewhere"
    assert pages.export(tmp_path).new == 0


def test_other_filters_or_another_format_need_another_folder(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 1)
    export(client, tmp_path, 1, variants=["int8"], labels=["walking"])
    with pytest.raises(ExportError, match="other filters"):
        export(client, tmp_path, 1, variants=["int8"])
    with pytest.raises(ExportError, match=r"a parquet export\. Use another folder for csv"):
        export(client, tmp_path, 1, variants=["int8"], format="csv")
    export(client, tmp_path, 1, variants=["float32"])  # another run is no conflict
    assert len(list(tmp_path.glob("**/runs/*.parquet"))) == 2


def test_lines_hold_the_answers_as_they_came(tmp_path: Path) -> None:
    pages = Pages(12)
    pages.results[3]["sample"]["addedLater"] = {"by": ["a newer", "server"]}
    pages.export(tmp_path, format="jsonl")
    files = sorted(tmp_path.glob("**/results/part-*.jsonl"))
    lines = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    assert lines == [
        {**entry, "predictions": pages.predictions[entry["sampleId"]]} for entry in pages.results
    ]
    assert pages.export(tmp_path, format="jsonl").new == 0


@pytest.mark.parametrize("added", [["predictions"], ["predictions", "_predictions"]])
def test_predictions_that_an_entry_has_of_its_own_stay_in_a_line(added: list[str], tmp_path: Path) -> None:
    pages = Pages(3)
    pages.results[1] = {**dict.fromkeys(added, "of later"), **pages.results[1]}
    pages.export(tmp_path, format="jsonl")
    (line,) = (
        json.loads(line, object_pairs_hook=unique)
        for file in tmp_path.glob("**/results/part-*.jsonl")
        for line in file.read_text("utf-8").splitlines()
        if '"sampleId":2,' in line.replace(" ", "")
    )
    assert line == {**pages.results[1], "_" * len(added) + "predictions": pages.predictions[2]}


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, in which each name stands once."""
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def test_csv_holds_the_flat_tables(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 3)
    export(client, tmp_path, 3, format="csv")
    (file,) = tmp_path.glob("**/predictions/part-00000.csv")
    with file.open(newline="", encoding="utf-8") as opened:
        read = list(csv.DictReader(opened))
    table = client.tables(3).predictions.to_pylist()
    assert [row["prediction"] for row in read] == [row["prediction"] for row in table]
    assert json.loads(read[0]["anomaly_scores"]) == table[0]["anomaly_scores"]
    assert {path.parent.name for path in tmp_path.glob("**/part-*")} == {"predictions", "scores"}
    assert export(client, tmp_path, 3, format="csv").new == 0


def test_a_project_without_samples_gives_an_export_without_samples(studio: Studio, tmp_path: Path) -> None:
    assert export(client_of(studio, 101), tmp_path, 101).samples == 0
    assert export(client_of(studio, 101), tmp_path, 101).samples == 0


def test_wrong_arguments_are_named(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 1)
    with pytest.raises(ConfigurationError, match="parquet, csv or jsonl"):
        export(client, tmp_path, 1, format="xlsx")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="at least one"):
        export(client, tmp_path, 1, variants=[])
    with pytest.raises(ConfigurationError, match="`variants`, not `variant`"):
        export(client, tmp_path, 1, variant="int8")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "problem"),
    [("", "is empty"), ("a\0b", "contains a NUL"), ("a\ud800", "cannot be written as UTF-8")],
)
def test_what_is_no_path_is_refused(
    folder: str, problem: str, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    paths: list[str | Path] = [folder, *([Path(folder)] if folder else [])]
    for given in paths:
        with pytest.raises(InvalidArgumentError, match=f"^folder .*{problem}"):
            export(client_of(studio, 1), given, 1, format="jsonl")
        with pytest.raises(InvalidArgumentError, match=f"^folder .*{problem}"):
            open_export(given)
    assert list(tmp_path.iterdir()) == []
    assert export(client_of(studio, 1), ".", 1, format="jsonl").samples == 118
    assert open_export(".").complete


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_folder_below_one_that_is_not_utf_8_is_refused(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "\udcff").mkdir()
    monkeypatch.chdir(tmp_path / "\udcff")
    for call in (lambda: export(client_of(studio, 1), "out", 1), lambda: open_export("out")):
        with pytest.raises(InvalidArgumentError, match=r"folder is relative to .*cannot be written as UTF-8"):
            call()
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("text", ["a\0b", "a\ud800"])
def test_a_variant_or_filter_that_cannot_be_sent_is_refused(
    text: str, studio: Studio, tmp_path: Path
) -> None:
    client = client_of(studio, 1)
    with pytest.raises(InvalidArgumentError, match=r"^variants "):
        export(client, tmp_path / "out", 1, variants=["int8", text])
    with pytest.raises(InvalidArgumentError, match=r"^labels "):
        export(client, tmp_path / "out", 1, labels=[text])
    assert list(tmp_path.iterdir()) == []


def test_the_second_export_into_a_folder_is_refused(studio: Studio, tmp_path: Path) -> None:
    studio.add_fault("latency=0.2,on=page")
    with studio.serving() as url:
        with Exporter(url, tmp_path) as exporter:
            process = exporter.start()
            assert exporter.page()  # it is under way
            with (
                ClassifyClient(api_key(100), base_url=url) as client,
                pytest.raises(ExportLockedError, match=f"process {process} of "),
            ):
                export(client, tmp_path, 100, variants=["float32"])
            os.kill(process, signal.SIGKILL)
            exporter.status()
        studio.clear_faults()
        with ClassifyClient(api_key(100), base_url=url) as client:
            assert export(client, tmp_path, 100, variants=["int8"]).samples == 700


def test_a_full_disk_is_named_and_leaves_nothing_half(studio: Studio, tmp_path: Path) -> None:
    program = f"""
import resource, signal, sys
sys.path.insert(0, {str(HERE)!r})
from ei_classify import ClassifyClient
from ei_classify.export import export
from ei_classify_mocks.studio import Studio, api_key
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # no file may grow beyond
with Studio("scale:700") as studio:
    client = ClassifyClient(api_key(100), base_url=studio.url, http_client=studio.client())
    try:
        export(client, sys.argv[1], 100)
    except Exception as error:
        print(type(error).__name__, error)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("ExportError"), done.stdout + done.stderr
    assert "cannot write: File too large" in done.stdout
    assert "solve the problem, then export again to continue" in done.stdout
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.name != ".lock"]


def test_a_folder_that_cannot_be_written_is_named(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot write: Not a directory"):
        export(client_of(studio, 1), tmp_path / "file" / "out", 1)


@pytest.mark.parametrize("ids", [[], [5], [1, 2, 3, 7, 9, 8], [-3, -2, -1, 0, 1], [3, 2, 1]])
def test_ids_are_packed_and_unpacked(ids: list[int]) -> None:
    assert unpacked(packed(ids)) == ids


class Exporter:
    """Processes that export `scale` project 100 of a Studio on a port into a folder."""

    def __init__(self, url: str, folder: Path) -> None:
        command = [sys.executable, str(HERE / "export_on_request.py"), url, str(folder), "100"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def start(self) -> int:
        """Begin an export; its process."""
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return int(self._read("process"))

    def samples(self) -> int:
        """Wait for the next page; how many samples have been read with it."""
        assert self.page(), self._line
        return int(self._line)

    def page(self) -> bool:
        """Wait for the next page; whether there is one."""
        assert self._process.stdout is not None
        self._line = self._process.stdout.readline()
        return self._line.strip().isdecimal()

    def status(self) -> int:
        """Wait for the end of the export."""
        if not getattr(self, "_line", "").startswith("status"):
            while self.page():
                pass
        status, self._line = self._line.split()[1], ""
        return int(status)

    def _read(self, word: str) -> str:
        while not self.page() and not self._line.startswith(word):
            assert self._line, self._process.stderr and self._process.stderr.read()
        while not self._line.startswith(word):
            self.page()
        return self._line.split()[1]


def test_killed_twenty_times_it_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    chance = random.Random(20)
    with Studio("scale:5000,windows=2,labels=3") as studio, studio.serving() as url:
        with ClassifyClient(api_key(100), base_url=url) as client:
            export(client, tmp_path / "whole", 100, variants=["int8"], rows_per_part=2_000)
        progress = set()
        with Exporter(url, tmp_path / "killed") as exporter:
            for samples in sorted(chance.randrange(100, 4_000) for _ in range(20)):
                process = exporter.start()
                while exporter.samples() < samples:
                    pass
                time.sleep(chance.random() * 0.03)
                os.kill(process, signal.SIGKILL)
                assert exporter.status() == -signal.SIGKILL
                manifest = Manifest.load(storage_of(tmp_path / "killed"))
                listed = sum(entry.samples for entry in manifest.runs.values()) if manifest else 0
                shown = (tmp_path / "killed").glob("**/samples/*.parquet")
                assert sum(pq.read_metadata(file).num_rows for file in shown) <= listed
                progress.add(listed)
            exporter.start()
            assert exporter.status() == 0
    assert len(progress) > 5  # it was stopped at different places
    for name in TABLES:
        killed, whole = content(tmp_path / "killed", name), content(tmp_path / "whole", name)
        assert killed.num_rows == whole.num_rows
        assert killed.equals(whole)
    (run,) = content(tmp_path / "killed", "runs").to_pylist()
    assert (run["sample_count"], content(tmp_path / "killed", "samples").num_rows) == (5000, 5000)
    files = {path.relative_to(tmp_path / "killed") for path in (tmp_path / "killed").glob("**/*part*")}
    assert files == {path.relative_to(tmp_path / "whole") for path in (tmp_path / "whole").glob("**/*part*")}


def fetch(query: str) -> list[Any]:
    relation = duckdb.sql(query)
    assert relation is not None
    return relation.fetchall()


def test_duckdb_counts_what_the_typed_objects_count(studio: Studio, tmp_path: Path) -> None:
    for project in (1, 3, 4):
        export(client_of(studio, project), tmp_path, project, variants=["int8", "float32"])
    for variant in ("int8", "float32"):
        by_class: dict[str, list[bool]] = {}
        for outcome in client_of(studio, 1).results(1, variant=variant):
            for prediction in outcome.predictions:
                by_class.setdefault(str(prediction.label), []).append(prediction.prediction_correct is True)
        shares = fetch(f"""
            SELECT label, avg(correct::INT) FROM '{tmp_path}/**/predictions/*.parquet'
            WHERE project_id = 1 AND variant = '{variant}' GROUP BY label
        """)
        assert dict(shares) == pytest.approx(
            {label: sum(right) / len(right) for label, right in by_class.items()}
        )
    images = list(client_of(studio, 4).results(4, variant="int8"))
    counts = fetch(f"""
        SELECT kind, count(*) FROM '{tmp_path}/**/detections/*.parquet'
        WHERE project_id = 4 AND variant = 'int8' AND source IN ('sample', 'structured_result') GROUP BY kind
    """)
    assert dict(counts) == {
        "expected": sum(len(outcome.sample.bounding_boxes or ()) for outcome in images),
        "predicted": sum(
            len(result.boxes)
            for outcome in images
            for block in outcome.classifications
            for result in block.structured_result or []
        ),
    }
    means = [
        result.mean_score
        for outcome in client_of(studio, 3).results(3, variant="int8")
        for block in outcome.classifications
        for result in block.anomaly_result or []
        if result.mean_score is not None
    ]
    ((mean,),) = fetch(f"""
        SELECT avg(mean_score) FROM '{tmp_path}/**/anomalies/*.parquet'
        WHERE project_id = 3 AND variant = 'int8'
    """)
    assert len(means) == 48
    assert mean == pytest.approx(sum(means) / len(means))
