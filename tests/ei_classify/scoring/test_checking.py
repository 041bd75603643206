"""Requirements: their language, their direction, and what cannot be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from ei_classify import InvalidArgumentError
from ei_classify.cli import app
from ei_classify.scoring import Requirement, as_junit, as_markdown, check

from .building import classified

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ei_classify import StoredExport

GOOD = [
    (n, label, {"a": 0.9 if label == "a" else 0.1, "b": 0.1 if label == "a" else 0.9})
    for n, label in enumerate("aabb")
]
WORSE = [*GOOD[:3], (3, "b", {"a": 0.9, "b": 0.1})]


@pytest.mark.parametrize(
    ("requirement", "met"),
    [
        ("accuracy >= 0.75", True),
        ("accuracy >= 0.76", False),
        ("f1[b] >= 0.6", True),
        ("f1[b] >= 0.7", False),
        ("accuracy.low >= 0.75", False),
        ("samples: accuracy >= 0.75", True),
        ("classification: accuracy >= 0.75", True),
        ("brier <= 2", True),
        ("brier <= 0.1", False),
        ("accuracy >= 1 where label = a", True),
        ("accuracy >= 1 where label = b", False),
        ("f1[c] >= 0", None),
        ("mae <= 5", None),
        ("accuracy >= 0 where label = z", None),
    ],
)
def test_a_requirement_is_met_or_not_or_cannot_be_judged(requirement: str, met: bool | None) -> None:
    assert check(classified(WORSE), require=[requirement]).met is met


def test_one_unmet_requirement_outweighs_one_that_was_not_judged() -> None:
    assert check(classified(WORSE), require=["f1[c] >= 0", "accuracy >= 1"]).met is False


@pytest.mark.parametrize(
    ("limit", "met"),
    [("accuracy=0.25", True), ("accuracy=0.24", False), ("recall[b]=0.4", False), ("mae=1", None)],
)
def test_a_drop_is_counted_in_the_direction_that_is_worse(limit: str, met: bool | None) -> None:
    assert check(classified(WORSE), max_drop=[limit], against=classified(GOOD)).met is met


def test_getting_better_is_no_drop() -> None:
    assert check(classified(GOOD), max_drop=["accuracy=0", "brier=0"], against=classified(WORSE)).met is True


@pytest.mark.parametrize(
    "text",
    [
        "accuracy",
        "accuracy <= 0.5",
        "acuracy >= 1",
        "mcc[a] >= 0",
        "accuracy >= nan",
        "zoo: f1 >= 1",
        "mae >= 1",
    ],
)
def test_what_is_no_requirement_is_rejected(text: str) -> None:
    with pytest.raises(InvalidArgumentError, match="require"):
        Requirement.parse(text)


def test_a_label_with_odd_characters_can_be_named() -> None:
    assert Requirement.parse(r'f1["a]\n\"b"] >= 0.5').subject.label == 'a]\n"b'


def test_the_verdict_as_markdown_and_junit() -> None:
    verdict = check(classified(WORSE), require=["accuracy >= 1", "f1[a|b] >= 0", "accuracy >= 0"])
    assert "| ❌ not met | accuracy >= 1 | 0.75 |" in as_markdown(verdict)
    assert r"a\|b" in as_markdown(verdict)
    assert b'tests="3" failures="1" errors="1"' in as_junit(verdict)


@pytest.mark.parametrize(
    ("requirement", "code"),
    [("accuracy >= 0.8", 0), ("accuracy >= 0.99", 4), ("f1[swimming] >= 0", 1), ("what", 2)],
)
def test_the_exit_code_says_the_verdict(
    exported: Callable[[int], StoredExport], tmp_path: Path, requirement: str, code: int
) -> None:
    junit = tmp_path / "verdict.xml"
    folder = str(exported(1).folder)
    done = CliRunner().invoke(app, ["check", folder, "--require", requirement, "--junit", str(junit)])
    assert done.exit_code == code
    assert junit.exists() == (code != 2)


@pytest.mark.parametrize(
    ("name", "table"), [("pyproject.toml", "tool.ei-classify.check"), ("ei-classify.toml", "check")]
)
def test_requirements_come_from_a_file(
    exported: Callable[[int], StoredExport],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    table: str,
) -> None:
    folder = str(exported(1).folder)
    (tmp_path / name).write_text(f'[{table}]\nrequire = ["accuracy >= 0.99"]\nagainst = "{folder}"\n')
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["check", folder]).exit_code == 4
    (tmp_path / name).write_text(f'[{table}]\nrequires = ["accuracy >= 0.99"]\n')
    done = CliRunner().invoke(app, ["check", folder])
    assert done.exit_code == 2
    assert "unknown key 'requires'" in done.stderr
