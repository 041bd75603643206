"""Projects of any size, each sample computed from its index: for load tests."""

from .project import ScaleProject
from .written import scale_project

__all__ = ["ScaleProject", "scale_project"]
