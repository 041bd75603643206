"""Writes all results of a classify job to a folder, as Parquet, CSV or JSON lines.

The layout is `project-…/impulse-…/variant-…/TABLE/part-….parquet`. `manifest.json` lists the valid files, and
readers see no others. After an interruption of any kind, the same call continues the export.
"""

from ei_classify.dataset import FORMATS, Format

from .exporting import Exported, export
from .run import Progress
from .testing import run_testing

__all__ = ["FORMATS", "Exported", "Format", "Progress", "export", "run_testing"]
