"""Writes all results of a classify job to a folder, as Parquet, CSV or JSON lines.

The layout is that of Hive partitions: `project_id=…/impulse_id=…/variant=…/TABLE/part-….parquet`. Files are
written atomically, and `manifest.json` lists the valid ones. After an interruption of any kind, the same call
continues the export.
"""

from ei_classify.dataset import FORMATS, Format

from .exporting import Exported, export
from .run import Progress

__all__ = ["FORMATS", "Exported", "Format", "Progress", "export"]
