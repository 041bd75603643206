"""The calls that run model testing: one for each question of its state machines."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen
from ei_classify_api.api.classify import (
    get_classify_job_result,
    get_classify_job_result_page,
    get_classify_metrics_all_variants,
)
from ei_classify_api.api.jobs import (
    cancel_job,
    get_job_status,
    get_jobs_logs,
    list_active_jobs,
    list_finished_jobs,
    start_classify_job,
)
from ei_classify_api.api.projects import get_model_variants
from ei_classify_api.models import ClassifyJobOptions
from ei_classify_api.types import UNSET

from ei_classify.errors import InvalidArgumentError
from ei_classify.http import DEFAULT, Call, Default, Timeout
from ei_classify.jobs import NOTHING, Ask, Fingerprint, GetStatus, Question

from .arguments import check_count, encode_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_api.models import Job

HISTORY: Final = 50
"""How many of the last finished jobs are looked at."""

_PROBE: Final = 10  # samples that stand for all results of a variant


def checked_variants(variants: Sequence[str]) -> Sequence[str]:
    """Check a list of variants, which may be empty.

    Raises:
        InvalidArgumentError: It is no list of texts.
    """
    if isinstance(variants, str) or list(variants):
        encode_texts("variants", variants)
    return variants


def _read_job(content: bytes) -> Job:
    return get_job_status.OPERATION.read(content).job


def operation_call(operation: Any, request: dict[str, Any], timeout: Timeout | Default | None) -> Call[Any]:
    """Return a call whose answer is read as the contract says."""
    return Call(operation, request, operation.read, timeout)


@frozen(kw_only=True)
class TestingCalls:
    """The calls of one run of model testing."""

    __test__ = False  # pytest would take it for a test

    project_id: int
    variants: Sequence[str] = ()
    impulse_id: int | None = None
    category: str | None = None
    skip_feature_generation: bool | None = None
    timeout: Timeout | Default | None = field(default=DEFAULT)

    def __attrs_post_init__(self) -> None:
        check_count("project_id", self.project_id, 0)
        if self.impulse_id is not None:
            check_count("impulse_id", self.impulse_id, 0)
        if not isinstance(self.category, str | None):
            raise InvalidArgumentError(f"must be text, not {self.category!r}", name="category")

    @property
    def filters(self) -> dict[str, Any]:
        """The impulse and the category, as filters of pages."""
        return {"impulse_id": self.impulse_id, "category": self.category}

    def call(self, step: Ask | GetStatus) -> Call[Any]:
        """Return the call that answers a step of a state machine."""
        if isinstance(step, GetStatus):
            request = get_job_status.request(self.project_id, step.job_id)
            return Call(get_job_status.OPERATION, request, _read_job, self.timeout)
        match step.question:
            case Question.VARIANTS:
                operation: Any = get_model_variants
                request = get_model_variants.request(self.project_id, **self._query(category=False))
            case Question.ACTIVE:
                operation, request = list_active_jobs, list_active_jobs.request(self.project_id)
            case Question.FINISHED:
                operation = list_finished_jobs
                request = list_finished_jobs.request(self.project_id, limit=HISTORY)
            case Question.START:
                operation, request = start_classify_job, self._start_request()
            case Question.LOG:
                operation, request = get_jobs_logs, get_jobs_logs.request(self.project_id, step.job_id)
            case Question.METRICS:
                operation = get_classify_metrics_all_variants
                request = operation.request(self.project_id, **self._query(category=False))
            case Question.RESULTS:
                return self._probe(step.variant)
            case Question.WHOLE:
                operation = get_classify_job_result
                request = get_classify_job_result.request(
                    self.project_id,
                    feature_explorer_only=True,
                    **self._variant(step.variant),
                    **self._query(),
                )
        return operation_call(operation.OPERATION, request, self.timeout)

    def cancel(self, job_id: int, *, force: bool) -> Call[Any]:
        """Return the call that cancels a job."""
        check_count("job_id", job_id, 0)
        request = cancel_job.request(self.project_id, job_id, force_cancel="true" if force else UNSET)
        return operation_call(cancel_job.OPERATION, request, self.timeout)

    def _start_request(self) -> dict[str, Any]:
        options = ClassifyJobOptions(
            model_variants=list(self.variants) or None, skip_feature_generation=self.skip_feature_generation
        )
        return start_classify_job.request(self.project_id, body=options, **self._query())

    def _probe(self, variant: str | None) -> Call[Fingerprint]:
        operation = get_classify_job_result_page.OPERATION
        request = get_classify_job_result_page.request(
            self.project_id, limit=_PROBE, offset=0, **self._variant(variant), **self._query()
        )

        def read(content: bytes) -> Fingerprint:
            page = operation.read(content)
            return hashlib.sha256(content).hexdigest() if page.result else NOTHING

        return Call(operation, request, read, self.timeout)

    def _variant(self, variant: str | None) -> dict[str, Any]:
        return {} if variant is None else {"variant": variant}

    def _query(self, *, category: bool = True) -> dict[str, Any]:
        query: dict[str, Any] = {} if self.impulse_id is None else {"impulse_id": self.impulse_id}
        if category and self.category is not None:
            query["category"] = self.category
        return query
