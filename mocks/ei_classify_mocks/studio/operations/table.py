"""The one table of the operations that the double carries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ei_classify_mocks.studio.plans import JobPlan, PageSlice

from .jobs import active_jobs, cancel_job, finished_jobs, job_log, job_status
from .page import page
from .projects import issue_socket_token, model_variants, projects
from .samples import one_variant, variants
from .testing import metrics, start_classify_job, whole_result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .call import Call


@dataclass(frozen=True)
class Handler:
    """What carries out an operation.

    Attributes:
        answer: Returns the encoded body of a successful answer, or raises a `FailureError`.
        short: A short name, by which a fault's option `on` can name the operation.
        spoils: The types of the values that it lets faults change, by `Call.spoil`.
    """

    answer: Callable[[Call], bytes]
    short: str | None = None
    spoils: tuple[type, ...] = ()


HANDLERS: Mapping[str, Handler] = {
    "getClassifyJobResultPage": Handler(page, "page", spoils=(PageSlice,)),
    "classifySampleForVariants": Handler(variants, "variants", spoils=(JobPlan,)),
    "classifySampleV2": Handler(one_variant, spoils=(JobPlan,)),
    "getJobStatus": Handler(job_status, "job"),
    "startClassifyJob": Handler(start_classify_job, "start", spoils=(JobPlan,)),
    "getJobsLogs": Handler(job_log),
    "cancelJob": Handler(cancel_job),
    "listActiveJobs": Handler(active_jobs),
    "listFinishedJobs": Handler(finished_jobs),
    "getClassifyJobResult": Handler(whole_result),
    "getClassifyMetricsAllVariants": Handler(metrics),
    "getModelVariants": Handler(model_variants),
    "listProjects": Handler(projects),
    "getSocketToken": Handler(issue_socket_token),
}
"""The handlers, by operationId. Other operations answer with their documented example."""
