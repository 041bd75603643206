"""The tables and lines of an export are what was exported."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, ExportError, StoredExport, open_export
from ei_classify.export import export
from ei_classify.tables import SCHEMAS, Tables
from tests.ei_classify import calling

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNS: list[tuple[int, str | None, int | None]] = [
    (1, "int8", None),
    (1, None, None),
    (3, "float32", None),
    (4, "int8", 1),
]
"""Projects, variants and impulses: all that can differ, and null in each place."""


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with Studio() as studio:
        yield studio


def client_of(studio: Studio, project: int) -> ClassifyClient:
    return ClassifyClient(api_key(project), base_url=studio.url, http_client=studio.client())


def export_all(studio: Studio, folder: Path, **options: Any) -> StoredExport:
    for project, variant, impulse in RUNS:
        client = client_of(studio, project)
        export(client, folder, project, variants=[variant], impulse_id=impulse, **options)
    return open_export(folder)


@pytest.fixture(scope="module")
def in_memory(studio: Studio) -> Tables:
    """The tables of all runs, without a file in between."""
    return Tables.concat(
        client_of(studio, project).tables(project, variant=variant, impulse_id=impulse)
        for project, variant, impulse in RUNS
    )


@pytest.fixture(scope="module")
def opened(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> StoredExport:
    return export_all(studio, tmp_path_factory.mktemp("parquet"), rows_per_part=1_000)


@pytest.fixture(scope="module")
def opened_csv(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> StoredExport:
    return export_all(studio, tmp_path_factory.mktemp("csv"), format="csv")


def rows(table: pa.Table) -> list[dict[str, Any]]:
    return [{name: value for name, value in row.items() if name != "read_at"} for row in table.to_pylist()]


def test_several_runs_are_read_together_as_they_were(opened: StoredExport, in_memory: Tables) -> None:
    assert list(opened) == list(SCHEMAS)
    assert [(run.project_id, run.variant, run.impulse_id) for run in opened.runs] == RUNS
    for name, schema in SCHEMAS.items():
        dataset = opened[name]
        assert isinstance(dataset, ds.Dataset)
        table = dataset.to_table()
        assert dataset.schema.equals(schema, check_metadata=True)
        assert table.schema.equals(schema, check_metadata=True)
        assert rows(table) == rows(in_memory[name])


def test_nothing_is_read_before_it_is_asked_for(studio: Studio, tmp_path: Path) -> None:
    client = client_of(studio, 1)
    export(client, tmp_path, 1, variants=["int8", "float32"])
    opened = open_export(tmp_path)
    scores, float32 = opened["scores"], ds.field("variant") == "float32"
    count = scores.count_rows(filter=float32)
    for file in tmp_path.glob("**/variant-int8/scores/*"):
        file.unlink()
    assert scores.to_table(filter=float32).num_rows == count > 0
    with pytest.raises(FileNotFoundError):
        scores.to_table()


@pytest.mark.parametrize(
    ("filter", "runs"),
    [
        (ds.field("variant") == "int8", {(1, "int8", None), (4, "int8", 1)}),
        (ds.field("variant").is_null(), {(1, None, None)}),
        (ds.field("impulse_id") == 1, {(4, "int8", 1)}),
        (ds.field("impulse_id").is_null() & (ds.field("project_id") == 3), {(3, "float32", None)}),
        (ds.field("project_id").isin([3, 4]), {(3, "float32", None), (4, "int8", 1)}),
    ],
    ids=["variant", "no variant", "impulse", "no impulse", "projects"],
)
def test_a_filter_selects_runs(
    filter: ds.Expression,  # noqa: A002
    runs: set[tuple[int, str | None, int | None]],
    opened: StoredExport,
) -> None:
    found = opened["samples"].to_table(["project_id", "variant", "impulse_id"], filter=filter)
    assert {tuple(row.values()) for row in found.to_pylist()} == runs


def test_variants_have_the_names_that_were_asked_for(tmp_path: Path) -> None:
    names = ["a/b", "default", "größe 2%", "7"]
    export(calling.client_of(calling.project(3)), tmp_path, 1, variants=names)
    opened = open_export(tmp_path)
    assert opened["samples"].to_table()["variant"].to_pylist() == [name for name in names for _ in range(3)]
    assert opened.to_duckdb().sql("SELECT count(*) FROM samples WHERE variant = 'a/b'").fetchall() == [(3,)]


def test_a_table_that_is_not_there_is_named(opened: StoredExport, opened_csv: StoredExport) -> None:
    with pytest.raises(ExportError, match=r"no table 'score'; a parquet export has .*runs\.$"):
        opened["score"]
    with pytest.raises(ExportError, match=r"no table 'windows'; a csv export has .*as parquet"):
        opened_csv["windows"]
    with pytest.raises(ExportError, match="only a jsonl export has lines"):
        opened.lines()


# --- Conversions ---------------------------------------------------------------------------------------

QUERY = """
    SELECT project_id, variant, label, avg(correct::INT) FROM predictions GROUP BY ALL ORDER BY ALL
"""


def test_duckdb_has_a_view_per_table(opened: StoredExport, in_memory: Tables) -> None:
    connection = opened.to_duckdb()
    assert {name for (name,) in connection.sql("SHOW TABLES").fetchall()} == set(SCHEMAS)
    right: dict[tuple[Any, ...], list[bool]] = {}
    for row in in_memory.predictions.to_pylist():
        right.setdefault((row["project_id"], row["variant"], row["label"]), []).append(row["correct"])
    found = {tuple(key): accuracy for *key, accuracy in connection.sql(QUERY).fetchall()}
    assert found == pytest.approx({key: sum(each) / len(each) for key, each in right.items()})
    (joined,) = connection.sql("""
        SELECT count(*) FROM samples JOIN windows USING (project_id, sample_id)
        WHERE samples.variant IS NULL AND windows.variant = 'int8'
    """).fetchall()
    assert joined[0] == len(in_memory.windows.filter(pa.compute.field("project_id") == 1)) / 2


def test_polars_has_a_lazy_frame_per_table(opened: StoredExport, in_memory: Tables) -> None:
    import polars as pl

    frames = opened.to_polars()
    assert list(frames) == list(SCHEMAS)
    for name, frame in in_memory.to_polars().items():
        assert isinstance(frames[name], pl.LazyFrame)
        found = frames[name].collect()
        assert found.schema == frame.schema
        assert found.drop("read_at", strict=False).equals(frame.drop("read_at", strict=False))
    assert frames["samples"].filter(variant="int8").select(pl.len()).collect().item() == 118 + 48


def test_pandas_has_a_frame_per_table(opened: StoredExport, in_memory: Tables) -> None:
    import pandas as pd

    frames = opened.to_pandas()
    assert list(frames) == list(SCHEMAS)
    for name, frame in in_memory.to_pandas().items():
        pd.testing.assert_frame_equal(
            frames[name].drop(columns="read_at", errors="ignore"),
            frame.drop(columns="read_at", errors="ignore"),
            check_categorical=False,  # in another order
        )
    assert list(opened.to_pandas("scores", "runs")) == ["scores", "runs"]
    with pytest.raises(ExportError, match=r"no table 'score'"):
        opened.to_pandas("score")


# --- CSV and JSON lines --------------------------------------------------------------------------------


def without_mark(value: Any) -> Any:
    """A value of CSV without what keeps spreadsheets from taking it for a formula."""
    return re.sub(r"\A'(?='*[=+\-@\t\r\n])", "", value) if isinstance(value, str) else value


def test_csv_has_the_declared_types(opened_csv: StoredExport, in_memory: Tables) -> None:
    assert list(opened_csv) == ["predictions", "scores"]
    for name in opened_csv:
        table = opened_csv[name].to_table()
        nested = [field.name for field in SCHEMAS[name] if pa.types.is_nested(field.type)]
        assert table.schema.metadata == SCHEMAS[name].metadata
        for field in SCHEMAS[name]:
            in_csv = field.with_type(pa.string()) if field.name in nested else field
            assert table.schema.field(field.name) == in_csv
        known = in_memory[name].to_pylist(maps_as_pydicts="strict")
        for row, expected in zip(table.to_pylist(), known, strict=True):
            parsed = {column: json.loads(row[column]) for column in nested if row[column] is not None}
            assert {**{column: without_mark(value) for column, value in row.items()}, **parsed} == expected
    assert opened_csv.to_duckdb().sql(QUERY).fetchall()
    assert {name: frame.collect().height for name, frame in opened_csv.to_polars().items()} == {
        name: len(frame) for name, frame in opened_csv.to_pandas().items()
    }


def test_json_lines_are_read_by_run(studio: Studio, tmp_path: Path) -> None:
    opened = export_all(studio, tmp_path, format="jsonl")
    assert list(opened) == []
    for run in opened.runs:
        client = client_of(studio, run.project_id)
        known = client.results(run.project_id, variant=run.variant, impulse_id=run.impulse_id)
        found = [(line["sampleId"], len(line["predictions"])) for line in opened.lines(run)]
        assert found == [(outcome.sample_id, len(outcome.predictions)) for outcome in known]
    assert len(list(opened.lines())) == sum(run.sample_count for run in opened.runs) == 118 * 2 + 48 * 2
    for read in (opened.to_duckdb, opened.to_polars, opened.to_pandas, lambda: opened["scores"]):
        with pytest.raises(
            ExportError, match=r"a jsonl export has no tables\. Read its answers with `lines\(\)`"
        ):
            read()
