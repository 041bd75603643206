"""Model-testing results as Arrow tables with fixed schemas, so tables of different runs can be concatenated.

This package needs the extra `tables` (pyarrow). docs/tables.md describes each column and says where it comes
from. The schemas themselves are in `SCHEMAS`.
"""

from .batches import Step, page_step, run_batch
from .collecting import Collector, of_page, of_sample
from .runs import Run, RunFacts
from .schemas import SCHEMAS, VERSION
from .tables import Tables

__all__ = [
    "SCHEMAS",
    "VERSION",
    "Collector",
    "Run",
    "RunFacts",
    "Step",
    "Tables",
    "of_page",
    "of_sample",
    "page_step",
    "run_batch",
]
