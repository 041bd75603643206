"""The tables of a run as Parquet and as CSV."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ClassVar

import msgspec

from ei_classify.dataset import FLAT
from ei_classify.decoding import PageReader
from ei_classify.tables import SCHEMAS, Run, RunFacts, page_step, run_batch  # raises MissingExtraError

import pyarrow as pa  # isort: skip
import pyarrow.csv
import pyarrow.parquet

from .formulas import without_formulas
from .gathering import PartFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ei_classify.dataset import ChecksummedStream, RunEntry
    from ei_classify.decoding import PageAnswer

ROWS_PER_GROUP = 131_072
"""The number of rows per Parquet row group: a few hundred kilobytes per column, a good size for readers."""


class Parquet:
    """Gathers all tables as Parquet, compressed with zstd."""

    extension: ClassVar[str] = "parquet"
    _tables: ClassVar[tuple[str, ...]] = tuple(name for name in SCHEMAS if name != "runs")

    def __init__(self, entry: RunEntry) -> None:
        self._run = Run(
            project_id=entry.project_id,
            impulse_id=entry.impulse_id,
            variant=entry.variant,
            read_at=entry.started,
            filters=entry.filters,
        )
        self._facts = msgspec.convert(entry.facts, RunFacts)
        self._begin()

    def _begin(self) -> None:
        self._batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in self._tables}
        self._rows = 0

    def reader(self) -> Callable[[int, bytes], PageAnswer]:
        """Return what reads the pages of a run."""
        reader = PageReader()
        return lambda _offset, content: reader.read(content)

    def add(self, page: PageAnswer) -> None:
        """Add the next page.

        Raises:
            UnfitValueError: A value is too large for its column.
        """
        step = page_step(page, self._run)
        self._facts = self._facts.merge(step.facts)
        for name, batches in self._batches.items():
            batches += step.batches[name]
            self._rows += sum(batch.num_rows for batch in step.batches[name])

    @property
    def rows(self) -> int:
        """The number of rows of all tables added since the last part."""
        return self._rows

    def take(self) -> Iterable[PartFile]:
        """Return a file per table, including tables without rows, and start to gather the next part."""
        gathered = self._batches
        self._begin()
        for name in list(gathered):
            yield self._file(name, gathered.pop(name))

    def finish(self) -> Iterable[PartFile]:
        """Return the file of the table `runs`."""
        yield self._file("runs", [run_batch(self._run, self._facts)])

    def merge(self, facts: Mapping[str, object]) -> None:
        """Add the facts about the pages that follow."""
        self._facts = self._facts.merge(msgspec.convert(facts, RunFacts))

    @property
    def facts(self) -> dict[str, object]:
        """The facts about the run so far, as JSON values."""
        facts: dict[str, object] = msgspec.to_builtins(self._facts)
        return facts

    def _file(self, name: str, batches: list[pa.RecordBatch]) -> PartFile:
        table = pa.Table.from_batches(batches, SCHEMAS[name])
        return PartFile(name, table.num_rows, functools.partial(self._write, table.unify_dictionaries()))

    def _write(self, table: pa.Table, file: ChecksummedStream) -> None:
        pyarrow.parquet.write_table(table, file, compression="zstd", row_group_size=ROWS_PER_GROUP)


class Csv(Parquet):
    """Gathers the flat tables as CSV. Nested values are written as JSON."""

    extension: ClassVar[str] = "csv"
    _tables: ClassVar[tuple[str, ...]] = FLAT

    def __init__(self, entry: RunEntry, *, raw: bool) -> None:
        """Create a gatherer. `raw` says whether texts that look like formulas are written as they are."""
        super().__init__(entry)
        self._raw = raw

    def finish(self) -> Iterable[PartFile]:
        """Return nothing: the parts contain everything."""
        return ()

    def _write(self, table: pa.Table, file: ChecksummedStream) -> None:
        columns = [self._flat(column) for column in table.columns]
        pyarrow.csv.write_csv(pa.table(columns, names=table.column_names), file)

    def _flat(self, column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
        if pa.types.is_nested(column.type):
            values = column.to_pylist(maps_as_pydicts="strict")
            return pa.array(
                [None if each is None else msgspec.json.encode(each).decode() for each in values], pa.string()
            )
        is_dictionary = pa.types.is_dictionary(column.type)
        if not self._raw and (is_dictionary or pa.types.is_string(column.type)):
            column = without_formulas(column)
        return column.cast(pa.string()) if is_dictionary else column
