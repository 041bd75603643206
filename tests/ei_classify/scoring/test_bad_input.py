"""What is damaged, odd or empty gives a clear word or a right figure."""

from __future__ import annotations

import math
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from ei_classify_api.models import Accuracy
from ei_classify_mocks.studio import Studio, api_key

from ei_classify import ClassifyClient, ExportDamagedError, InvalidArgumentError, ScoringError, open_export
from ei_classify.export import export
from ei_classify.scoring import check, compare, score
from ei_classify.tables import Tables

from .building import classified, tables
from .conftest import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify import StoredExport

    Exported = Callable[[int], StoredExport]

SURE = {"a": 0.9, "b": 0.1}


def test_nothing_to_score() -> None:
    with pytest.raises(ScoringError, match="no results"):
        score(tables())
    with pytest.raises(ScoringError, match="no results"):
        score([])


def test_a_variant_that_is_not_there(exported: Exported) -> None:
    with pytest.raises(ScoringError, match=r"'akida'.*float32, int8"):
        score(exported(1), variants=["akida"])


def test_a_damaged_file_is_named(exported: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(exported(1).folder, folder)
    file = next(folder.glob("**/variant-int8/scores/*.parquet"))
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(ExportDamagedError, match="scores/part-00000"):
        score(folder)
    content = bytearray(next(Path(exported(1).folder).glob("**/variant-int8/scores/*.parquet")).read_bytes())
    content[4:2000] = bytes(1996)
    file.write_bytes(content)
    with pytest.raises(ExportDamagedError, match="scores/part-00000"):
        score(folder)


def test_an_export_that_is_not_complete_says_so_and_passes_no_gate(tmp_path: Path) -> None:
    class StopError(Exception):
        pass

    def stop(progress: object) -> None:
        if getattr(progress, "samples", 0) >= 60:
            raise StopError

    with Studio() as studio:
        http = studio.client()
        with (
            ClassifyClient(api_key(1), base_url=studio.url, http_client=http) as client,
            pytest.raises(StopError),
        ):
            export(client, tmp_path, 1, variants=["int8"], page_size=20, rows_per_part=100, on_progress=stop)
    assert not open_export(tmp_path).complete
    found = score(tmp_path, replicates=0)
    assert not found[0].complete
    assert "not complete" in found[0].notes[0]
    assert check(tmp_path, require=["accuracy >= 0"]).met is None


@pytest.mark.parametrize("format", ["csv", "jsonl"])
def test_a_format_that_lacks_tables(tmp_path: Path, format: str) -> None:  # noqa: A002
    with Studio() as studio:
        http = studio.client()
        with ClassifyClient(api_key(2), base_url=studio.url, http_client=http) as client:
            export(client, tmp_path, 2, variants=["int8"], format=format)  # type: ignore[arg-type]
    with pytest.raises(ScoringError, match="as parquet"):
        score(tmp_path)


def test_wildcards_in_the_name_of_a_folder(exported: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "a[1]*?'b"
    shutil.copytree(exported(2).folder, folder)
    assert len(score(folder, replicates=0)) == 2


def test_projects_are_never_mixed() -> None:
    both = Tables.concat(
        [classified([(1, "a", SURE)], project_id=1), classified([(1, "b", SURE)], project_id=2)]
    )
    assert {each.project_id: each.metrics["accuracy"].value for each in score(both, replicates=0)} == {
        1: 1,
        2: 0,
    }


def test_labels_that_differ_only_by_case_or_invisible_characters_are_kept_apart_and_named() -> None:
    labels = {"Idle": 0.7, "idle ": 0.1, "idle\u200b": 0.1, "run": 0.1}
    found = score(classified([(1, "Idle", labels), (2, "idle ", labels)]), replicates=0)[0]
    assert found.metrics["accuracy"].value == 0.5
    assert found.similar_labels == (("Idle", "idle ", "idle\u200b"),)


@pytest.mark.parametrize("label", ["select", 'a "b"', "a'b", "a\nb", "", "NULL", "$limit"])
def test_a_label_like_sql(label: str) -> None:
    found = score(classified([(1, label, {label: 0.9, "z": 0.1}), (2, "z", {label: 0.9, "z": 0.1})]))[0]
    assert found.metrics["accuracy"].value == 0.5
    assert label in [each.label for each in found.classes]


def test_one_sample_has_no_interval_and_a_reason() -> None:
    figure = score(classified([(1, "a", SURE), (1, "b", SURE)]))[0].metrics["accuracy"]
    assert (figure.value, figure.low, figure.high) == (0.5, None, None)
    assert "two samples" in str(figure.reason)


def test_no_right_window_has_an_honest_interval() -> None:
    figure = score(classified([(n, "b", SURE) for n in range(10)]))[0].metrics["accuracy"]
    assert figure.value == 0
    assert figure.high == pytest.approx(1 - 0.025 ** (1 / 10))


def test_equal_scores_are_worth_a_guess() -> None:
    same = {"a": 0.5, "b": 0.5}
    found = score(classified([(1, "a", same), (2, "b", same)], threshold=0.6))[0]
    assert found.metrics["roc_auc"].value == 0.5
    assert found.metrics["average_precision"].value == 0.5
    assert found.confusion is not None
    assert "uncertain" in found.confusion.predicted


def test_many_classes() -> None:
    count = 3_000
    rows = [(n, f"label {n}", {f"label {n}": 0.9}) for n in range(count)]
    found = score(classified(rows))[0]
    assert found.metrics["macro_f1"].value == 1
    assert len(found.classes) == count
    assert found.confusion is None


def test_boxes_that_cannot_be_judged_are_counted_and_named(exported: Exported) -> None:
    frames = {name: exported(4)[name].to_table() for name in exported(4)}
    rows = frames["detections"].to_pylist()
    rows[0]["width_ratio"] = None
    broken = tables(
        **{name: (rows if name == "detections" else each.to_pylist()) for name, each in frames.items()}
    )
    found = score(broken, replicates=0)
    assert sorted(each.windows for each in found) == [47, 48]
    assert any(str(rows[0]["sample_id"]) in note for each in found for note in each.notes)


def test_what_cannot_be_compared(exported: Exported) -> None:
    with pytest.raises(ScoringError, match="no sample in common"):
        compare(classified([(1, "a", SURE)]), classified([(2, "a", SURE)]))
    with pytest.raises(ScoringError, match="no task in common"):
        compare(exported(2), exported(3), variants=VARIANTS)
    with pytest.raises(ScoringError, match="not 1"):
        compare(classified([(1, "a", SURE)]))


def test_what_does_not_pair_is_counted() -> None:
    one = classified([(1, "a", SURE), (2, "a", SURE), (3, "a", SURE)])
    other = classified([(2, "a", SURE), (3, "b", SURE), (4, "a", SURE), (5, "a", SURE)])
    found = compare(one, other)[0]
    assert (found.pairs, found.only_first, found.only_second, found.relabelled) == (1, 1, 2, 1)


def test_a_subset_by_what_is_not_there() -> None:
    with pytest.raises(InvalidArgumentError, match="device_name"):
        score(classified([(1, "a", SURE)]), by="devise")


def test_scores_by_the_columns_of_samples(exported: Exported) -> None:
    found = score(exported(1), by="metadata.part", variants=["int8"], replicates=0)
    parts = [each for each in found if each.subset and each.kind == "classification"]
    whole = found[0]
    assert sum(each.windows for each in parts) == whole.windows
    right = sum(each.windows * (each.metrics["accuracy"].value or 0) for each in parts)
    assert math.isclose(right, whole.windows * (whole.metrics["accuracy"].value or 0))


def summary(**changes: object) -> Accuracy:
    return Accuracy.from_dict(
        {
            "totalSummary": {"good": 1, "bad": 1},
            "summaryPerClass": {},
            "confusionMatrixValues": {"a": {"a": 1, "b": 0}, "b": {"a": 1, "b": 0}},
            "allLabels": ["a", "b"],
            "accuracyScore": 50,
            "balancedAccuracyScore": 50,
            **changes,
        }
    )


def test_the_server_is_said_to_agree_or_not() -> None:
    windows = classified([(1, "a", SURE), (2, "b", SURE)])
    other = summary(
        accuracyScore=70,
        totalSummary={"good": 7, "bad": 3},
        confusionMatrixValues={"a": {"a": 7, "b": 2}, "b": {"a": 1}},
    )
    agreed, differing = (
        score(windows, server_accuracy={"int8": told}, replicates=0)[0].agreement
        for told in (summary(), other)
    )
    assert [(each.name, each.agrees, each.difference) for each in agreed] == [
        ("accuracy", True, ""),
        ("balanced_accuracy", True, ""),
    ]
    (accuracy, balanced) = differing
    assert (accuracy.agrees, accuracy.ours, accuracy.server, balanced.agrees) == (False, 0.5, 0.7, True)
    assert "it counts 10 windows, and here are 2" in accuracy.difference
    assert "what differs: a as a 7 times, here 1, a as b 2 times, here 0" in accuracy.difference


@pytest.mark.parametrize("project", [1, 2, 4])
def test_the_double_agrees_with_the_scores_of_its_projects(project: int) -> None:
    with Studio() as studio, studio.client() as http:
        client = ClassifyClient(api_key(project), base_url=studio.url, http_client=http)
        tables = client.tables(project, variant=["int8", "float32"])
        told = {name: client.accuracy(project, variant=name) for name in ("int8", "float32")}
    found = score(tables, server_accuracy={name: each for name, each in told.items() if each}, replicates=0)
    agreements = [each for one in found for each in one.agreement]
    assert all(each.agrees for each in agreements), agreements
    assert bool(agreements) is (project != 4)


def test_a_sweep_that_disagrees_with_the_server_says_so() -> None:
    found = score(classified([(1, "a", SURE)], decisions=["uncertain"]), replicates=0)[0]
    assert any("otherwise than the threshold" in note for note in found.notes)
