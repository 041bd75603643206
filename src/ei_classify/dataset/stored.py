"""A stored export: its runs, their problems, and its tables."""

from __future__ import annotations

import itertools
import shutil
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ei_classify.errors import ExportDamagedError, ExportError, MissingExtraError
from ei_classify.showing import cell, html_table

from .lines import read_lines
from .runs import content_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    import pyarrow.dataset as ds

    from .formats import Format
    from .runs import StoredRun
    from .scanning import Scan
    from .storage import Storage


COPIES_AT_ONCE = 8
COPIED_AT_ONCE_BYTES = 1 << 20


@frozen(eq=False)
class StoredExport:
    """A stored export. Files that its manifest does not list are ignored.

    Iterating over an export yields the names of its tables. Reading the tables needs the extra `tables`.
    """

    storage: Storage
    """The place of the export."""
    format: Format
    """`parquet` has all tables, `csv` has predictions and scores, and `jsonl` has answers and no tables."""
    server: str
    """The base URL of the server that sent the results."""
    runs: tuple[StoredRun, ...]
    raw_csv: bool = False
    """Whether the text in CSV files is as the server sent it. Otherwise, what a spreadsheet would take for a
    formula begins with `'`."""

    def _repr_html_(self) -> str:
        rows = (
            (
                str(run.project_id),
                *map(cell, (run.impulse_id, run.variant, run.sample_count)),
                "yes" if run.complete else "no",
                "; ".join(run.problems),
            )
            for run in self.runs
        )
        head = ("project", "impulse", "variant", "samples", "complete", "problems")
        return html_table(f"{self.folder}, {self.format}, of {self.server}", head, rows)

    @property
    def folder(self) -> Path | str:
        """The path of the folder, or the URL on an object store."""
        return self.storage.folder

    @property
    def complete(self) -> bool:
        """Whether all samples of all runs have been read."""
        return all(run.complete for run in self.runs)

    @property
    def problems(self) -> list[str]:
        """What is wrong: files that are missing or have changed, and runs that are not complete.

        If the export was opened with `verify=True`, the content of the files counts, otherwise their size.
        """
        return [problem for run in self.runs for problem in run.problems]

    def check(self) -> list[str]:
        """Read every file, and compare its checksum with the one in the manifest.

        Returns:
            `problems`, followed by the other files that have changed.
        """
        return self.problems + [f"{path} {problem}" for path, problem in self._changed()]

    def damaged(self, *, verify: bool) -> Iterator[tuple[str, str]]:
        """Yield the path of each file that is missing or has changed, and what is wrong with it.

        Args:
            verify: Whether to compare checksums, for which every file is read. Otherwise, the sizes are
                compared and, of Parquet files, the numbers of rows in their footers.

        Raises:
            MissingExtraError: pyarrow is not installed, the format is `parquet`, and `verify` is False.
        """
        known = {path: problem for run in self.runs for path, problem in run.damage.items()}
        yield from known.items()
        if verify:
            yield from self._changed()
        elif self.format == "parquet":
            found = itertools.chain.from_iterable(self._scan(table).miscounted() for table in self)
            yield from ((path, problem) for path, problem in found if path not in known)

    def _changed(self, table: str = "") -> Iterator[tuple[str, str]]:
        """Yield the files, of a table or of all, that have another checksum and are not in `run.damage`."""
        for run in self.runs:
            for path, entry in run.files.items():
                if path in run.damage or not path.startswith(f"{run.folder}/{table}"):
                    continue
                try:
                    problem = content_problem(self.storage, path, entry)
                except OSError as error:
                    problem = f"cannot be read: {error.strerror}"
                if problem:
                    yield path, problem

    def require_whole(self) -> None:
        """Read every file, and compare its checksum with the one in the manifest.

        Raises:
            ExportDamagedError: A file is missing or has changed. The error names it.
        """
        self._require_whole(self._changed())

    def copy(self, run: StoredRun, table: str, folder: Path) -> None:
        """Copy the files of a table of a run to a folder of this machine, where they have the same paths.

        Raises:
            ExportDamagedError: A file is missing. The error names it.
        """

        def copy(path: str) -> None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with self.storage.open(path) as file, (folder / path).open("wb") as to:
                shutil.copyfileobj(file, to, COPIED_AT_ONCE_BYTES)

        with ThreadPoolExecutor(COPIES_AT_ONCE) as pool:
            paths = [path for path in run.files if path.startswith(f"{run.folder}/{table}/")]
            try:
                list(pool.map(copy, paths))
            except FileNotFoundError:
                self.require_whole()
                raise

    # --- JSON lines ----------------------------------------------------------------------------------------

    def lines(self, *runs: StoredRun) -> Iterator[dict[str, Any]]:
        """Iterate over the answers of these runs, or of all runs if none is given.

        There is one object per sample: its entry in the answer's `result`, with its own `predictions`.

        Raises:
            ExportError: The format of the export is not `jsonl`.
            ExportDamagedError: A file is missing or damaged.
        """
        if self.format != "jsonl":
            raise ExportError(
                f"only a jsonl export has lines, and this is a {self.format} export. Read its tables, or "
                "export to another folder as jsonl",
                str(self.folder),
            )
        self._require_whole()
        return self._lines(runs or self.runs)

    def _lines(self, runs: Iterable[StoredRun]) -> Iterator[dict[str, Any]]:
        for run in runs:
            for path, entry in run.files.items():
                try:
                    with self.storage.open(path) as file:
                        yield from read_lines(file, entry.rows)
                except (ValueError, OSError) as error:
                    raise self._damaged(path, str(error)) from error

    # --- Tables --------------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        if self.format == "jsonl":
            return iter(())
        from .scanning import TABLES

        return iter(TABLES[self.format])

    def __getitem__(self, table: str) -> ds.Dataset:
        """Return a table of all runs, with its schema in `ei_classify.tables.SCHEMAS`.

        Its rows are read when you scan it. If a run is not complete, the table has the rows so far. In a
        `csv` export, nested columns are text.

        Raises:
            ExportError: The export has no such table.
            ExportDamagedError: A file is missing, or has the wrong size or number of rows.
            MissingExtraError: pyarrow is not installed.
        """
        scan = self._scan(table)
        self._require_whole(scan.miscounted())
        return scan.dataset()

    def by_file(self, table: str) -> list[StoredExport]:
        """Return one export per file of a table, in which this file is the only one."""
        return [
            evolve(self, runs=(evolve(run.with_files((path,)), parts=()),))
            for run in self.runs
            for path in run.files
            if path.startswith(f"{run.folder}/{table}/")
        ]

    def to_duckdb(self) -> duckdb.DuckDBPyConnection:
        """Return a connection to a DuckDB database in memory, which has each table as a view.

        Raises:
            ExportError: The export has no tables.
            ExportDamagedError: A file is missing, or has the wrong size or number of rows.
            MissingExtraError: DuckDB or pyarrow is not installed.
        """
        try:
            import duckdb
        except ImportError as error:
            raise MissingExtraError("duckdb") from error
        tables = {name: self[name] for name in self._names()}
        connection = duckdb.connect()
        for name, dataset in tables.items():
            connection.register(name, dataset)
        return connection

    def to_polars(self) -> dict[str, pl.LazyFrame]:
        """Return the tables as Polars lazy frames, by name.

        Raises:
            ExportError: The export has no tables.
            ExportDamagedError: A file is missing, or has the wrong size or number of rows.
            MissingExtraError: Polars or pyarrow is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError("polars") from error
        return {name: pl.scan_pyarrow_dataset(self[name]) for name in self._names()}

    def to_pandas(self, *tables: str) -> dict[str, pd.DataFrame]:
        """Read the tables with these names into memory, and return them as pandas data frames by name.

        Without names, all tables are read.

        Raises:
            ExportError: The export has no such table.
            ExportDamagedError: A file is missing, has the wrong size or number of rows, or cannot be read.
            MissingExtraError: pandas or pyarrow is not installed.
        """
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("pandas") from error
        names = tables or tuple(self._names())
        from ei_classify.tables.frames import to_frame

        return {name: to_frame(self.read(name)) for name in names}

    def read(self, table: str) -> pa.Table:
        """Read a table into memory.

        Raises:
            ExportError: The export has no such table.
            ExportDamagedError: A file is missing, has the wrong size or number of rows, or cannot be read.
            MissingExtraError: pyarrow is not installed.
        """
        dataset = self[table]
        try:
            return dataset.to_table()
        except Exception:
            self._require_whole(self._changed(f"{table}/"))  # raises an error that names the file
            raise

    def _names(self) -> list[str]:
        names = list(self)
        if not names:
            raise ExportError(
                "a jsonl export has no tables. Read its answers with `lines()`, or export to another folder "
                "as parquet",
                str(self.folder),
            )
        return names

    def _scan(self, table: str) -> Scan:
        names = self._names()
        if table not in names:
            advice = ". For the others, export to another folder as parquet" if self.format == "csv" else ""
            raise ExportError(
                f"there is no table {table!r}; a {self.format} export has {', '.join(names)}{advice}",
                str(self.folder),
            )
        from .scanning import Scan

        return Scan(table, self.storage, self.format, self.runs)

    # --- Errors --------------------------------------------------------------------------------------------

    def _require_whole(self, damaged: Iterable[tuple[str, str]] = ()) -> None:
        """Raise an error for the first damaged file, from the known damage and then from `damaged`."""
        known = (each for run in self.runs for each in run.damage.items())
        for path, problem in itertools.chain(known, damaged):
            raise self._damaged(path, problem)

    def _damaged(self, path: str, problem: str) -> ExportDamagedError:
        return ExportDamagedError(
            f"{path} {problem}. If this folder is a copy, copy it again. Otherwise, export again with "
            "--restart",
            str(self.folder),
        )
