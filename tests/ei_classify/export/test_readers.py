"""What DuckDB, Polars, pandas and pyarrow make of the files of an export, without `open_export`."""

from __future__ import annotations

import csv
import glob
import shutil
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from ei_classify import open_export
from ei_classify.dataset.storage import local as storage
from ei_classify.tables import SCHEMAS

from .test_export_again import Server

if TYPE_CHECKING:
    from pathlib import Path

RUNS: list[tuple[int | None, str | None]] = [(None, None), (2, "int8"), (2, "007"), (3, "2025-01-01")]
"""Impulses and variants of which the names alone would have another type each."""
SAMPLES = 3


@pytest.fixture(scope="module", params=["all", "numbers", "default"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export as Parquet: of all runs, of those with a number for an impulse, and of the first alone."""
    folder = tmp_path_factory.mktemp("exported")
    runs = {"all": RUNS, "numbers": RUNS[1:], "default": RUNS[:1]}[request.param]
    return export_runs(folder, runs, "parquet")


def export_runs(folder: Path, runs: list[tuple[int | None, str | None]], format: str) -> Path:  # noqa: A002
    for impulse, variant in runs:
        Server(SAMPLES).export(folder, 1, variants=[variant], impulse_id=impulse, format=format)
    return folder


def right(exported: Path) -> dict[str, int]:
    """How many samples each question finds."""
    runs = [(run.impulse_id, run.variant) for run in open_export(exported).runs]
    return {
        "impulse_id = 2": SAMPLES * sum(impulse == 2 for impulse, _ in runs),
        "impulse_id IS NULL AND variant IS NULL": SAMPLES * runs.count((None, None)),
        "variant = '007'": SAMPLES * runs.count((2, "007")),
        "variant = '2025-01-01'": SAMPLES * runs.count((3, "2025-01-01")),
        "project_id = 1": SAMPLES * len(runs),
    }


@pytest.mark.parametrize(
    "options", ["", ", hive_partitioning=true", ", hive_partitioning=false", ", hive_types_autocast=false"]
)
def test_duckdb_reads_the_columns(options: str, exported: Path) -> None:
    source = f"read_parquet('{exported}/**/samples/*.parquet'{options})"
    types = {
        name: kind
        for name, kind, *_ in duckdb.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        if name in ("project_id", "impulse_id", "variant")
    }
    assert types == {"project_id": "BIGINT", "impulse_id": "BIGINT", "variant": "VARCHAR"}
    for question, count in right(exported).items():
        (found,) = duckdb.execute(f"SELECT count(*) FROM {source} WHERE {question}").fetchall()
        assert found == (count,), question


@pytest.mark.parametrize("hive", [None, True, False])
def test_polars_reads_the_columns(hive: bool | None, exported: Path) -> None:
    frame = pl.scan_parquet(f"{exported}/**/samples/*.parquet", hive_partitioning=hive)
    schema = frame.collect_schema()
    assert schema["project_id"] == schema["impulse_id"] == pl.Int64()
    assert schema["variant"] in (pl.Categorical, pl.String)
    for question, count in right(exported).items():
        assert frame.sql(f"SELECT sample_id FROM self WHERE {question}").collect().height == count, question


@pytest.mark.parametrize("partitioning", [None, "hive"])
def test_arrow_reads_the_columns(partitioning: str | None, exported: Path) -> None:
    files = sorted(map(str, exported.glob("**/samples/*.parquet")))
    dataset = ds.dataset(files, partitioning=partitioning)
    assert dataset.schema.equals(SCHEMAS["samples"])
    for question, expression in {
        "impulse_id = 2": ds.field("impulse_id") == 2,
        "impulse_id IS NULL AND variant IS NULL": ds.field("impulse_id").is_null()
        & ds.field("variant").is_null(),
        "variant = '007'": ds.field("variant") == "007",
    }.items():
        assert dataset.count_rows(filter=expression) == right(exported)[question], question


def test_pandas_reads_the_columns_of_a_folder(exported: Path) -> None:
    for run in open_export(exported).runs:  # the tables of a folder differ, so pandas gets those of one table
        frame = pd.read_parquet(exported / run.folder / "samples")
        assert frame["project_id"].tolist() == [1] * SAMPLES
        impulses = [None if pd.isna(each) else each for each in frame["impulse_id"]]
        assert impulses == [run.impulse_id] * SAMPLES
        assert [None if pd.isna(each) else each for each in frame["variant"]] == [run.variant] * SAMPLES


def test_the_rows_of_a_run_are_found_by_its_folder(exported: Path) -> None:
    opened = open_export(exported)
    for run in opened.runs:
        files = f"{exported}/{run.folder}/samples/*.parquet"
        found = duckdb.execute(f"SELECT DISTINCT project_id, impulse_id, variant FROM '{files}'").fetchall()
        assert found == [(run.project_id, run.impulse_id, run.variant)]


def test_no_reader_counts_a_hidden_part(tmp_path: Path) -> None:
    export_runs(tmp_path, [(None, "int8")], "parquet")
    (run,) = open_export(tmp_path).runs
    folder = tmp_path / run.folder / "samples"
    (part,) = folder.iterdir()
    hidden = storage.hidden(folder / "part-00001.parquet")
    shutil.copy(part, hidden)
    files = f"{tmp_path}/**/samples/*.parquet"
    assert duckdb.execute(f"SELECT count(*) FROM '{files}'").fetchall() == [(SAMPLES,)]
    assert pl.scan_parquet(files).collect().height == SAMPLES
    assert len(pd.read_parquet(folder)) == SAMPLES
    assert ds.dataset(folder).count_rows() == SAMPLES
    assert glob.glob(files, recursive=True) == [str(part)]  # noqa: PTH207  # as the shell does
    assert [*tmp_path.glob("**/*.parquet")].count(hidden) == 0
    assert open_export(tmp_path)["samples"].count_rows() == SAMPLES


def test_csv_names_the_run_in_each_row(tmp_path: Path) -> None:
    export_runs(tmp_path, RUNS, "csv")
    for run in open_export(tmp_path).runs:
        (file,) = (tmp_path / run.folder / "scores").iterdir()
        with file.open(newline="", encoding="utf-8") as opened:
            rows: list[dict[str, Any]] = list(csv.DictReader(opened))
        assert rows
        named = {(row["project_id"], row["impulse_id"], row["variant"]) for row in rows}
        assert named == {("1", str(run.impulse_id or ""), run.variant or "")}
    read = open_export(tmp_path)["scores"].to_table()
    assert read.schema.field("variant").type == pa.dictionary(pa.int32(), pa.string())
    assert set(read["variant"].to_pylist()) == {variant for _, variant in RUNS}
    assert set(read["impulse_id"].to_pylist()) == {None, 2, 3}
