"""`Tables`: the tables of runs, in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from attrs import fields, frozen

from ei_classify.errors import MissingExtraError
from ei_classify.showing import html_table

from .arrow import pa
from .frames import to_frame
from .schemas import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pandas as pd
    import polars as pl


@frozen(eq=False)
class Tables:
    """The tables of one or more runs.

    Each table begins with the columns that identify the run: `project_id`, `impulse_id` and `variant`. To
    join tables, use these with `sample_id`, `learn_block_id` and `window`. Null stands for an absent value.
    """

    samples: pa.Table
    """One row per sample."""
    predictions: pa.Table
    """One row per entry of the page's `predictions`: a window, or an image."""
    windows: pa.Table
    """One row per window of a learn block: the expected label, and the quality of the detections."""
    scores: pa.Table
    """One row per label of a window of a learn block: the score of the label, and the expected label."""
    detections: pa.Table
    """One row per expected or predicted box, with positions and sizes as ratios of the image."""
    anomalies: pa.Table
    """One row per window of a visual anomaly block: the mean, the maximum, the grid and the boxes."""
    runs: pa.Table
    """One row per run: the time of the reading, the number of samples, the learn blocks and thresholds."""

    @classmethod
    def from_batches(cls, batches: Mapping[str, Iterable[pa.RecordBatch]]) -> Self:
        """Return the tables with these record batches, by the name of the table."""
        return cls(**{name: pa.Table.from_batches(list(batches[name]), SCHEMAS[name]) for name in SCHEMAS})

    @classmethod
    def concat(cls, parts: Iterable[Tables]) -> Self:
        """Return the tables of several runs, one below the other."""
        collected = list(parts)
        return cls(**{name: pa.concat_tables([part[name] for part in collected]) for name in SCHEMAS})

    def __getitem__(self, name: str) -> pa.Table:
        """Return the table of that name.

        Raises:
            KeyError: There is no such table.
        """
        if name not in SCHEMAS:
            raise KeyError(f"there is no table {name!r}; there are {', '.join(SCHEMAS)}")
        table: pa.Table = getattr(self, name)
        return table

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the tables."""
        return iter([each.name for each in fields(type(self))])

    def __repr__(self) -> str:
        rows = ", ".join(f"{name}: {self[name].num_rows}" for name in self)
        return f"<{type(self).__name__}: rows of {rows}>"

    def _repr_html_(self) -> str:
        rows = ((name, str(self[name].num_rows), ", ".join(self[name].column_names)) for name in self)
        return html_table(type(self).__name__, ("table", "rows", "columns"), rows)

    def to_polars(self) -> dict[str, pl.DataFrame]:
        """Return the tables as Polars data frames, by name.

        Raises:
            MissingExtraError: Polars is not installed.
        """
        try:
            import polars as pl
        except ImportError as error:
            raise MissingExtraError("polars") from error
        return {name: pl.DataFrame(self[name]) for name in self}

    def to_pandas(self) -> dict[str, pd.DataFrame]:
        """Return the tables as pandas data frames, by name. Their columns of labels can be compared.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            import pandas  # noqa: F401
        except ImportError as error:
            raise MissingExtraError("pandas") from error
        return {name: to_frame(self[name]) for name in self}
