"""The tables of an export as Arrow datasets, from the files that its manifest lists.

This module needs the extra `tables` (pyarrow).
"""

from __future__ import annotations

import functools
import operator
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ei_classify.tables import SCHEMAS  # raises a clear error without pyarrow

import pyarrow as pa  # isort: skip
import pyarrow.csv
import pyarrow.dataset as ds
import pyarrow.fs

from ei_classify.tables.schemas import RUN_KEY

from .arrow_files import StoredFiles
from .formats import FLAT
from .storage.local import LocalStorage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .formats import Format
    from .runs import StoredRun
    from .storage import Storage

FOOTERS_AT_ONCE = 16
"""How many footers are asked of an object store at a time."""
_CSV_BLOCK_BYTES = 1 << 24
"""The size of the blocks in which Arrow reads CSV. A row must fit into a block, and a large grid is long."""

TABLES: dict[Format, tuple[str, ...]] = {"parquet": tuple(SCHEMAS), "csv": FLAT, "jsonl": ()}
"""The tables of an export, by format."""


class Scan:
    """One table of an export."""

    def __init__(self, table: str, storage: Storage, format: Format, runs: Sequence[StoredRun]) -> None:  # noqa: A002
        self._format = _csv() if format == "csv" else ds.ParquetFileFormat()
        self._schema = SCHEMAS[table] if format == "parquet" else _flat(SCHEMAS[table])
        sizes = {path: entry.bytes for run in runs for path, entry in run.files.items()}
        self._files, root = _file_system(storage, sizes)
        self._fragments: dict[str, ds.Fragment] = {}
        self._rows: dict[str, int] = {}
        for run in runs:
            for path, entry in run.files.items():
                if path.startswith(f"{run.folder}/{table}/"):
                    self._fragments[path] = self._format.make_fragment(root + path, self._files, _key(run))
                    self._rows[path] = entry.rows

    def dataset(self) -> ds.FileSystemDataset:
        """Return the table as a dataset. Its rows are read when it is scanned."""
        fragments = list(self._fragments.values())
        return ds.FileSystemDataset(fragments, self._schema, self._format, self._files)

    def miscounted(self) -> Iterator[tuple[str, str]]:
        """Yield the path of each file that has the wrong number of rows, and what is wrong with it.

        Only the footers of Parquet files are read.
        """
        if isinstance(self._files, pyarrow.fs.LocalFileSystem):
            yield from filter(None, map(self._miscount, self._fragments))
        else:
            with ThreadPoolExecutor(FOOTERS_AT_ONCE) as pool:
                yield from filter(None, pool.map(self._miscount, self._fragments))

    def _miscount(self, path: str) -> tuple[str, str] | None:
        try:
            found = self._fragments[path].count_rows()
        except (pa.ArrowException, OSError) as error:
            return path, f"cannot be read: {error}"
        rows = self._rows[path]
        return None if found == rows else (path, f"has {found} rows instead of {rows}")


def _file_system(storage: Storage, sizes: Mapping[str, int]) -> tuple[pyarrow.fs.FileSystem, str]:
    """Return the file system of a storage, and what its paths begin with there."""
    if isinstance(storage, LocalStorage):
        return pyarrow.fs.LocalFileSystem(), f"{storage.folder}{os.sep}"
    return pyarrow.fs.PyFileSystem(StoredFiles(storage, sizes)), ""


def _key(run: StoredRun) -> ds.Expression:
    """Return the condition that all rows of a run meet, so that a filter can rule out files unread.

    If the condition said that a column is null, the dictionary of that column would contain null, which
    pandas and `unify_dictionaries` reject.
    """
    key = {name: getattr(run, name) for name in RUN_KEY}
    return functools.reduce(
        operator.and_, [ds.field(name) == value for name, value in key.items() if value is not None]
    )


def _flat(schema: pa.Schema) -> pa.Schema:
    """Return the schema of a table in CSV, where nested columns are text."""
    for index, field in enumerate(schema):
        if pa.types.is_nested(field.type):
            schema = schema.set(index, field.with_type(pa.string()))
    return schema


def _csv() -> ds.CsvFileFormat:
    """Return the CSV format of exports, in which an absent value is an empty cell, and empty text is `""`."""
    return ds.CsvFileFormat(
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
        read_options=pyarrow.csv.ReadOptions(block_size=_CSV_BLOCK_BYTES),
    )
