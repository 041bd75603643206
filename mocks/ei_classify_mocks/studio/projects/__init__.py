"""The projects of a double: what it asks of a project, and those that it holds from the start."""

from .facts import Facts, Filter
from .project import VARIANTS, Project
from .stored import STORED, StoredProject, stored_projects

__all__ = ["STORED", "VARIANTS", "Facts", "Filter", "Project", "StoredProject", "stored_projects"]
