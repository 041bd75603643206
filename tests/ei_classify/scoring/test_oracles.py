"""Every figure equals that of an independent computation: scikit-learn, pycocotools, scipy, or a formula."""

from __future__ import annotations

import contextlib
import io
import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy.stats import binomtest
from sklearn import metrics as sk

from ei_classify.scoring import compare, score
from ei_classify.scoring.ranking import ranking

from .building import classified, detected
from .conftest import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ei_classify import StoredExport
    from ei_classify.scoring import Score

    Exported = Callable[[int], StoredExport]

OUTCOMES = {"uncertain", "anomaly"}


def value(found: Score, name: str) -> float | None:
    return found.metrics[name].value


def same(found: float | None, wanted: float, tolerance: float = 1e-9) -> bool:
    return found is not None and found == pytest.approx(wanted, abs=tolerance, rel=tolerance)


def assert_classification(
    found: Score, truth: Sequence[str], decided: Sequence[str], confidences: Sequence[Mapping[str, float]]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of a single label, and of sums other than 1
        assert_decisions(found, truth, decided, confidences)
        assert_confidences(found, truth, confidences, sorted(set(truth)))


def assert_decisions(
    found: Score, truth: Sequence[str], decided: Sequence[str], confidences: Sequence[Mapping[str, float]]
) -> None:
    classes = sorted(set(truth))
    names = {"macro": "macro", "weighted": "weighted"}
    for prefix, average in names.items():
        wanted = sk.precision_recall_fscore_support(
            truth, decided, labels=classes, average=average, zero_division=0
        )
        for name, number in zip(("precision", "recall", "f1"), wanted, strict=False):
            assert same(value(found, f"{prefix}_{name}"), number), (prefix, name)
    assert same(value(found, "accuracy"), sk.accuracy_score(truth, decided))
    assert same(value(found, "balanced_accuracy"), sk.balanced_accuracy_score(truth, decided))
    if value(found, "mcc") is None:
        assert sk.matthews_corrcoef(truth, decided) == 0
    else:
        assert same(value(found, "mcc"), sk.matthews_corrcoef(truth, decided))
    assert found.confusion is not None
    labels = sorted({*truth, *decided, *(name for each in confidences for name in each)})
    wanted = sk.confusion_matrix(truth, decided, labels=labels)
    for expected, row in zip(found.confusion.expected, found.confusion.counts, strict=True):
        for predicted, count in zip(found.confusion.predicted, row, strict=True):
            assert wanted[labels.index(expected), labels.index(predicted)] == count
    assert sum(map(sum, found.confusion.counts)) == len(truth)


def assert_confidences(
    found: Score, truth: Sequence[str], confidences: Sequence[Mapping[str, float]], classes: Sequence[str]
) -> None:
    names = sorted(confidences[0])
    matrix = np.array([[each[name] for name in names] for each in confidences])
    places = np.array([names.index(label) for label in truth])
    rows = np.arange(len(truth))
    own = np.clip(matrix[rows, places], np.finfo(float).eps, 1)
    assert same(value(found, "log_loss"), float(-np.log(own).mean()))
    hot = np.eye(len(names))[places]
    assert same(value(found, "brier"), float(((matrix - hot) ** 2).sum(1).mean()))
    top, best = matrix.max(1), matrix.argmax(1)
    bins = np.clip(np.floor(top * 10), 0, 9)
    gaps = [abs((top[bins == each] - (best == places)[bins == each]).sum()) for each in range(10)]
    assert same(value(found, "ece"), sum(gaps) / len(truth))
    areas, rocs = [], []
    for each in found.classes:
        is_it = np.array([label == each.label for label in truth])
        if each.label not in classes:
            assert each.average_precision.value is None
            continue
        column = matrix[:, names.index(each.label)]
        areas.append(sk.average_precision_score(is_it, column))
        assert same(each.average_precision.value, areas[-1], 1e-6)
        if not is_it.all():
            rocs.append(sk.roc_auc_score(is_it, column))
    assert same(value(found, "average_precision"), float(np.mean(areas)), 1e-6)
    if len(classes) > 1:
        assert same(value(found, "roc_auc"), float(np.mean(rocs)), 1e-6)


@pytest.mark.parametrize("variant", VARIANTS)
def test_classification_of_the_motion_project(exported: Exported, variant: str) -> None:
    frames = exported(1).to_pandas("predictions", "scores")
    predictions, scores = (each[each.variant == variant] for each in frames.values())
    wide = scores[scores.learn_block_id == 2].pivot_table(
        index=["sample_id", "window"], columns="label", values="score", observed=True
    )
    predictions = predictions.set_index(["sample_id", "window"]).loc[wide.index]
    found = next(
        each for each in score(exported(1), variants=[variant], replicates=0) if each.kind == "classification"
    )
    assert_classification(
        found,
        predictions.label.astype(str).tolist(),
        predictions.prediction.astype(str).tolist(),
        wide.to_dict("records"),
    )
    assert found.threshold is not None
    assert found.threshold.f1 is not None
    assert same(found.threshold.f1, float(found.metrics["macro_f1"].value or 0))  # no note says otherwise


@pytest.mark.parametrize("variant", VARIANTS)
def test_regression_of_the_diabetes_project(exported: Exported, variant: str) -> None:
    scores = exported(2).to_pandas("scores")["scores"]
    scores = scores[scores.variant == variant]
    truth, found_numbers = scores.expected_label.astype(float), scores.score
    found = score(exported(2), variants=[variant], replicates=0)[0]
    assert same(value(found, "mae"), sk.mean_absolute_error(truth, found_numbers))
    assert same(value(found, "rmse"), sk.root_mean_squared_error(truth, found_numbers))
    assert same(value(found, "r2"), sk.r2_score(truth, found_numbers))
    assert same(value(found, "max_error"), sk.max_error(truth, found_numbers))
    assert same(value(found, "bias"), float((found_numbers - truth).mean()))
    assert same(value(found, "within_tolerance"), float((abs(found_numbers - truth) <= 60).mean()))


@pytest.mark.parametrize("variant", VARIANTS)
def test_visual_anomalies_of_the_metal_project(exported: Exported, variant: str) -> None:
    frames = exported(3).to_pandas("anomalies")["anomalies"]
    frames = frames[frames.variant == variant]
    truth = (frames.expected_label == "anomaly").to_numpy()
    largest = np.array([max(map(max, grid)) for grid in frames.grid])
    found = score(exported(3), variants=[variant], replicates=0)[0]
    assert same(value(found, "roc_auc"), sk.roc_auc_score(truth, largest), 1e-6)
    assert same(value(found, "average_precision"), sk.average_precision_score(truth, largest), 1e-6)
    wanted = sk.precision_recall_fscore_support(truth, largest >= 1.42, average="binary")
    for name, number in zip(("precision", "recall", "f1"), wanted, strict=False):
        assert same(value(found, name), number)
    assert found.best_threshold is not None
    best = max(sk.f1_score(truth, largest >= each) for each in largest)
    assert same(found.best_threshold.f1, best)


def coco_figures(boxes: Any) -> tuple[float, float]:
    codes = {label: code for code, label in enumerate(sorted(boxes.label.unique()), start=1)}
    entries = [
        {
            "id": number,
            "image_id": row.sample_id,
            "category_id": codes[row.label],
            "bbox": [row.x_ratio, row.y_ratio, row.width_ratio, row.height_ratio],
            "area": row.width_ratio * row.height_ratio,
            "iscrowd": 0,
            **({} if row.kind == "expected" else {"score": row.score}),
        }
        for number, row in enumerate(boxes.itertuples(), start=1)
    ]
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {
            "images": [{"id": each} for each in sorted(boxes.sample_id.unique())],
            "categories": [{"id": each} for each in codes.values()],
            "annotations": [each for each in entries if "score" not in each],
        }
        truth.createIndex()
        judged = COCOeval(truth, truth.loadRes([each for each in entries if "score" in each]), "bbox")
        judged.evaluate()
        judged.accumulate()
        judged.summarize()
    return judged.stats[0], judged.stats[1]


@pytest.mark.parametrize("variant", VARIANTS)
def test_detections_of_the_bolts_project(exported: Exported, variant: str) -> None:
    frames = exported(4).to_pandas("detections", "windows")
    boxes, windows = (each[each.variant == variant] for each in frames.values())
    boxes = boxes[boxes.source.isin(["sample", "structured_result"])]
    found = score(exported(4), variants=[variant], replicates=0)[0]
    overall, at_half = coco_figures(boxes)
    assert same(value(found, "map"), overall)
    assert same(value(found, "map_50"), at_half)
    per_image = windows.set_index("sample_id").f1
    from ei_classify.scoring.blocks import blocks_of
    from ei_classify.scoring.engine import Engine  # the verdicts of images are the server's
    from ei_classify.scoring.kinds.measured import Options
    from ei_classify.scoring.measuring import measured
    from ei_classify.scoring.sources import runs_of
    from ei_classify.scoring.tasks import tasks_of

    run = next(each for each in runs_of(exported(4)) if each.variant == variant)
    with Engine(run) as engine:
        engine.choose()
        task = next(iter(tasks_of(blocks_of(engine))))
        task.prepare(engine)
        engine.do("all_pairs")
        measured(engine, task, Options(0, 0, "f1", 0))
        verdicts = {row["sample_id"]: row["is_right"] for row in engine.rows("verdict_list")}
    assert verdicts == {sample: f1 == 1 for sample, f1 in per_image.items()}


def test_the_changes_of_a_comparison_are_tested_as_scipy_does(exported: Exported) -> None:
    found = compare(exported(1), variants=VARIANTS, replicates=0)[0]
    lost, won = found.changes.lost, found.changes.won
    assert (lost, won) == (5, 2)
    assert found.changes.p_value == pytest.approx(binomtest(won, won + lost).pvalue, abs=1e-9)
    frames = exported(1).to_pandas("predictions")["predictions"]
    right = frames.pivot_table(
        index=["sample_id", "window"], columns="variant", values="correct", observed=True
    )
    assert int(((right.float32 == 1) & (right.int8 == 0)).sum()) == lost
    assert found.metrics["accuracy"].value == pytest.approx((won - lost) / len(right), abs=1e-9)


LABELS = ["a", "b", 'SELECT "x";\n--', "B", "é"]


@st.composite
def windows(draw: st.DrawFn) -> list[tuple[int, str, dict[str, float]]]:
    names = draw(st.lists(st.sampled_from(LABELS), min_size=2, max_size=4, unique=True))
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(1, 6),
                st.sampled_from(names),
                st.lists(st.integers(0, 20), min_size=len(names), max_size=len(names)),
            ),
            min_size=1,
            max_size=25,
        )
    )
    return [
        (
            sample,
            label,
            {name: (1 + each) / (sum(parts) + len(names)) for name, each in zip(names, parts, strict=True)},
        )
        for sample, label, parts in rows
    ]


@given(windows())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_classification_of_random_windows(rows: list[tuple[int, str, dict[str, float]]]) -> None:
    tables = classified(rows)
    found = score(tables, replicates=0)[0]
    decided = tables.predictions["prediction"].to_pylist()
    assert_classification(found, [label for _, label, _ in rows], decided, [each for _, _, each in rows])


def boxes_of(count: int) -> st.SearchStrategy[list[tuple[Any, ...]]]:
    side = st.sampled_from([0.1, 0.15, 0.2, 0.25])
    corner = st.sampled_from([0.0, 0.05, 0.1, 0.3, 0.5])
    box = st.tuples(
        st.sampled_from(["bolt", "nut"]),
        corner,
        corner,
        side,
        side,
        st.integers(1, 1000).map(lambda n: n / 1000),
    )
    return st.lists(box, max_size=count, unique_by=lambda each: each[5])


def centroids(images: Sequence[tuple[Sequence[Any], Sequence[Any]]]) -> tuple[int, int, int]:
    """Matched, expected and detected boxes, where the nearest pair goes first."""
    hits = 0
    for expected, found in images:
        pairs = []
        for here, (label, x, y, w, h, *_) in enumerate(expected):
            for there, (other, x2, y2, w2, h2, *_) in enumerate(found):
                distance = ((x + w / 2 - x2 - w2 / 2) ** 2 + (y + h / 2 - y2 - h2 / 2) ** 2) ** 0.5
                assume(abs(distance - 0.2) > 1e-9)  # else the last bit of a sum decides
                if label == other and distance <= 0.2:
                    pairs.append((distance, here, there))
        left = sorted(pairs)
        while left:
            hits += 1
            _, here, there = left[0]
            left = [pair for pair in left if pair[1] != here and pair[2] != there]
    return hits, sum(len(expected) for expected, _ in images), sum(len(found) for _, found in images)


@given(st.lists(st.tuples(boxes_of(4), boxes_of(5)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_detections_of_random_images(images: list[tuple[list[Any], list[Any]]]) -> None:
    used: set[float] = set()
    for _, found in images:  # equal scores have no order that both sides know
        found[:] = [box for box in found if box[5] not in used and not used.add(box[5])]  # type: ignore[func-returns-value]
    plain = [([box[:5] for box in expected], found) for expected, found in images]
    tables = detected(plain)
    score_found = score(tables, replicates=0)[0]
    hits, expected_boxes, detected_boxes = centroids(plain)
    if expected_boxes:
        assert same(value(score_found, "centroid_recall"), hits / expected_boxes)
    if detected_boxes:
        assert same(value(score_found, "centroid_precision"), hits / detected_boxes)
    assert value(score_found, "missed_objects") == expected_boxes - hits
    assert same(value(score_found, "false_alarms_per_image"), (detected_boxes - hits) / len(images))
    if expected_boxes and detected_boxes:
        overall, at_half = coco_figures(tables.detections.to_pandas())
        assert same(value(score_found, "map"), overall)
        assert same(value(score_found, "map_50"), at_half)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=1, max_size=30))
@settings(max_examples=30, deadline=None)
def test_rankings_with_ties(rows: list[tuple[bool, int]]) -> None:
    truth = np.array([each for each, _ in rows])
    scores = np.array([number for _, number in rows])
    levels = np.unique(scores)
    counts = [
        np.array([float((truth[scores == level] == kind).sum()) for level in levels])
        for kind in (True, False)
    ]
    found = ranking(*counts)
    if truth.any():
        assert found.average_precision == pytest.approx(sk.average_precision_score(truth, scores), abs=1e-9)
        if not truth.all():
            assert found.roc_auc == pytest.approx(sk.roc_auc_score(truth, scores), abs=1e-9)
            more = counts[0] * (
                1 + 1e-6 * np.arange(len(levels))
            )  # influences are derivatives by the weights
            change = (more - counts[0]) @ found.precision_influences[0]
            after = ranking(more, counts[1]).average_precision
            assert after - found.average_precision == pytest.approx(change, abs=1e-8)
            change = (more - counts[0]) @ found.roc_influences[0]
            assert ranking(more, counts[1]).roc_auc - found.roc_auc == pytest.approx(change, abs=1e-8)
