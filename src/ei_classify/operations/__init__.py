"""The operations of the clients: one module per verb of the API, with sync and async side by side."""

from .arguments import check_text
from .filters import PageFilters, VariantOptions, encode_filters
from .jobs import AsyncJobs, Jobs
from .keywords import list_keywords
from .pending import AsyncPendingClassification, PendingClassification
from .results import DEFAULT_CONCURRENCY, DEFAULT_PAGE_SIZE, AsyncResults, Results, outcomes_of
from .samples import DEFAULT_JOB_TIMEOUT_S, AsyncSamples, Samples
from .testing import AsyncClassifyRun, AsyncTesting, ClassifyRun, Testing

__all__ = [
    "DEFAULT_CONCURRENCY",
    "DEFAULT_JOB_TIMEOUT_S",
    "DEFAULT_PAGE_SIZE",
    "AsyncClassifyRun",
    "AsyncJobs",
    "AsyncPendingClassification",
    "AsyncResults",
    "AsyncSamples",
    "AsyncTesting",
    "ClassifyRun",
    "Jobs",
    "PageFilters",
    "PendingClassification",
    "Results",
    "Samples",
    "Testing",
    "VariantOptions",
    "check_text",
    "encode_filters",
    "list_keywords",
    "outcomes_of",
]
