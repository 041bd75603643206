"""The attacks find nothing, and they find what is broken on purpose."""

from __future__ import annotations

import time
from typing import Any

import pytest
from ei_classify_api.errors import MismatchError

from ei_classify.decoding import pages
from tools.soak import bodies, manifests, schedules
from tools.soak.tally import Tally


def tried(trial: Any, count: int) -> Tally:
    tally = Tally(count, time.monotonic() + 60, 0)
    trial.run(tally)
    assert sum(tally.outcomes.values()) == count
    return tally


@pytest.mark.parametrize(("trial", "count"), [(bodies, 150), (manifests, 40), (schedules, 12)])
def test_nothing_falls(trial: Any, count: int) -> None:
    tally = tried(trial, count)
    assert tally.fell == []
    assert len(tally.outcomes) > 1, "something was read, and something was refused"
    assert str(tally).endswith("fell: 0")


def test_a_reader_that_judges_differently_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_page: object) -> None:
        raise MismatchError("success", "broken on purpose")

    monkeypatch.setattr(pages, "_require_success", refuse)
    assert "judged differently" in tried(bodies, 20).fell[0]


def test_a_reader_that_raises_something_else_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pages, "read_odd_wire", break_down)
    assert any("ZeroDivisionError" in each for each in tried(bodies, 30).fell)


def test_damage_that_nobody_sees_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifests, "_opened", lambda _folder, _content: "other content")
    assert len(tried(manifests, 3).fell) == 3


def test_a_call_without_a_limit_of_time_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "_SLACK_S", -100.0)
    assert "took" in tried(schedules, 2).fell[0]
