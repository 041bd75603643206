from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks.studio.kinds import KINDS, Block, Row
from ei_classify_mocks.studio.kinds.media import AUDIO, IMAGE, SERIES

if TYPE_CHECKING:
    from collections.abc import Sequence


def block(identity: int, labels: Sequence[str], bound: float) -> Block:
    threshold: Any = {"key": "min_score", "description": "", "helpText": "", "value": bound}
    return Block(identity, "keras", "block", "Block", list(labels), [threshold])


OTHER = block(2, "a", 3)


@pytest.mark.parametrize(
    ("kind", "blocks", "window", "expected", "prediction", "correct"),
    [
        ("classification", [block(1, "ab", 0.6)], {1: [0.3, 0.7]}, "b", "b", True),
        ("classification", [block(1, "ab", 0.6)], {1: [0.5, 0.5]}, "b", "uncertain", False),
        ("classification", [block(1, "ab", 0.6), OTHER], {1: [0, 1], 2: 3.5}, "b", "anomaly", False),
        ("regression", [block(1, "v", 10)], {1: 52.5}, "60", "52.5", True),
        ("regression", [block(1, "v", 5)], {1: 52.5}, "60", "52.5", False),
        ("visual-anomaly", [block(1, "a", 2)], {1: [[1, 2], [0, 1]]}, "anomaly", "anomaly", True),
        ("visual-anomaly", [block(1, "a", 2)], {1: [[1, 1], [0, 1]]}, "anomaly", "no anomaly", False),
        ("object-detection", [block(1, "ab", 0)], {1: {"labels": ["b", "a"], "f1": 1}}, "-", "a, b", True),
        ("object-detection", [block(1, "ab", 0)], {1: {"labels": [], "f1": 0}}, "a", "-", False),
    ],
)  # fmt: skip
def test_a_kind_judges_a_window_under_its_thresholds(
    kind: str, blocks: list[Block], window: dict[int, Any], expected: str, prediction: str, correct: bool
) -> None:
    judged = KINDS[kind].predict(blocks, window, expected)
    assert (judged["prediction"], judged["predictionCorrect"]) == (prediction, correct)


def test_the_scores_of_a_window_are_named_by_its_labels() -> None:
    assert KINDS["classification"].scores(block(1, "ab", 0), [0.25, 0.75]) == {"a": 0.25, "b": 0.75}
    assert KINDS["classification"].scores(block(1, ["anomaly"], 0), -0.5) == {"anomaly": -0.5}
    assert KINDS["regression"].scores(block(1, ["value"], 0), 7) == {"value": 7}
    assert KINDS["visual-anomaly"].scores(block(1, "a", 0), [[1, 4], [2, 3]]) == {"anomaly": 4}
    assert KINDS["object-detection"].scores(block(1, "a", 0), {}) == {}


def test_a_medium_counts_and_hands_over_readings() -> None:
    image: list[Row] = ["08", "f0"]
    assert IMAGE.readings(image) == [[0], [0x888888], [0xFFFFFF], [0]]
    assert (IMAGE.count(image), IMAGE.size(image)) == (4, {"width": 2, "height": 2})
    series: list[Row] = [[1, 2], [3, 4], [5, 6]]
    assert (SERIES.readings(series), SERIES.count(series), SERIES.size(series)) == (series, 3, None)
    assert [medium.data_type for medium in (SERIES, AUDIO, IMAGE)] == ["", "audio", "image"]
