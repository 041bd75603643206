"""Model-testing results as Arrow tables with fixed schemas, so that those of different runs stack.

Needs the extra `tables` (pyarrow). Which columns there are and where each comes from is in docs/tables.md;
the schemas themselves are `SCHEMAS`.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from attrs import fields, frozen

from ei_classify.errors import MissingExtraError

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError("pyarrow", "tables") from error

from ei_classify.decoding import PageReader, convert_sample

from .building import Run, RunBuilder
from .schemas import SCHEMAS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    import polars as pl
    from ei_classify_api.models import ClassifiedSample

    from ei_classify.decoding import PageAnswer

__all__ = ["SCHEMAS", "VERSION", "Collector", "Run", "RunBuilder", "Tables", "of_page", "of_sample"]


@frozen(eq=False)
class Tables:
    """The tables of one run or of several. Each begins with the columns that name the run.

    `project_id`, `impulse_id` and `variant` name it, and join the tables together with `sample_id`,
    `learn_block_id` and `window`. Null means absent.
    """

    samples: pa.Table
    """One row a sample."""
    predictions: pa.Table
    """One row an entry of the page's `predictions`: a window, or an image."""
    windows: pa.Table
    """One row a window of a learn block: what was expected, and how good its detections are."""
    scores: pa.Table
    """One row a label of a window of a learn block, with its score and the label that was expected."""
    detections: pa.Table
    """One row a box, expected or predicted, in ratios of the image."""
    anomalies: pa.Table
    """One row a window of a visual anomaly block: mean, maximum, grid and boxes."""
    runs: pa.Table
    """One row a run: when it was read, how many samples it has, its learn blocks and thresholds."""

    @classmethod
    def from_batches(cls, batches: Mapping[str, Iterable[pa.RecordBatch]]) -> Self:
        """Tables out of the record batches of each."""
        return cls(**{name: pa.Table.from_batches(list(batches[name]), SCHEMAS[name]) for name in SCHEMAS})

    @classmethod
    def concat(cls, parts: Iterable[Tables]) -> Self:
        """The tables of several runs, one below the other."""
        collected = list(parts)
        return cls(**{name: pa.concat_tables([part[name] for part in collected]) for name in SCHEMAS})

    def __getitem__(self, name: str) -> pa.Table:
        """The table of that name."""
        if name not in SCHEMAS:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(SCHEMAS)}")
        table: pa.Table = getattr(self, name)
        return table

    def __iter__(self) -> Iterator[str]:
        """The names of the tables."""
        return iter([each.name for each in fields(type(self))])

    def __repr__(self) -> str:
        rows = ", ".join(f"{name}: {self[name].num_rows}" for name in self)
        return f"<{type(self).__name__}: rows of {rows}>"

    def to_polars(self) -> dict[str, pl.DataFrame]:
        """The tables as Polars data frames, by name.

        Raises:
            MissingExtraError: Polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError("polars") from error
        return {name: pl.DataFrame(self[name]) for name in self}

    def to_pandas(self) -> dict[str, pd.DataFrame]:
        """The tables as pandas data frames, by name.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("pandas") from error
        return {name: self[name].to_pandas() for name in self}


class Collector:
    """Makes the tables of one run out of its pages, as they come."""

    def __init__(self, run: Run, reader: PageReader | None = None) -> None:
        self._reader = reader or PageReader()
        self._builder = RunBuilder(run)
        self._batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in SCHEMAS}

    @classmethod
    def for_call(cls, project_id: int, filters: Mapping[str, Any]) -> Self:
        """A collector for the pages that this call will bring."""
        return cls(Run.for_call(project_id, filters))

    def read(self, _offset: int, content: bytes) -> PageAnswer:
        """The page in a body, for `ClassifyClient.read_pages`."""
        return self._reader.read(content)

    def add(self, page: PageAnswer) -> None:
        """Take in the next page.

        Raises:
            UnfitValueError: A value is too large for its column.
        """
        for name, found in self._builder.page(page).items():
            self._batches[name] += found

    def tables(self) -> Tables:
        """The tables of what was taken in."""
        return Tables.from_batches({**self._batches, "runs": [self._builder.runs()]})


def of_page(content: bytes, run: Run, reader: PageReader | None = None) -> Tables:
    """The tables of a single page, from its JSON.

    Args:
        content: The body of the page.
        run: The run that it belongs to.
        reader: Reads the page. Pass the same one for several pages of a project: it becomes faster.

    Raises:
        MismatchError: The JSON is not a page (from `ei_classify_api.errors`). Says where and why.
        msgspec.DecodeError: It is not JSON.
        UnfitValueError: A value is too large for its column.
    """
    collector = Collector(run, reader)
    collector.add(collector.read(0, content))
    return collector.tables()


def of_sample(
    answer: ClassifiedSample,
    *,
    project_id: int,
    impulse_id: int | None = None,
    read_at: datetime.datetime | None = None,
) -> Tables:
    """The tables of one sample, with a run for each variant, out of what `classify_sample` returns.

    The answer has no predictions, so that table is empty.

    Raises:
        UnfitValueError: A value is too large for its column.
    """
    when = read_at or datetime.datetime.now(datetime.UTC)
    converted: Any = convert_sample(answer)
    batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in SCHEMAS}
    for variant in converted.results:
        builder = RunBuilder(
            Run(project_id=project_id, impulse_id=impulse_id, variant=variant.variant, read_at=when)
        )
        for name, found in builder.sample(converted, variant).items():
            batches[name] += found
        batches["runs"].append(builder.runs())
    return Tables.from_batches(batches)
