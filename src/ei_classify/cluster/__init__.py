"""Work on many projects at once, on a Dask cluster. This package needs the extra `cluster`."""

from .driving import ClusterProgress
from .exporting import DEFAULT_CALLS, ClusterExported, export
from .projects import ProjectRun, read_projects
from .scheduler import connected

__all__ = [
    "DEFAULT_CALLS",
    "ClusterExported",
    "ClusterProgress",
    "ProjectRun",
    "connected",
    "export",
    "read_projects",
]
