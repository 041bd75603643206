"""Work on many projects at once, on a Dask cluster. This package needs the extra `cluster`."""

from .scheduler import connected

__all__ = ["connected"]
