"""An export that is stopped at any step: a reader of all files sees what the manifest lists, and no more."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import shutil
from collections import Counter
from typing import TYPE_CHECKING, Any, Self

import pyarrow.parquet as pq
import pytest

from ei_classify import ExportError, open_export
from ei_classify.dataset import Manifest, storage_of

from .test_export_again import Server

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAMPLES = 4


class Stopped(BaseException):
    """The process was killed: nothing that it does afterwards reaches the disk."""


class Steps:
    """Counts the operations that change the disk, and stops at one of them.

    Args:
        patch: Replaces the operations.
        stop_at: The number of the operation that fails.
        killed: Whether the operations after it fail as well, as after a kill.
    """

    def __init__(self, patch: pytest.MonkeyPatch, stop_at: int, *, killed: bool) -> None:
        self.count = 0
        self._stop_at = stop_at
        self._killed = killed
        for name in ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir"):
            patch.setattr(os, name, self._stepping(getattr(os, name)))
        opening = io.open
        patch.setattr(
            io,
            "open",
            lambda file, mode="r", *args, **kwargs: self._open(opening, file, mode, *args, **kwargs),
        )

    def step(self) -> None:
        self.count += 1
        if self.count == self._stop_at or (self._killed and self.count > self._stop_at):
            raise Stopped if self._killed else OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def _stepping(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def stepping(*args: Any, **kwargs: Any) -> Any:
            self.step()
            return operation(*args, **kwargs)

        return stepping

    def _open(self, opening: Callable[..., Any], file: Any, mode: str, *args: Any, **kwargs: Any) -> Any:
        if mode != "wb":
            return opening(file, mode, *args, **kwargs)
        self.step()
        return _Written(self, opening(file, mode, *args, **kwargs))


class _Written:
    """A file whose first write is a step."""

    def __init__(self, steps: Steps, file: Any) -> None:
        self._steps = steps
        self._file = file
        self._begun = False

    def write(self, data: Any) -> Any:
        if not self._begun:
            self._begun = True
            self._steps.step()
        return self._file.write(data)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def rows_of(file: Path) -> int:
    if file.suffix == ".parquet":
        return int(pq.read_metadata(file).num_rows)
    with file.open(newline="", encoding="utf-8") as opened:
        return len(list(csv.DictReader(opened)) if file.suffix == ".csv" else opened.readlines())


def by_glob(folder: Path) -> Counter[str]:
    """The rows of each table in all files, as a reader of `**/*.parquet` counts them."""
    rows: Counter[str] = Counter()
    for format in ("parquet", "csv", "jsonl"):  # noqa: A001
        for file in folder.glob(f"**/*.{format}"):
            rows[f"{file.parent.name}.{format}"] += rows_of(file)
    return rows


def by_manifest(folder: Path) -> Counter[str]:
    """The rows of each table that the manifest lists."""
    rows: Counter[str] = Counter()
    manifest = Manifest.load(storage_of(folder))
    for entry in manifest.runs.values() if manifest else ():
        for path, file in entry.files.items():
            rows[f"{path.partition('/')[0]}.{path.rpartition('.')[2]}"] += file.rows
    return rows


def opened_samples(folder: Path) -> int:
    """The samples in an export that may have been stopped, as `open_export` counts them."""
    if not (folder / "manifest.json").exists():
        return 0
    opened = open_export(folder)
    assert all("is not complete" in problem for problem in opened.check())
    rows = sum(run.sample_count for run in opened.runs)
    if opened.format == "parquet":
        assert opened["samples"].count_rows() == rows
    elif opened.format == "jsonl":
        assert len(list(opened.lines())) == rows
    return rows


@pytest.mark.parametrize(
    ("before", "format", "killed"),
    [
        (None, "parquet", True),
        (None, "csv", False),
        ("parquet", "parquet", True),
        ("csv", "csv", False),
        ("csv", "jsonl", True),
        ("jsonl", "jsonl", True),
    ],
)
def test_stopped_at_any_step_it_shows_what_counts_and_can_be_completed(
    before: str | None,
    format: str,  # noqa: A002
    killed: bool,
    tmp_path: Path,
) -> None:
    server = Server(SAMPLES)
    server.limit = 3
    start = tmp_path / "start"
    start.mkdir()
    if before:
        server.export(start, format=before)
    options: dict[str, Any] = {"format": format, "rows_per_part": 0}
    server.export(tmp_path / "whole", **options)
    whole = by_glob(tmp_path / "whole")
    stopped_at, counts = 0, set()
    while True:
        stopped_at += 1
        folder, opened = tmp_path / f"{stopped_at}", tmp_path / f"{stopped_at} opened"
        shutil.copytree(start, folder)
        with pytest.MonkeyPatch.context() as patch:
            steps = Steps(patch, stopped_at, killed=killed)
            with contextlib.suppress(Stopped, ExportError):
                server.export(folder, restart=before is not None, **options)
        if steps.count < stopped_at:
            break
        listed = by_manifest(folder)
        assert by_glob(folder) <= listed, f"step {stopped_at} shows what does not count"
        shutil.copytree(folder, opened)
        counts.add(opened_samples(opened))
        assert by_glob(opened) == listed, f"step {stopped_at}"
        manifest = Manifest.load(storage_of(folder))
        done = server.export(folder, restart=manifest is not None and manifest.format != format, **options)
        assert done.samples == SAMPLES
        if before is None:
            assert by_glob(folder) == whole, f"step {stopped_at}"
        assert by_glob(folder) == by_manifest(folder)
        assert not list(folder.glob("**/.part-*")), "nothing is left over"
        shutil.rmtree(folder)
        shutil.rmtree(opened)
    assert stopped_at > 20
    assert {3, SAMPLES} <= counts, "it was stopped with and without the last part"
