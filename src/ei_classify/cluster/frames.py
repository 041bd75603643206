"""`tables`: the tables of an export as Dask data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from ei_classify.dataset import open_export
from ei_classify.dataset.stored import StoredExport
from ei_classify.errors import ExportError, MissingExtraError
from ei_classify.tables.frames import to_arrow_frame

try:
    import dask.dataframe as dd
except ImportError as error:
    raise MissingExtraError("dask", "cluster") from error

if TYPE_CHECKING:
    import os

    import pandas as pd

    from ei_classify.dataset import Storage


def tables(source: str | os.PathLike[str] | Storage | StoredExport) -> dict[str, dd.DataFrame]:
    """Return the tables of an export as Dask data frames, by name. Each file is a partition.

    The rows are read, and the files checked, where Dask computes. Columns have Arrow's types, and those of
    labels are text.

    Args:
        source: The folder or URL of an export, or a `StoredExport`. The workers must see the same folder, or
            have credentials for the same store.

    Raises:
        ExportError: The folder is not an export, or has no tables.
        MissingExtraError: A package of the extra `cluster` or `tables` is not installed.
    """
    export = source if isinstance(source, StoredExport) else open_export(source)
    names = list(export)
    if not names:
        raise ExportError(
            "a jsonl export has no tables. Export to another folder as parquet", str(export.folder)
        )
    return {name: _table(export, name) for name in names}


def _table(export: StoredExport, name: str) -> dd.DataFrame:
    empty = evolve(export, runs=())
    parts = export.by_file(name) or [empty]
    frame: dd.DataFrame = dd.from_map(read, parts, table=name, meta=read(empty, name), label=f"read-{name}")
    return frame


def read(export: StoredExport, table: str) -> pd.DataFrame:
    """Return a table of an export as a data frame."""
    return to_arrow_frame(export.read(table))
