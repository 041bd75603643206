"""What can be scored: exports and tables, as one source per run."""

from __future__ import annotations

import functools
import shutil
import tempfile
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ei_classify.dataset import Storage, open_export
from ei_classify.dataset.stored import StoredExport
from ei_classify.errors import InvalidArgumentError, ScoringError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias

    from ei_classify.dataset.runs import StoredPart, StoredRun
    from ei_classify.tables import Tables

    Source: TypeAlias = str | os.PathLike[str] | Storage | StoredExport | Tables
    Sources: TypeAlias = Source | Iterable[Source]


TABLES = ("samples", "predictions", "windows", "scores", "detections", "anomalies", "runs")
"""The tables of a run."""


@frozen(kw_only=True, eq=False)
class RunSource:
    """The tables of one run, and what is known of the run as a whole."""

    project_id: int
    impulse_id: int | None
    variant: str | None
    origin: str | None = None
    """The folder of the export; None for tables in memory."""
    problem: str | None = None
    """Why the run is not complete; None if it is."""
    stored: StoredExport | None = field(default=None, repr=False)
    """The export; None for tables in memory."""
    run: StoredRun | None = field(default=None, repr=False)
    """The run in it; None for tables in memory."""
    views: Mapping[str, tuple[str, Mapping[str, Any]]] = field(repr=False)
    """By table: the SQL of its rows, and the Arrow tables that this SQL names."""

    def partitions(self) -> list[RunSource]:
        """Return the parts of the run, each with whole samples. A run without parts is one itself.

        Raises:
            ScoringError: The tables are in memory.
        """
        if self.stored is None or self.run is None:
            raise ScoringError("tables in memory cannot be split. Export the results, and pass the export")
        if not self.run.parts:
            return [_limited(self.stored, self.run, [])]
        return [_limited(self.stored, self.run, [part]) for part in self.run.parts]

    def near(self, other: RunSource) -> RunSource:
        """Return the run without the parts that have no sample of another run."""
        if self.stored is None or self.run is None or other.run is None:
            return self
        theirs = other.run.parts
        shared = [part for part in self.run.parts if any(part.may_share(each) for each in theirs)]
        return self if len(shared) == len(self.run.parts) else _limited(self.stored, self.run, shared)

    def require_sizes(self) -> None:
        """Look at the size of each file.

        Raises:
            ExportDamagedError: A file is missing, or has another size. The error names it.
        """
        if self.stored is not None and any(run.damage for run in self.stored.runs):
            self.stored.require_whole()

    def check(self) -> None:
        """Read every file to its end.

        Raises:
            ExportDamagedError: A file is missing or damaged. The error names it.
        """
        if self.stored is not None:
            self.stored.require_whole()

    def relations(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Yield the name of each table, the SQL of its rows, and the Arrow tables that this SQL names."""
        return ((name, sql, objects) for name, (sql, objects) in self.views.items())

    @property
    def name(self) -> str:
        """The run in words, for messages."""
        impulse = "the default impulse" if self.impulse_id is None else f"impulse {self.impulse_id}"
        variant = "the server's variant" if self.variant is None else self.variant
        where = f" in {self.origin}" if self.origin else ""
        return f"project {self.project_id}, {impulse}, {variant}{where}"


def runs_of(source: Sources) -> list[RunSource]:
    """Return the runs of a source, in the order in which they were read.

    Raises:
        ScoringError: The source has no runs, or is not of a kind that has tables.
        ExportError: A folder is not an export, or is damaged.
        MissingExtraError: pyarrow is not installed.
    """
    runs = [run for each in _each(source) for run in _runs(each)]
    if not runs:
        raise ScoringError("there are no results in it, so there is nothing to score")
    return runs


def _each(source: Sources) -> Iterator[Any]:
    if (
        isinstance(source, (str, Storage, StoredExport))
        or hasattr(source, "__fspath__")
        or hasattr(source, "samples")
    ):
        yield source
    else:
        yield from source


def _runs(source: Any) -> list[RunSource]:
    if isinstance(source, StoredExport):
        return _of_export(source)
    if isinstance(source, (str, Storage)) or hasattr(source, "__fspath__"):
        return _of_export(_opened(source))
    from ei_classify.tables import Tables

    if isinstance(source, Tables):
        return _of_tables(source)
    raise InvalidArgumentError(
        f"must be a folder, a StoredExport, Tables, or several of these, not {type(source).__name__}",
        name="source",
    )


# --- Exports -----------------------------------------------------------------------------------------------


def _opened(folder: Any) -> StoredExport:
    try:
        return open_export(folder)
    except InvalidArgumentError as error:
        raise InvalidArgumentError(error.problem, name="source", advice=error.advice) from error


def _of_export(export: StoredExport) -> list[RunSource]:
    if export.format != "parquet":
        raise ScoringError(
            f"the export in {export.folder} is {export.format}, which lacks tables that scores need. "
            "Export to another folder as parquet"
        )
    return [_of_run(export, run) for run in export.runs]


def _of_run(export: StoredExport, run: StoredRun) -> RunSource:
    return RunSource(
        project_id=run.project_id,
        impulse_id=run.impulse_id,
        variant=run.variant,
        origin=str(export.folder),
        problem=None if run.complete else "; ".join(run.problems),
        views=_views(export, run),
        stored=export,
        run=run,
    )


def _limited(export: StoredExport, run: StoredRun, parts: Sequence[StoredPart]) -> RunSource:
    """Return these parts of a run, with nothing of the others, as it is sent to workers."""
    limited = run.limited_to(parts)
    return _of_run(evolve(export, runs=(limited,)), limited)


def _views(export: StoredExport, run: StoredRun) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
    if isinstance(export.folder, Path):
        return {name: _stored_view(export.folder, run, name) for name in TABLES}
    return _CopiedViews(export, run)


def _stored_view(folder: Path, run: StoredRun, table: str) -> tuple[str, Mapping[str, Any]]:
    """Return the view of a table of a run in a folder of this machine."""
    paths = [str(folder / path) for path in run.files if path.startswith(f"{run.folder}/{table}/")]
    if paths:
        return f"SELECT * FROM read_parquet([{', '.join(map(_pattern, paths))}], union_by_name = true)", {}
    from ei_classify.tables import SCHEMAS

    empty = f"empty_{table}"
    return f"SELECT * FROM {empty}", {empty: SCHEMAS[table].empty_table()}


class _CopiedViews(Mapping[str, tuple[str, Mapping[str, Any]]]):
    """The views of a run on an object store, from copies that are removed with this object.

    A table is copied when it is first needed, and once: the queries read each many times and, to read it
    where it is, DuckDB would have to download an extension.
    """

    def __init__(self, export: StoredExport, run: StoredRun) -> None:
        self._export = export
        self._run = run
        self._copied: set[str] = set()

    @functools.cached_property
    def _folder(self) -> Path:
        folder = tempfile.mkdtemp(prefix="ei-classify-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return Path(folder)

    def __getitem__(self, table: str) -> tuple[str, Mapping[str, Any]]:
        if table not in TABLES:
            raise KeyError(table)
        if table not in self._copied:
            self._export.copy(self._run, table, self._folder)
            self._copied.add(table)
        return _stored_view(self._folder, self._run, table)

    def __iter__(self) -> Iterator[str]:
        return iter(TABLES)

    def __len__(self) -> int:
        return len(TABLES)


def _pattern(path: str) -> str:
    """Return a path as an SQL text, in which DuckDB finds no wildcard."""
    return literal("".join(f"[{each}]" if each in "*?[" else each for each in path))


# --- Tables ------------------------------------------------------------------------------------------------


def _of_tables(tables: Tables) -> list[RunSource]:
    keys: dict[tuple[int, int | None, str | None], None] = {}
    for name in ("runs", "samples", "predictions"):
        rows = tables[name].select(["project_id", "impulse_id", "variant"]).unify_dictionaries()
        for each in rows.group_by(rows.column_names).aggregate([]).to_pylist():
            keys[each["project_id"], each["impulse_id"], each["variant"]] = None
    return [_of_memory(tables, *key) for key in keys]


def _of_memory(tables: Tables, project_id: int, impulse_id: int | None, variant: str | None) -> RunSource:
    chosen = (
        f"project_id = {project_id:d} "
        f"AND impulse_id IS NOT DISTINCT FROM {'NULL' if impulse_id is None else format(impulse_id, 'd')} "
        f"AND variant IS NOT DISTINCT FROM {'NULL' if variant is None else literal(variant)}"
    )
    return RunSource(
        project_id=project_id,
        impulse_id=impulse_id,
        variant=variant,
        views={
            name: (f"SELECT * FROM all_{name} WHERE {chosen}", {f"all_{name}": tables[name]})
            for name in tables
        },
    )


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
