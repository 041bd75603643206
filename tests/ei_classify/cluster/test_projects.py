from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ei_classify.cluster import ProjectRun, read_projects
from ei_classify.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("project_id\n1\n2\n", [ProjectRun(1, 9, "int8"), ProjectRun(2, 9, "int8")]),
        ("project_id,impulse_id,variant\n1,2,float32\n", [ProjectRun(1, 2, "float32")]),
        ("variant , project_id\nfloat32 int8,1\n,2\n", [ProjectRun(1, 9, v) for v in ("float32", "int8")]
         + [ProjectRun(2, 9, "int8")]),
        ("\ufeffproject_id,variant\r\n\r\n3\r\n", [ProjectRun(3, 9, "int8")]),
    ],
    ids=["ids alone", "all columns", "several variants", "as a spreadsheet saves it"],
)  # fmt: skip
def test_a_file_lists_runs(tmp_path: Path, text: str, runs: list[ProjectRun]) -> None:
    file = tmp_path / "projects.csv"
    file.write_text(text, "utf-8", newline="")
    assert read_projects(file, ["int8"], 9) == runs


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"project_id\n1\nx\n", "line 3 has 'x' for project_id, which must be a whole number"),
        (b"project_id,impulse_id\n1,-2\n", "line 2 has '-2' for impulse_id"),
        (b"project_id,variant\n,int8\n", "line 2 has no project_id"),
        (b"project_id\n1,int8\n", "line 2 has 2 cells, and there are 1 columns"),
        (b"project_id\n1\n\n1\n", "line 4 has project 1, as line 2 has"),
        (b"project_id;variant\n1;int8\n", "must begin with a line of columns"),
        (b"project_id,project_id\n1,1\n", "must begin with a line of columns"),
        (b"project_id\n", "names no projects"),
        (b"", "names no projects"),
        (b'project_id\n"1\n', "is not CSV"),
        (b"project_id\n\xff\n", "is not in UTF-8"),
    ],
)
def test_an_error_names_the_line(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "projects.csv"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError, match=re.escape(f"{file} {problem}")):
        read_projects(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"none\.csv cannot be read: No such file"):
        read_projects(tmp_path / "none.csv")
