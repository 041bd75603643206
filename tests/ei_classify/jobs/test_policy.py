from __future__ import annotations

import itertools

import pytest

from ei_classify import ConfigurationError, PollPolicy


@pytest.mark.parametrize(
    "change",
    [{"first_wait_s": 0}, {"factor": 0.5}, {"max_wait_s": 0}, {"max_lag_s": -1}, {"factor": float("nan")}],
)
def test_a_policy_that_could_not_end_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(ConfigurationError):
        PollPolicy(**change)


def test_the_waits_grow_up_to_the_longest_one() -> None:
    policy = PollPolicy(first_wait_s=1, factor=2, max_wait_s=5)
    assert list(itertools.islice(policy.waits_s(), 5)) == [1, 2, 4, 5, 5]
