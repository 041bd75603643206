"""The formats of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .json_lines import JsonLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.dataset import Format, RunEntry

    from .gathering import Gatherer


def gatherer(format: Format) -> Callable[[RunEntry], Gatherer[Any]]:  # noqa: A002  # the word of the command line
    """Return a function that creates the gatherer of a run.

    Raises:
        MissingExtraError: The format needs pyarrow, which is not installed.
    """
    if format == "jsonl":
        return JsonLines
    from .tabular import Csv, Parquet

    return Csv if format == "csv" else Parquet
