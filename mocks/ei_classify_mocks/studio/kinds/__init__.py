"""The kinds of projects: what each makes of the outputs of its models.

A new kind is a class in a module of its own, and one line in `table.py`.
"""

from .kind import Block, JsonObject, Kind, Number, Output, Threshold
from .media import Readings, Row
from .table import KINDS

__all__ = ["KINDS", "Block", "JsonObject", "Kind", "Number", "Output", "Readings", "Row", "Threshold"]
