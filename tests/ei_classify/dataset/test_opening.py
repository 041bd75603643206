"""What `open_export` says of an export, and what it refuses to read."""

from __future__ import annotations

import datetime
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import (
    CallError,
    ClassifyClient,
    ExportDamagedError,
    ExportError,
    MissingExtraError,
    RetryPolicy,
    StoredExport,
    open_export,
)
from ei_classify.dataset.storage import local as storage
from ei_classify.export import export
from ei_classify.tables import SCHEMAS
from tests.ei_classify import manifests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUN = "project-1/impulse-default/variant-int8"


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with Studio("scale:700,windows=2,labels=3", "scale:0") as studio:
        yield studio


def client_of(studio: Studio, project: int) -> ClassifyClient:
    return ClassifyClient(
        api_key(project),
        base_url=studio.url,
        http_client=studio.client(),
        retries=RetryPolicy(retries=0),
    )


@pytest.fixture(scope="module")
def exported(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of project 1 in each format, in a folder of the format's name."""
    folder = tmp_path_factory.mktemp("exports")
    for format in ("parquet", "csv", "jsonl"):  # noqa: A001
        export(client_of(studio, 1), folder / format, 1, variants=["int8"], format=format, labels=["walking"])
    return folder


def copied(exported: Path, format: str, folder: Path) -> Path:  # noqa: A002
    return Path(shutil.copytree(exported / format, folder / format))


def stopped_export(studio: Studio, folder: Path) -> StoredExport:
    """What stands of an export that a failure of the server has ended."""
    studio.add_fault("status=500,on=page,skip=4,times=1")
    with pytest.raises(CallError):
        export(client_of(studio, 100), folder, 100, rows_per_part=2_000, page_size=100, concurrency=1)
    studio.clear_faults()
    return open_export(folder)


# --- Runs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_a_complete_export_has_no_problems(format: str, exported: Path) -> None:  # noqa: A002
    opened = open_export(exported / format)
    assert (opened.folder, opened.format) == (exported / format, format)
    assert (opened.complete, opened.problems, opened.check()) == (True, [], [])
    (run,) = opened.runs
    assert (run.project_id, run.impulse_id, run.variant) == (1, None, "int8")
    assert run.filters == {"labels": '["walking"]'}
    assert (run.sample_count, run.total_count, run.complete, run.problems) == (31, 31, True, [])
    assert (
        datetime.timedelta() < datetime.datetime.now(datetime.UTC) - run.read_at < datetime.timedelta(hours=1)
    )
    assert run.folder == RUN
    assert all((Path(opened.folder) / path).stat().st_size == file.bytes for path, file in run.files.items())


def test_a_stopped_export_can_be_read_and_says_how_far_it_is(studio: Studio, tmp_path: Path) -> None:
    opened = stopped_export(studio, tmp_path)
    (run,) = opened.runs
    assert not opened.complete
    assert not run.complete
    assert 0 < run.sample_count < 700
    (problem,) = opened.problems
    assert f"variant-@default is not complete: it has {run.sample_count} of 700 samples" in problem
    assert opened.check() == [problem]
    assert opened["samples"].count_rows() == run.sample_count
    assert opened["runs"].count_rows() == 0
    export(client_of(studio, 100), tmp_path, 100)
    assert not opened.complete, "what is open shows one moment"
    assert open_export(tmp_path).complete
    assert open_export(tmp_path)["samples"].count_rows() == 700


def test_an_export_without_a_sample_is_complete(studio: Studio, tmp_path: Path) -> None:
    export(client_of(studio, 101), tmp_path, 101)
    opened = open_export(tmp_path)
    assert (opened.complete, opened.problems, opened.check()) == (True, [], [])
    assert [run.sample_count for run in opened.runs] == [0]
    for name in SCHEMAS:
        assert opened[name].to_table().equals(SCHEMAS[name].empty_table(), check_metadata=True)


def test_leftovers_do_not_count(exported: Path, tmp_path: Path) -> None:
    folder = copied(exported, "parquet", tmp_path)
    scores = folder / RUN / "scores"
    shutil.copy(scores / "part-00000.parquet", scores / "part-00001.parquet")
    (scores / ".part-00002.parquet.tmp").write_bytes(b"half")
    other = Path(shutil.copytree(folder / RUN, folder / RUN.replace("int8", "float32")))
    opened = open_export(folder)
    assert (opened.problems, opened.check(), len(opened.runs)) == ([], [], 1)
    assert opened["scores"].count_rows() == pq.read_metadata(other / "scores/part-00000.parquet").num_rows


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("writable", [True, False])
def test_files_that_an_interruption_left_hidden_are_shown(
    writable: bool,
    format: str,  # noqa: A002
    exported: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = copied(exported, format, tmp_path)
    names = sorted(path.name for path in folder.rglob("part-*"))
    for path in list(folder.rglob("part-*")):
        storage.hide(path)
    if not writable:
        failure = OSError(errno.EROFS, os.strerror(errno.EROFS))
        monkeypatch.setattr(storage, "show", raising(failure))
    opened = open_export(folder)
    assert (opened.complete, opened.problems, opened.check()) == (True, [], [])
    if format == "jsonl":
        assert len(list(opened.lines())) == 31
    else:
        assert opened["predictions"].count_rows() == len(opened["predictions"].to_table()) > 31
    assert sorted(path.name for path in folder.rglob("part-*")) == (names if writable else [])


def raising(error: Exception) -> Callable[[Path], None]:
    def fail(_path: Path) -> None:
        raise error

    return fail


# --- What cannot be opened -----------------------------------------------------------------------------


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"absent: there is no such folder\. Pass the folder"):
        open_export(tmp_path / "absent")
    with pytest.raises(ExportError, match=r"it has no manifest\.json\. Pass the folder"):
        open_export(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="Not a directory"):
        open_export(tmp_path / "file")


def with_start(started: str) -> Callable[[dict[str, Any]], object]:
    return lambda manifest: manifest["runs"][RUN].update(started=started)


def move_run(manifest: dict[str, Any]) -> None:
    manifest["runs"]["elsewhere"] = manifest["runs"].pop(RUN)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (lambda manifest: manifest.update(version=9), ExportError, "version 9.*Install"),
        (lambda manifest: manifest.pop("format"), ExportDamagedError, "cannot be read.*--restart"),
        (
            lambda manifest: manifest.update(runs={"x": manifest["runs"][RUN]}),
            ExportDamagedError,
            "the run in x",
        ),
        (with_start("noon"), ExportDamagedError, "cannot be read"),
        (with_start("2025-06-04T12:00:00"), ExportDamagedError, "started"),
    ],
)
def test_a_manifest_that_cannot_be_understood_is_refused(
    change: Callable[[dict[str, Any]], object],
    error: type[ExportError],
    message: str,
    exported: Path,
    tmp_path: Path,
) -> None:
    folder = copied(exported, "parquet", tmp_path)
    manifests.change(folder, change)
    with pytest.raises(error, match=message):
        open_export(folder)


# --- Damage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda file: file.unlink(), " is missing"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), r" has \d+ bytes instead of \d+"),
        (lambda file: file.write_bytes(b"x" * file.stat().st_size), " (has|cannot be read)"),
    ],
    ids=["missing", "truncated", "overwritten"],
)
def test_a_damaged_file_is_named(
    damage: Callable[[Path], object],
    problem: str,
    format: str,  # noqa: A002
    exported: Path,
    tmp_path: Path,
) -> None:
    folder = copied(exported, format, tmp_path)
    name = "results" if format == "jsonl" else "scores"
    file = f"{RUN}/{name}/part-00000.{format}"
    damage(folder / file)
    opened = open_export(folder)
    with pytest.raises(ExportDamagedError, match=problem) as raised:
        list(opened.lines()) if format == "jsonl" else opened["scores"]
    assert file in str(raised.value)
    assert "copy it again. Otherwise, export again with --restart" in str(raised.value)
    (found,) = opened.check()
    assert found.startswith(file)
    seen_at_once = "has" not in problem or "bytes" in problem
    assert opened.problems == opened.runs[0].problems == ([found] if seen_at_once else [])
    if seen_at_once and format != "jsonl":  # then no table of the export can be read
        with pytest.raises(ExportDamagedError, match=problem):
            opened["predictions"]


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_another_number_of_rows_is_noticed(format: str, exported: Path, tmp_path: Path) -> None:  # noqa: A002
    folder = copied(exported, format, tmp_path)
    name = "results" if format == "jsonl" else "predictions"

    def one_more(manifest: dict[str, Any]) -> None:
        manifest["runs"][RUN]["parts"][0]["files"][f"{name}/part-00000.{format}"]["rows"] += 1

    manifests.change(folder, one_more)
    opened = open_export(folder)
    with pytest.raises(ExportDamagedError, match=r"part-00000.* has \d+ (rows|lines) instead of \d+"):
        list(opened.lines()) if format == "jsonl" else opened[name]
    assert opened.problems == opened.check() == []


def test_damage_between_the_ends_of_a_file_is_found_when_it_is_read(exported: Path, tmp_path: Path) -> None:
    folder = copied(exported, "parquet", tmp_path)
    file = folder / RUN / "scores/part-00000.parquet"
    place = pq.read_metadata(file).row_group(0).column(0).dictionary_page_offset
    content = bytearray(file.read_bytes())
    content[place + 20 : place + 200] = b"\xff" * 180
    file.write_bytes(content)
    opened = open_export(folder)
    assert opened["scores"].count_rows() > 0, "the footer is whole"
    assert [problem.partition(" ")[0] for problem in opened.check()] == [f"{RUN}/scores/part-00000.parquet"]
    with pytest.raises(ExportDamagedError, match=r"scores/part-00000\.parquet has another checksum"):
        opened.to_pandas()
    assert opened.to_pandas("predictions")["predictions"].shape[0] > 0


# --- Without pyarrow -----------------------------------------------------------------------------------


def test_without_pyarrow_only_the_tables_are_out_of_reach(exported: Path) -> None:
    program = f"""
import sys
sys.modules["pyarrow"] = None
from ei_classify import MissingExtraError, open_export
opened = open_export({str(exported / "parquet")!r})
assert opened.complete and not opened.problems and opened.runs[0].sample_count == 31
assert len(list(open_export({str(exported / "jsonl")!r}).lines())) == 31
assert opened.check() == []
for read in (opened.to_duckdb, opened.to_polars, opened.to_pandas, lambda: opened["scores"]):
    try:
        read()
    except MissingExtraError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.count("It comes with the extra `tables`") == 4, done.stderr


@pytest.mark.parametrize("package", ["duckdb", "polars", "pandas"])
def test_without_its_package_a_conversion_names_it(
    package: str, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=f"pip install {package}$"):
        getattr(open_export(exported / "parquet"), f"to_{package}")()
