"""The formats of an export."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from .json_lines import JsonLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.dataset import Format, RunEntry

    from .gathering import Gatherer


def gatherer(
    format: Format,  # noqa: A002  # the word of the command line
    *,
    raw_csv: bool,
) -> Callable[[RunEntry], Gatherer[Any]]:
    """Return a function that creates the gatherer of a run.

    Args:
        format: The format.
        raw_csv: Whether texts that look like formulas are written to CSV as they are.

    Raises:
        MissingExtraError: The format needs pyarrow, which is not installed.
    """
    if format == "jsonl":
        return JsonLines
    from .tabular import Csv, Parquet

    return functools.partial(Csv, raw=raw_csv) if format == "csv" else Parquet
