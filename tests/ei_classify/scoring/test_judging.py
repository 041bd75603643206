"""What a block was most confident of is what the definition says, whatever the order of the rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ei_classify.scoring.judging import judged

if TYPE_CHECKING:
    import random

SCORES = st.sampled_from([-1.0, 0.0, 0.1, 0.25, 1 / 3, 0.5, 1.0, 7.5])
WINDOWS = st.dictionaries(
    st.integers(0, 2**45),
    st.tuples(st.dictionaries(st.integers(0, 5), SCORES, min_size=1), st.integers(-1, 6)),
    max_size=12,
)


def by_definition(scores: dict[int, float], expected: int) -> dict[str, float]:
    top = max(sorted(scores), key=lambda code: scores[code])
    own = scores.get(expected, math.nan)
    missed = [(score - (code == expected)) ** 2 for code, score in scores.items()]
    return {
        "top": top,
        "confidence": scores[top],
        "own": own,
        "own_code": expected if expected in scores else -1,
        "brier": sum(missed) if expected in scores else math.nan,
    }


@given(WINDOWS, st.randoms(use_true_random=False))
def test_each_window_is_judged_by_the_definition(
    windows: dict[int, tuple[dict[int, float], int]], shuffler: random.Random
) -> None:
    rows = [
        (key, code, score, expected)
        for key, (scores, expected) in windows.items()
        for code, score in scores.items()
    ]
    shuffler.shuffle(rows)
    columns = np.array(rows, np.float64).reshape(-1, 4).T
    types = {"key": np.int64, "code": np.int32, "score": np.float64, "expected": np.int32}
    found = judged(
        {name: each.astype(kind) for (name, kind), each in zip(types.items(), columns, strict=True)}
    )
    by_key = {int(key): place for place, key in enumerate(found["key"])}
    assert by_key.keys() == windows.keys()
    assert len(found["key"]) == len(windows)
    for key, (scores, expected) in windows.items():
        one = {name: float(each[by_key[key]]) for name, each in found.items() if name != "key"}
        assert one == pytest.approx(by_definition(scores, expected), nan_ok=True)


@given(st.lists(SCORES, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_the_last_digit_does_not_depend_on_the_order_of_the_rows(
    scores: list[float], shuffler: random.Random
) -> None:
    rows: dict[str, Any] = {
        "key": np.zeros(len(scores), np.int64),
        "code": np.arange(len(scores), dtype=np.int32),
        "score": np.array(scores) / 3,
        "expected": np.zeros(len(scores), np.int32),
    }
    order = np.array(shuffler.sample(range(len(scores)), len(scores)))
    shuffled = judged({name: each[order] for name, each in rows.items()})
    for name, each in judged(rows).items():
        assert (each == shuffled[name]).all(), name
