from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from attrs import evolve
from typer.testing import CliRunner

from ei_classify import open_export
from ei_classify.cli.application import app
from ei_classify.cluster import score, tables
from ei_classify.cluster.scoring import count_part
from ei_classify.dataset.storage.local import LocalStorage
from ei_classify.errors import ClusterError, ExportDamagedError, ExportError, InvalidArgumentError
from ei_classify.scoring import as_json
from ei_classify.scoring import score as score_here
from ei_classify.scoring.sources import runs_of
from tests.ei_classify.scoring.conftest import exported_project
from tests.snippets import ROOT, snippets

if TYPE_CHECKING:
    from distributed import Client, LocalCluster

    from ei_classify import StoredExport


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> StoredExport:
    """Both variants of an object detection, each in three parts."""
    return exported_project(tmp_path_factory, 4, rows_per_part=1, page_size=20)


def test_scores_of_a_cluster_are_those_of_one_machine(dask_client: Client, exported: StoredExport) -> None:
    found = score(exported, cluster=dask_client, replicates=20)
    assert found.to_dict() == score_here(exported, replicates=20).to_dict()


def test_the_command_line_scores_on_a_cluster(cluster: LocalCluster, exported: StoredExport) -> None:
    options = ["--cluster", cluster.scheduler_address, "--json", "--replicates", "0", "--quiet"]
    result = CliRunner().invoke(app, ["score", str(exported.folder), *options])
    assert result.exit_code == 0, result.stderr
    assert result.stdout.encode().strip() == as_json(score_here(str(exported.folder), replicates=0)).strip()


def test_what_the_documentation_shows_runs(
    cluster: LocalCluster, exported: StoredExport, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = [
        each for each in snippets((ROOT / "docs" / "scores.md").read_text("utf-8")) if "cluster" in each
    ]
    address = cluster.scheduler_address
    for shown, here in (("s3://bucket/results", str(exported.folder)), ("tcp://scheduler:8786", address)):
        assert shown in code
        code = code.replace(shown, here)
    names: dict[str, Any] = {}
    exec(code, names)
    assert {score.subset.by for score in names["scores"] if score.subset} == {"label"}
    assert int(capsys.readouterr().out) == exported["scores"].count_rows()


def test_errors_of_workers_are_those_of_one_machine(dask_client: Client, exported: StoredExport) -> None:
    with pytest.raises(InvalidArgumentError, match=r"metadata\.KEY"):
        score(exported, cluster=dask_client, by="nothing")


def test_a_part_in_a_folder_of_another_machine_says_so(exported: StoredExport) -> None:
    elsewhere = evolve(exported, storage=LocalStorage(Path("/of-another-machine")))
    with pytest.raises(ClusterError, match=r"does not see the folder /of-another-machine.*s3://"):
        count_part(runs_of(elsewhere)[0], [])


def test_frames_have_the_rows_of_the_export(dask_client: Client, exported: StoredExport) -> None:
    frames = tables(exported)
    assert list(frames) == list(exported)
    for name, frame in frames.items():
        assert frame.npartitions == (2 if name == "runs" else 6), name
        found = pa.Table.from_pandas(dask_client.compute(frame).result(), preserve_index=False)
        whole = exported[name].to_table()
        assert found.column_names == whole.column_names
        for column in whole.column_names:
            assert found[column].to_pylist() == whole[column].to_pylist(), (name, column)


def test_frames_are_of_an_export_with_tables(exported: StoredExport) -> None:
    with pytest.raises(ExportError, match="jsonl export has no tables"):
        tables(evolve(exported, format="jsonl"))


def test_a_damaged_file_is_named_where_a_frame_is_computed(
    dask_client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    export = exported_project(tmp_path_factory, 3)
    path = next(path for path in export.runs[0].files if "/scores/" in path)
    frame = tables(export)["scores"]
    (Path(export.folder) / path).unlink()
    with pytest.raises(ExportDamagedError, match=r"scores/part-00000\.parquet"):
        dask_client.compute(frame).result()
    assert open_export(export.folder).problems
