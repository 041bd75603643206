"""What stands behind a score adds up to the score, in bounded amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ei_classify.scoring import details, score

from .building import classified

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify import StoredExport
    from ei_classify.scoring import Details, Score


@pytest.fixture(scope="module")
def behind(exported: Callable[[int], StoredExport]) -> Callable[[int], list[tuple[Score, Details]]]:
    """A function: a project of the double → its scores, with what stands behind each."""

    def of(project: int) -> list[tuple[Score, Details]]:
        scores = score(exported(project), replicates=0)
        found = details(exported(project), scores)
        return [(one, each) for one, each in zip(scores, found, strict=True) if each is not None]

    return of


def at(found: Details, step: int) -> tuple[float, float]:
    """Coverage and accuracy at so many hundredths, from the swept counts."""
    assert found.sweep is not None
    every = sum(windows for *_, windows in found.sweep.counts)
    kept = [row for row in found.sweep.counts if row[0] >= step and row[2] >= 0]
    covered = sum(row[3] for row in kept)
    return covered / every, sum(row[3] for row in kept if row[1] == row[2]) / covered


def test_the_swept_counts_give_the_curve(behind: Callable[[int], list[tuple[Score, Details]]]) -> None:
    one, found = behind(1)[0]
    assert one.kind == "classification"
    for step in (0, 46, 60, 89, 99):
        point = one.curve[step]
        assert at(found, step) == pytest.approx((point.coverage, point.accuracy))


def test_an_expected_anomaly_is_a_label_that_every_threshold_decides() -> None:
    confidences = [{"a": 0.9, "b": 0.1}, {"a": 0.3, "b": 0.7}, {"a": 0.8, "b": 0.2}, {"a": 0.5, "b": 0.5}]
    windows = list(zip(range(4), ["a", "b", "anomaly", "b"], confidences, strict=True))
    tables = classified(windows, decisions=["a", "b", "anomaly", "uncertain"])
    scores = score(tables, replicates=0)
    (one,), (found,) = scores, details(tables, scores)
    assert one.threshold is not None
    assert found is not None
    assert one.threshold.f1 == pytest.approx(one.metrics["macro_f1"].value)
    assert (one.threshold.coverage, one.curve[95].coverage) == (0.75, 0.25)
    assert at(found, 60) == (0.75, 1.0)


def test_every_window_of_a_small_cell_is_listed_and_wrong_ones_are_first(
    behind: Callable[[int], list[tuple[Score, Details]]],
) -> None:
    one, found = behind(1)[0]
    assert one.confusion is not None
    listed: dict[tuple[str | None, str | None], int] = {}
    for each in found.listed:
        listed[each.expected, each.predicted] = listed.get((each.expected, each.predicted), 0) + 1
    for row, expected in enumerate(one.confusion.expected):
        for column, predicted in enumerate(one.confusion.predicted):
            windows = one.confusion.counts[row][column]
            assert listed.get((expected, predicted), 0) == min(windows, found.per_cell)
    right = [each.expected == each.predicted for each in found.listed]
    assert right == sorted(right)


@pytest.mark.parametrize("project", [1, 2, 3])
def test_the_bars_have_every_window(
    behind: Callable[[int], list[tuple[Score, Details]]], project: int
) -> None:
    for one, found in behind(project):
        assert sum(each.windows for each in found.bars) == one.windows
        assert all(each.low < each.high for each in found.bars)


def test_the_bars_of_a_detection_have_every_detected_box(
    behind: Callable[[int], list[tuple[Score, Details]]],
) -> None:
    one, found = behind(4)[0]
    boxes: dict[str, int] = {}
    for each in found.bars:
        boxes[each.series] = boxes.get(each.series, 0) + each.windows
    expected = sum(each.support for each in one.classes)
    assert boxes["right"] == expected - (one.metrics["missed_objects"].value or 0)
    alarms = (one.metrics["false_alarms_per_image"].value or 0) * one.windows
    assert boxes["false alarm"] == pytest.approx(alarms)


def test_a_regression_is_points_that_have_every_window(
    behind: Callable[[int], list[tuple[Score, Details]]],
) -> None:
    one, found = behind(2)[0]
    assert sum(each.windows for each in found.points) == one.windows
    error = sum(each.windows * (each.found - each.expected) for each in found.points) / one.windows
    assert error == pytest.approx(one.metrics["bias"].value)


def test_a_sample_has_its_windows_in_order_with_all_their_scores(
    behind: Callable[[int], list[tuple[Score, Details]]],
) -> None:
    one, found = behind(1)[0]
    assert [each.place.sample_id for each in found.samples][: len(one.wrong_samples)] == [
        each.sample_id for each in one.wrong_samples
    ]
    for sample in found.samples:
        assert [each.window for each in sample.windows] == list(range(len(sample.windows)))
        assert {*sample.windows[0].scores} == {each.label for each in one.classes}


def test_an_image_has_its_boxes_and_which_of_them_match(
    behind: Callable[[int], list[tuple[Score, Details]]],
) -> None:
    one, found = behind(4)[0]
    missed = one.metrics["missed_objects"].value
    assert len(found.samples) == 10
    states = [box.state for sample in found.samples for box in sample.boxes]
    assert states.count("expected") == states.count("found")
    assert 0 < states.count("missed") <= (missed or 0)
    assert {(sample.width_px, sample.height_px) for sample in found.samples} == {(96, 96)}


def test_an_image_with_anomalies_has_its_grid(
    behind: Callable[[int], list[tuple[Score, Details]]],
) -> None:
    _, found = behind(3)[0]
    for sample in found.samples:
        largest = max(each for row in sample.grid for each in row if each is not None)
        assert sample.windows[0].scores == {"score": pytest.approx(largest)}


def test_many_windows_are_counted_and_few_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ei_classify.scoring.detailing.MAX_LISTED", 20)
    windows = [(each // 10, "ab"[each % 2], {"a": 0.2, "b": 0.8}) for each in range(400)]
    tables = classified(windows)
    scores = score(tables, replicates=0)
    (found,) = details(tables, scores, samples=2)
    assert found is not None
    assert (found.per_cell, len(found.listed), len(found.samples)) == (10, 20, 2)
    assert sum(each.windows for each in found.bars) == 400


def test_a_subset_has_no_details() -> None:
    tables = classified([(1, "a", {"a": 0.9, "b": 0.1}), (2, "b", {"a": 0.3, "b": 0.7})])
    scores = score(tables, by="label", replicates=0)
    found = details(tables, scores)
    assert [each is None for each in found] == [each.subset is not None for each in scores]
    assert len(found) == 3
