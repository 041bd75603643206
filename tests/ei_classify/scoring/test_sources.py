"""Several folders, folders of several versions, and subsets of the samples."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from sklearn import metrics as sk
from typer.testing import CliRunner

from ei_classify import ExportError, open_export
from ei_classify.cli import app
from ei_classify.scoring import check, score
from tests.ei_classify.manifests import change

from .building import classified, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ei_classify import StoredExport

    Exported = Callable[[int], StoredExport]


def test_several_folders_are_scored_side_by_side(exported: Exported) -> None:
    folders = [str(exported(project).folder) for project in (2, 3)]
    found = score(folders, variants=["int8"], replicates=0)
    assert [(each.source, each.project_id, each.kind) for each in found] == [
        (folders[0], 2, "regression"),
        (folders[1], 3, "visual_anomaly"),
    ]
    done = CliRunner().invoke(app, ["score", *folders, "--variant", "int8", "--replicates", "0"])
    assert done.exit_code == 0
    assert done.stdout.index("project 2, int8") < done.stdout.index("project 3, int8")


def test_every_folder_must_meet_the_requirements(exported: Exported) -> None:
    folders = [str(exported(project).folder) for project in (1, 2)]
    verdict = check(folders, require=["classification: accuracy >= 0.5"], variants=["int8"])
    assert [each.met for each in verdict.findings] == [True, None]
    assert "project 2" in verdict.findings[1].title
    done = CliRunner().invoke(app, ["check", *folders, "--require", "classification: accuracy >= 0.99"])
    assert done.exit_code == 4


def test_a_folder_of_another_version_is_named(exported: Exported, tmp_path: Path) -> None:
    older = tmp_path / "older"
    shutil.copytree(exported(2).folder, older)
    change(older, lambda manifest: manifest.update(version=2))
    with pytest.raises(ExportError, match=r"older.*version 2, but this ei-classify reads version 3"):
        score([exported(2).folder, older])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["score", ""], "FOLDER is empty"),
        (["score", "nowhere"], "there is no such folder"),
        (["score", "nowhere", "--demo"], "pass either folders or a project"),
    ],
)
def test_a_folder_that_cannot_be_scored(arguments: list[str], words: str) -> None:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code in (1, 2)
    assert words in done.stderr
    assert "--out" not in done.stderr


def test_one_tampered_export_among_several_is_named(exported: Exported, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(exported(2).folder, broken)
    next(broken.glob("**/variant-int8/predictions/*.parquet")).unlink()
    with pytest.raises(ExportError, match="broken"):
        score([open_export(exported(2).folder), open_export(broken)])


# --- Subsets -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["label", "metadata.part"])
def test_each_subset_has_the_figures_of_its_windows(exported: Exported, by: str) -> None:
    frames = exported(1).to_pandas("samples", "predictions")
    samples, predictions = (each[each.variant == "int8"] for each in frames.values())
    values = (
        samples.metadata.map(lambda pairs: dict(pairs).get("part")) if by == "metadata.part" else samples[by]
    )
    of_sample = dict(zip(samples.sample_id, values.astype(object), strict=True))
    groups: dict[Any, Any] = {
        None if value != value else value: rows  # NaN stands for null
        for value, rows in predictions.groupby(predictions.sample_id.map(of_sample), dropna=False)
    }
    found = {
        each.subset.value: each
        for each in score(exported(1), by=by, variants=["int8"], replicates=0)
        if each.subset and each.kind == "classification"
    }
    assert found.keys() == groups.keys()
    for name, rows in groups.items():
        truth, decided = rows.label.astype(str), rows.prediction.astype(str)
        classes = sorted(set(truth))
        assert found[name].windows == len(rows)
        figures = {each.label: each for each in found[name].classes}
        assert {label for label, each in figures.items() if each.support} == set(classes)
        wanted = sk.precision_recall_fscore_support(truth, decided, labels=classes, zero_division=np.nan)
        for place, label in enumerate(classes):
            for figure, column in zip(("precision", "recall", "f1", "support"), wanted, strict=True):
                ours = getattr(figures[label], figure)
                value = ours if figure == "support" else ours.value
                if np.isnan(column[place]):
                    assert value is None
                else:
                    assert value == pytest.approx(column[place], abs=1e-9), (name, label, figure)


def test_a_label_from_outside_a_subset_is_kept_and_counts_as_wrong() -> None:
    rows = [(1, "a", {"a": 0.9, "z": 0.1}), (2, "a", {"a": 0.1, "z": 0.9}), (3, "z", {"a": 0.1, "z": 0.9})]
    whole = score(classified(rows), by="label", replicates=0)
    (subset,) = (each for each in whole if each.subset and each.subset.value == "a")
    assert (subset.windows, subset.metrics["accuracy"].value) == (2, 0.5)
    assert subset.confusion is not None
    assert subset.confusion.expected == ("a",)
    assert subset.confusion.predicted == ("a", "z")
    assert subset.confusion.counts == ((1, 1),)


def test_samples_without_the_value_are_a_subset_of_their_own() -> None:
    built = classified([(1, "a", {"a": 0.9, "b": 0.1}), (2, "b", {"a": 0.9, "b": 0.1})])
    rows = {name: built[name].to_pylist() for name in built}
    rows["samples"][0]["device_name"] = "x"
    found = score(tables(**rows), by="device_name", replicates=0)
    assert {each.subset.value: each.windows for each in found if each.subset} == {"x": 1, None: 1}
