from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tools.drift.documents import DriftError
from tools.drift.names import compare_names

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = '''
class Job:
    """A job."""

    key: str

    def follow(self, every_s: float = 1.0) -> None: ...


def fetch(project_id: int) -> Job: ...
'''
AFTER = '''
class Job:
    """A job."""

    key: str
    progress: float

    def follow(self, every_s: float, *, quietly: bool = False) -> None: ...


class Queue: ...


class _Hidden: ...


def count(jobs: list[Job], *, done: bool = False) -> int: ...
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    write(tmp_path, BEFORE)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=First")
    return tmp_path


def write(root: Path, text: str) -> None:
    for package in ("generated/ei_classify_api", "src/ei_classify"):
        (root / package).mkdir(parents=True, exist_ok=True)
        (root / package / "__init__.py").write_text("", "utf-8")
    (root / "src" / "ei_classify" / "jobs.py").write_text(text, "utf-8")


def git(root: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=Test", "-c", "user.email=test@localhost", *arguments], cwd=root, check=True
    )


def test_names_that_were_added_and_changes_that_break_are_told_apart(project: Path) -> None:
    write(project, AFTER)
    names = compare_names(project)
    assert names.revision == "HEAD"
    assert names.added == [
        "ei_classify.jobs.Job.follow(quietly)",
        "ei_classify.jobs.Job.progress",
        "ei_classify.jobs.Queue",
        "ei_classify.jobs.count",
    ]
    assert [each.partition(": ")[0] for each in names.breaking] == [
        "ei_classify.jobs.Job.follow",
        "ei_classify.jobs.fetch",
    ]
    assert "  + ei_classify.jobs.Queue\n" in str(names)


def test_without_a_revision_the_last_tag_is_compared_with(project: Path) -> None:
    git(project, "tag", "v1")
    write(project, AFTER)
    git(project, "commit", "--quiet", "--all", "--message=Second")
    assert compare_names(project).revision == "v1"
    assert "ei_classify.jobs.Queue" in compare_names(project).added
    assert compare_names(project, "HEAD").added == []


def test_a_package_that_is_new_is_added_whole(project: Path) -> None:
    git(project, "rm", "--quiet", "-r", "generated")
    git(project, "commit", "--quiet", "--message=Without")
    write(project, BEFORE)
    (project / "generated" / "ei_classify_api" / "models.py").write_text(BEFORE, "utf-8")
    assert "ei_classify_api.models.Job.key" in compare_names(project).added


def test_a_revision_that_does_not_exist_is_named(project: Path) -> None:
    with pytest.raises(DriftError, match="no git revision `v9`"):
        compare_names(project, "v9")
