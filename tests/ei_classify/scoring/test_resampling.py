"""Weighted sums per replicate, however few or many values there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ei_classify.scoring.resampling import Resampler


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 60), st.sampled_from([1, 3, 400]), st.integers(1, 30), st.integers(0, 2**32 - 1))
def test_sums_are_those_of_the_weights(values: int, columns: int, clusters: int, seed: int) -> None:
    chance = np.random.default_rng(seed)
    of_value = chance.integers(0, clusters, values)
    column = chance.integers(0, columns, values)
    counts = chance.integers(1, 9, values)
    resampler = Resampler(np.arange(clusters), replicates=70, seed=seed)
    expected = np.zeros((70, columns))
    weights = resampler.per_value(of_value, slice(None))
    for place in range(values):
        expected[:, column[place]] += weights[:, place] * counts[place]
    assert resampler.sums(of_value, column, counts, columns) == pytest.approx(expected, abs=0)
