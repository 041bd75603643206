"""What the projects of the double lack: label maps, several blocks, K-means and random numbers."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sklearn import metrics as sk

from ei_classify.scoring import Score, score

from .building import classified, of_block, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def value(found: Score, name: str) -> float | None:
    return found.metrics[name].value


# --- Label maps --------------------------------------------------------------------------------------------

KEYS = ("colour", 'size "in" mm')
VALUES = {"colour": ("red", "blue", "green"), 'size "in" mm': ("s", "l")}


@st.composite
def maps(draw: st.DrawFn) -> list[tuple[dict[str, str], dict[str, dict[str, float]]]]:
    """Of each window, what is expected, and the confidence of each value, by key."""
    expected = st.fixed_dictionaries({key: st.sampled_from(VALUES[key]) for key in KEYS})
    parts = st.fixed_dictionaries(
        {key: st.fixed_dictionaries(dict.fromkeys(VALUES[key], st.integers(1, 20))) for key in KEYS}
    )
    rows = draw(st.lists(st.tuples(expected, parts), min_size=1, max_size=10))
    return [
        (
            truth,
            {key: {name: n / sum(of.values()) for name, n in of.items()} for key, of in weights.items()},
        )
        for truth, weights in rows
    ]


@given(maps())
@few
def test_each_key_of_a_label_map_is_a_classification(
    rows: list[tuple[dict[str, str], dict[str, dict[str, float]]]],
) -> None:
    found = score(
        of_block(
            "keras",
            windows=[
                {
                    "sample_id": sample,
                    "expected_label_map": {"labels": list(truth.items())},
                    "label_map_result": [(key, max(of, key=of.__getitem__)) for key, of in scores.items()],
                    "label_map_scores": [(key, list(of.items())) for key, of in scores.items()],
                }
                for sample, (truth, scores) in enumerate(rows)
            ],
        ),
        replicates=0,
    )
    assert [(each.kind, each.label_map_key) for each in found] == [("label_map", key) for key in KEYS]
    for each, key in zip(found, KEYS, strict=True):
        truth = [expected[key] for expected, _ in rows]
        decided = [max(scores[key], key=scores[key].__getitem__) for _, scores in rows]
        classes = sorted(set(truth))
        assert value(each, "accuracy") == pytest.approx(sk.accuracy_score(truth, decided), abs=1e-9)
        macro = sk.f1_score(truth, decided, labels=classes, average="macro", zero_division=0)
        assert value(each, "macro_f1") == pytest.approx(macro, abs=1e-9)
        own = [-np.log(scores[key][expected[key]]) for expected, scores in rows]
        assert value(each, "log_loss") == pytest.approx(np.mean(own), abs=1e-9)
        areas = [
            sk.average_precision_score([one == label for one in truth], [of[key][label] for _, of in rows])
            for label in classes
        ]
        assert value(each, "average_precision") == pytest.approx(np.mean(areas), abs=1e-6)


# --- Several blocks ----------------------------------------------------------------------------------------


def test_of_several_blocks_each_has_a_score_beside_that_of_the_predictions() -> None:
    rows = [(1, "a", {"a": 0.9, "b": 0.1}), (2, "b", {"a": 0.3, "b": 0.7}), (3, "b", {"a": 0.8, "b": 0.2})]
    one = classified(rows)
    flipped = [(sample, label, {"a": of["b"], "b": of["a"]}) for sample, label, of in rows]
    other = classified(flipped)
    second = {"learn_block_id": 3}
    both = tables(
        samples=one.samples.to_pylist(),
        predictions=one.predictions.to_pylist(),
        windows=[*one.windows.to_pylist(), *({**row, **second} for row in other.windows.to_pylist())],
        scores=[*one.scores.to_pylist(), *({**row, **second} for row in other.scores.to_pylist())],
        runs=[
            {
                **one.runs.to_pylist()[0],
                "learn_blocks": [
                    {"id": each, "type": "keras", "minimum_confidence_rating": 0.6, "thresholds": []}
                    for each in (2, 3)
                ],
            }
        ],
    )
    found = score(both, replicates=0)
    assert [each.learn_block_id for each in found] == [None, 2, 3]
    assert [value(each, "accuracy") for each in found] == pytest.approx([2 / 3, 2 / 3, 1 / 3])
    assert value(found[0], "log_loss") is None
    assert "single learn block" in str(found[0].metrics["log_loss"].reason)
    assert value(found[2], "log_loss") == pytest.approx(-np.mean(np.log([0.1, 0.3, 0.8])), abs=1e-9)


# --- Anomalies ---------------------------------------------------------------------------------------------


@given(
    st.lists(st.tuples(st.booleans(), st.integers(-4, 8)), min_size=1, max_size=25),
    st.integers(-3, 6),
    st.sampled_from(["anomaly", "anomaly-gmm"]),
)
@few
def test_anomaly_blocks_of_random_windows(
    rows: Sequence[tuple[bool, int]], threshold: int, block: str
) -> None:
    found = score(
        of_block(
            block,
            windows=[
                {"sample_id": sample, "expected_anomaly_outcome": "anomaly" if is_anomaly else "no anomaly"}
                for sample, (is_anomaly, _) in enumerate(rows)
            ],
            scores=[
                {"sample_id": sample, "label": "anomaly", "score": number / 4}
                for sample, (_, number) in enumerate(rows)
            ],
            thresholds={"min_anomaly_score": threshold / 4},
        ),
        replicates=0,
    )[0]
    assert (found.kind, found.learn_block_id, found.windows) == ("anomaly", 2, len(rows))
    truth = np.array([each for each, _ in rows])
    numbers = np.array([number / 4 for _, number in rows])
    flagged = numbers >= threshold / 4
    if truth.any():
        area = sk.average_precision_score(truth, numbers)
        assert value(found, "average_precision") == pytest.approx(area, abs=1e-6)
        wanted = sk.precision_recall_fscore_support(truth, flagged, average="binary", zero_division=np.nan)
        for name, number in zip(("precision", "recall", "f1"), wanted, strict=False):
            if name == "precision" and not flagged.any():
                assert value(found, name) is None
            else:
                assert value(found, name) == pytest.approx(np.nan_to_num(number), abs=1e-9)
        assert found.best_threshold is not None
        best = max(sk.f1_score(truth, numbers >= each) for each in numbers)
        assert found.best_threshold.f1 == pytest.approx(best, abs=1e-9)
    if truth.any() and not truth.all():
        assert value(found, "roc_auc") == pytest.approx(sk.roc_auc_score(truth, numbers), abs=1e-6)
    else:
        assert value(found, "roc_auc") is None


# --- Regression --------------------------------------------------------------------------------------------

numbers = st.integers(-(10**6), 10**6).map(lambda each: each / 64)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=25), st.integers(0, 10**6))
@few
def test_regression_of_random_numbers(rows: Sequence[tuple[float, float]], tolerance: int) -> None:
    found = score(
        of_block(
            "keras-regression",
            windows=[{"sample_id": sample} for sample, _ in enumerate(rows)],
            scores=[
                {"sample_id": sample, "label": "value", "score": number, "expected_label": str(truth)}
                for sample, (truth, number) in enumerate(rows)
            ],
            thresholds={"max_error": tolerance / 64},
        ),
        replicates=0,
    )[0]
    truth, numbers = (np.array(column) for column in zip(*rows, strict=True))
    errors = numbers - truth
    wanted = {
        "mae": sk.mean_absolute_error(truth, numbers),
        "rmse": sk.root_mean_squared_error(truth, numbers),
        "max_error": sk.max_error(truth, numbers),
        "bias": errors.mean(),
        "within_tolerance": (abs(errors) <= tolerance / 64).mean(),
    }
    for name, figure in wanted.items():
        assert value(found, name) == pytest.approx(figure, rel=1e-9, abs=1e-9), name
    if np.ptp(truth):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert value(found, "r2") == pytest.approx(sk.r2_score(truth, numbers), rel=1e-9, abs=1e-9)
    else:
        assert value(found, "r2") is None
