"""Which results are those of a job, by what was seen of them before, during and after it."""

from __future__ import annotations

import pytest

from ei_classify.jobs.freshness import NOTHING, Freshness


def test_results_that_were_seen_to_be_gone_are_new_when_they_are_back() -> None:
    known = Freshness("old")
    known.note(NOTHING)
    assert known.is_new("old")


def test_results_that_are_gone_only_after_the_end_are_new_when_they_are_back() -> None:
    known = Freshness("old")
    known.note("old")
    assert [known.is_new(found) for found in ("old", NOTHING, "old")] == [False, False, True]


@pytest.mark.parametrize("before", [NOTHING, "old", None])
def test_nothing_is_never_new(before: str | None) -> None:
    assert not Freshness(before).is_new(NOTHING)


def test_results_without_any_before_are_new() -> None:
    known = Freshness(NOTHING)
    known.note(NOTHING)
    assert known.is_new("first")


def test_other_results_than_before_are_new_and_the_same_are_not() -> None:
    assert Freshness("old").is_new("new")
    assert not Freshness("old").is_new("old")


def test_what_is_seen_while_the_job_runs_stands_for_what_was_before_it() -> None:
    known = Freshness(None)
    assert not known.is_new("old")
    known.note("old")
    assert not known.is_new("old")
    assert known.is_new("new")
