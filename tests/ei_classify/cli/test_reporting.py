"""`ei-classify report`: writes a page, and says where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.command_line import invoke

if TYPE_CHECKING:
    from pathlib import Path

FAST = ("--demo", "--replicates", "0", "--quiet")


def test_a_report_of_a_demo_project_is_written_with_signals(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    asked = ["--variant", "int8", "--signals", "1", "--require", "accuracy >= 0.5"]
    done = invoke(["report", "--project", "1", "--out", str(page), *FAST, *asked])
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{page}\n", "")
    text = page.read_text("utf-8")
    assert "Model testing of Wrist motion" in text
    assert "All requirements are met" in text
    assert '"score-1-signal-1"' in text


def test_a_folder_that_does_not_exist_is_named_as_one_that_cannot_be_written(tmp_path: Path) -> None:
    page = tmp_path / "none" / "report.html"
    done = invoke(["report", "--project", "2", "--variant", "int8", "--out", str(page), *FAST])
    assert done.exit_code == 1
    assert f"cannot write {page}: No such file or directory" in done.stderr


def test_run_writes_a_report_of_what_it_exported(tmp_path: Path) -> None:
    folder, page = tmp_path / "results", tmp_path / "report.html"
    done = invoke(
        [
            "run",
            "--project",
            "2",
            "--variant",
            "int8",
            "--out",
            str(folder),
            "--report",
            str(page),
            *FAST[:1],
            "-q",
        ]
    )
    assert (done.exit_code, done.stdout) == (0, f"{folder}\n{page}\n")
    assert "regression" in page.read_text("utf-8")


def test_run_writes_no_report_without_an_export(tmp_path: Path) -> None:
    done = invoke(["run", "--project", "2", "--report", str(tmp_path / "report.html"), "--demo"])
    assert done.exit_code == 2
    assert "needs --out, and the format parquet" in done.stderr
