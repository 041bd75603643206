"""What the clients can do: one module per verb of the API, sync beside async."""

from .filters import PageFilters, VariantOptions, encode_filters
from .jobs import AsyncJobs, Jobs
from .pending import AsyncPendingClassification, PendingClassification
from .results import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE, AsyncResults, Results
from .samples import DEFAULT_JOB_TIMEOUT_S, AsyncSamples, Samples

__all__ = [
    "DEFAULT_CONCURRENCY",
    "DEFAULT_JOB_TIMEOUT_S",
    "DEFAULT_PAGE_SIZE",
    "AsyncJobs",
    "AsyncPendingClassification",
    "AsyncResults",
    "AsyncSamples",
    "Jobs",
    "PageFilters",
    "PendingClassification",
    "Results",
    "Samples",
    "VariantOptions",
    "encode_filters",
]
