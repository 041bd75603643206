"""Tables of a run as Parquet and as CSV."""

from __future__ import annotations

import datetime
import functools
from typing import IO, TYPE_CHECKING, Any, ClassVar

import msgspec

from ei_classify.tables import SCHEMAS, Run, RunBuilder  # raises a clear error without pyarrow

import pyarrow as pa  # isort: skip
import pyarrow.csv
import pyarrow.parquet

from ei_classify.tables.schemas import RUN_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ei_classify.dataset import RunEntry
    from ei_classify.decoding import PageAnswer

    Files = Iterable[tuple[str, int, Callable[[IO[bytes]], object]]]

ROWS_PER_GROUP = 131_072
"""Rows of a Parquet row group: a few hundred kilobytes per column, which readers scan at a time."""
PARTS = tuple(name for name in SCHEMAS if name != "runs")
FLAT = ("predictions", "scores")
"""The tables that are written as CSV."""


class Parquet:
    """All tables, compressed with zstd."""

    extension: ClassVar[str] = "parquet"
    _tables: ClassVar[tuple[str, ...]] = PARTS

    def __init__(self, entry: RunEntry) -> None:
        run = Run(
            project_id=entry.project_id,
            impulse_id=entry.impulse_id,
            variant=entry.variant,
            read_at=datetime.datetime.fromisoformat(entry.started),
            filters=entry.filters,
        )
        self._builder = RunBuilder(
            run,
            sample_count=entry.samples,
            total_count=entry.total,
            learn_blocks=entry.facts.get("learn_blocks", []),
        )
        self._begin()

    def _begin(self) -> None:
        self._batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in self._tables}
        self._rows = 0

    def add(self, page: PageAnswer) -> None:
        """Take in the next page."""
        for name, batches in self._builder.page(page).items():
            if name in self._batches:
                self._batches[name] += batches
                self._rows += sum(batch.num_rows for batch in batches)

    @property
    def rows(self) -> int:
        """How many rows of all tables were taken in since the last part."""
        return self._rows

    def take(self) -> Files:
        """A file for each table, also for one without rows, so that each can be read."""
        gathered = self._batches
        self._begin()
        for name in list(gathered):
            yield self._file(name, gathered.pop(name))

    def finish(self) -> Files:
        """The table of the run itself."""
        yield self._file("runs", [self._builder.runs()])

    @property
    def facts(self) -> dict[str, Any]:
        """The learn blocks so far."""
        return {"learn_blocks": self._builder.learn_blocks}

    def _file(
        self, name: str, batches: list[pa.RecordBatch]
    ) -> tuple[str, int, Callable[[IO[bytes]], object]]:
        table = pa.Table.from_batches(batches, SCHEMAS[name]).drop_columns(list(RUN_KEY))
        return name, table.num_rows, functools.partial(self._write, table.unify_dictionaries())

    @staticmethod
    def _write(table: pa.Table, file: IO[bytes]) -> None:
        pyarrow.parquet.write_table(table, file, compression="zstd", row_group_size=ROWS_PER_GROUP)

    @staticmethod
    def check(path: Path, rows: int) -> None:
        """Make sure of the footer and the number of rows."""
        try:
            found = pyarrow.parquet.read_metadata(path).num_rows
        except pa.ArrowException as error:
            raise ValueError(str(error)) from error
        if found != rows:
            raise ValueError(f"it has {found} rows and not {rows}")


class Csv(Parquet):
    """The flat tables; what is nested in them is written as JSON."""

    extension: ClassVar[str] = "csv"
    _tables: ClassVar[tuple[str, ...]] = FLAT

    def finish(self) -> Files:
        """Nothing more."""
        return ()

    @staticmethod
    def _write(table: pa.Table, file: IO[bytes]) -> None:
        columns = [_flat(column) for column in table.columns]
        pyarrow.csv.write_csv(pa.table(columns, names=table.column_names), file)

    @staticmethod
    def check(path: Path, rows: int) -> None:
        """Make sure that there is a header, and that the last line is whole; labels may hold line ends."""
        with path.open("rb") as file:
            lines = sum(1 for _ in file)
            file.seek(-1, 2)
            if lines <= rows or file.read(1) != b"\n":
                raise ValueError(f"it does not hold {rows} rows")


def _flat(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    if not pa.types.is_nested(column.type):
        return column
    values = column.to_pylist(maps_as_pydicts="strict")
    return pa.array(
        [None if each is None else msgspec.json.encode(each).decode() for each in values], pa.string()
    )
