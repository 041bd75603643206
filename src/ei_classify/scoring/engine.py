"""Runs the queries in `sql/` on the tables of one run, with DuckDB.

A query is a file of its own, and its parameters are written `$name`. It sees the tables of `docs/tables.md`
as views that have the rows of one run only.
"""

from __future__ import annotations

import functools
import importlib.resources
import tempfile
from typing import TYPE_CHECKING, Any, Self

from ei_classify.errors import InvalidArgumentError, MissingExtraError

try:
    import duckdb
    import numpy as np
except ImportError as error:
    raise MissingExtraError((error.name or "duckdb").partition(".")[0], "scoring") from error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from .results import Subset
    from .sources import RunSource

MEMORY_LIMIT = "900MB"
"""What DuckDB may hold in memory. What does not fit goes to a temporary folder."""


@functools.cache
def query(name: str) -> str:
    """Return the text of a query, by the name of its file without `.sql`."""
    return importlib.resources.files(__package__).joinpath("sql", f"{name}.sql").read_text("utf-8")


class Engine:
    """A database in memory, with the tables of one run."""

    def __init__(self, run: RunSource, *, threads: int | None = None) -> None:
        """Open the database.

        Args:
            run: The run.
            threads: How many threads it uses; None for one per CPU.
        """
        self.run = run
        self.scope: object = None
        """What the tables in the database are about, as whoever made them says; None after `choose`."""
        self._chosen: tuple[Subset | None] | None = None
        self._made = set[str]()
        self._spill = tempfile.TemporaryDirectory(prefix="ei-classify-", ignore_cleanup_errors=True)
        self._connection = duckdb.connect(
            config={
                "temp_directory": self._spill.name,
                "memory_limit": MEMORY_LIMIT,
                "preserve_insertion_order": False,
                **({} if threads is None else {"threads": threads}),
            }
        )
        try:
            self._connection.execute(query("exact_sums"))
            run.require_sizes()
            for name, relation, objects in run.relations():
                for each, table in objects.items():
                    self._connection.register(each, table)
                self._connection.execute(f"CREATE TEMP VIEW {name} AS {relation}")
        except BaseException as error:
            self.__exit__()
            if isinstance(error, duckdb.Error):
                run.check()  # raises an error that names the file, if one is damaged
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._spill.cleanup()

    def do(self, name: str, **parameters: object) -> None:
        """Run a query for what it creates."""
        self._execute(name, parameters)

    def once(self, name: str) -> None:
        """Run a query for the table that it creates, unless it has run since `choose`."""
        if name not in self._made:
            self.do(name)
            self._made.add(name)

    def choose(self, subset: Subset | None = None) -> None:
        """Create the table `scope`: the samples of a subset, or all.

        Raises:
            InvalidArgumentError: There is no such column.
        """
        self.scope = None
        self._made.clear()
        if self._chosen == (subset,):
            return
        self.do("scope")
        self._chosen = (subset,)
        if subset is not None:
            self.split(subset.by)
            self.do("narrow", subset=subset.value)

    def columns(self, name: str, **parameters: object) -> dict[str, NDArray[Any]]:
        """Run a query, and return its columns. None stands for a null in a column of text.

        In a column of numbers, null is NaN.
        """
        found = self._execute(name, parameters).fetchnumpy()
        return {each: _plain(values) for each, values in found.items()}

    def rows(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a query, and return its rows as dicts."""
        result = self._execute(name, parameters)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def let(self, **variables: object) -> None:
        """Give values to variables, which views read with `getvariable`."""
        for name, value in variables.items():
            self._connection.execute(f"SET VARIABLE {name} = $value", {"value": value})

    def offer(self, name: str, columns: Mapping[str, NDArray[Any]]) -> None:
        """Make columns a table that queries can name."""
        self._connection.execute(f"DROP TABLE IF EXISTS {name}")
        self._connection.register("offered", dict(columns))
        self._connection.execute(f"CREATE TEMP TABLE {name} AS FROM offered")
        self._connection.unregister("offered")

    def split(self, by: str) -> None:
        """Create the view `subsets`: the value of each sample in a column, or under a key of its metadata.

        Raises:
            InvalidArgumentError: There is no such column.
        """
        key = by.removeprefix("metadata.")
        if key != by:
            self.let(metadata_key=key)
            value = "metadata[getvariable('metadata_key')]"
        else:
            known = [row[0] for row in self._connection.execute("DESCRIBE samples").fetchall()]
            if by not in known:
                problem = f"must be a column of samples or metadata.KEY, not {by!r}"
                raise InvalidArgumentError(f"{problem}. The columns are {', '.join(known)}", name="by")
            value = f'"{by}"::VARCHAR'
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW subsets AS SELECT sample_id, {value} AS subset FROM samples"
        )

    def attach(self, table: str, runs: Iterable[RunSource]) -> None:
        """Create a view of the rows that a table has in other runs, named `other_` and the table."""
        parts = []
        for place, run in enumerate(runs):
            sql, objects = run.views[table]
            for each, rows in objects.items():
                self._connection.register(f"other_{place}_{each}", rows)
                sql = sql.replace(each, f"other_{place}_{each}")
            parts.append(sql)
        union = " UNION ALL BY NAME ".join(f"({each})" for each in parts)
        self._connection.execute(f"CREATE TEMP VIEW other_{table} AS {union}")

    def _execute(self, name: str, parameters: Mapping[str, object]) -> Any:
        try:
            return self._connection.execute(query(name), dict(parameters))
        except duckdb.Error:
            self.run.check()  # raises an error that names the file, if one is damaged
            raise


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    if values.dtype.kind in "iuf":
        if not np.ma.is_masked(values):
            return np.asarray(values.data)
        numbers = np.array(values.data, np.float64)
        numbers[np.ma.getmaskarray(values)] = np.nan
        return numbers
    plain = np.array(values.data, object)
    plain[np.ma.getmaskarray(values)] = None
    return plain
