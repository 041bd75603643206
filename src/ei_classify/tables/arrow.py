"""Imports pyarrow for the modules of this package, or raises an error that names the extra."""

from __future__ import annotations

from ei_classify.errors import MissingExtraError

try:
    import pyarrow as pa
    import pyarrow.compute as pc
except ImportError as error:
    raise MissingExtraError("pyarrow", "tables") from error

__all__ = ["pa", "pc"]
