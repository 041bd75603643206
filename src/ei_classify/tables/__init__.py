"""Model-testing results as Arrow tables with fixed schemas, so that those of different runs stack.

Needs the extra `tables` (pyarrow). docs/tables.md says which columns there are and where each comes from; the
schemas themselves are `SCHEMAS`.
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
