"""All results of a classify job on disk: whole, resumable, as Parquet, CSV or JSON lines.

The layout is that of Hive partitions: `project_id=…/impulse_id=…/variant=…/TABLE/part-….parquet`. Parts
appear whole or not at all, and `manifest.json` says which of them count. An export that was stopped, in
whatever way, goes on where it was when it is called again.
"""

from ei_classify.dataset import FORMATS, Format

from .exporting import Exported, export
from .run import Progress

__all__ = ["FORMATS", "Exported", "Format", "Progress", "export"]
