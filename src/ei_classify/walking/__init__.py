"""Paging: which page comes next, whether it fits the pages before it, and drivers that fetch pages ahead."""

from .iterators import AsyncResultIterator, ResultIterator
from .seen_ids import SeenIds
from .tasks import pages_in_tasks
from .threads import ThreadedPages
from .walk import Page, PageRequest, Walk, Watch

__all__ = [
    "AsyncResultIterator",
    "Page",
    "PageRequest",
    "ResultIterator",
    "SeenIds",
    "ThreadedPages",
    "Walk",
    "Watch",
    "pages_in_tasks",
]
