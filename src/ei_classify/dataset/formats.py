"""The formats of a dataset."""

from __future__ import annotations

from typing import Literal, get_args

Format = Literal["parquet", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)
FLAT = ("predictions", "scores")
"""The tables that a CSV export has. A Parquet export has all tables, and a JSON lines export has none."""
