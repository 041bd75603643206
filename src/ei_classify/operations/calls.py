"""The calls that the clients make: what is sent, and what the answer is read as. No I/O."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, TypeVar

from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page
from ei_classify_api.api.jobs import get_job_status
from ei_classify_api.types import UNSET

from ei_classify.http.exchange import Call, Default, Timeout
from ei_classify.outcomes import ResultPage

from .parameters import check_count, encode_filters, encode_options, encode_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx
    from ei_classify_api.models import ClassifiedSample, ClassifyJobResultPage, Job, StartedJob

    from ei_classify.walking.walk import PageRequest, Slice

P = TypeVar("P", bound="Slice")


def one_page(
    project_id: int,
    limit: int | None,
    offset: int | None,
    filters: dict[str, Any],
    timeout: Timeout | Default | None,
) -> Call[ClassifyJobResultPage]:
    """The call for a page as the wire has it."""
    check_count("project_id", project_id, 0)
    if limit is not None:
        check_count("limit", limit, 1)
    if offset is not None:
        check_count("offset", offset, 0)
    request = get_classify_job_result_page.request(
        project_id,
        limit=UNSET if limit is None else limit,
        offset=UNSET if offset is None else offset,
        **encode_filters(filters),
    )
    operation = get_classify_job_result_page.OPERATION
    return Call(operation, request, get_classify_job_result_page.decode, timeout)


def pages_of_walk(
    project_id: int,
    filters: dict[str, Any],
    timeout: Timeout | Default | None,
    read: Callable[[int, httpx.Response], P],
) -> Callable[[PageRequest], Call[P]]:
    """The calls for the pages of one walk, from what the walk asks for; `read` is told where a page lies."""
    check_count("project_id", project_id, 0)
    encoded = encode_filters(filters)

    def call(page: PageRequest) -> Call[P]:
        request = get_classify_job_result_page.request(
            project_id, limit=page.limit, offset=page.offset, **encoded
        )
        decode = functools.partial(read, page.offset)
        return Call(get_classify_job_result_page.OPERATION, request, decode, timeout)

    return call


def read_page(offset: int, response: httpx.Response) -> ResultPage:
    """The page in a response, with typed objects."""
    return ResultPage(offset, get_classify_job_result_page.decode(response), response.content)


def classification(
    project_id: int,
    sample_id: int,
    variants: Sequence[str],
    options: dict[str, Any],
    timeout: Timeout | Default | None,
) -> Call[ClassifiedSample | StartedJob]:
    """The call that classifies a sample, starts the job for it, or hands over that job's result."""
    check_count("project_id", project_id, 0)
    check_count("sample_id", sample_id, 0)
    request = classify_sample_for_variants.request(
        project_id, sample_id, variants=encode_texts("variants", variants), **encode_options(options)
    )
    operation = classify_sample_for_variants.OPERATION
    return Call(operation, request, classify_sample_for_variants.decode, timeout)


def job_status(project_id: int, job_id: int, timeout: Timeout | Default | None) -> Call[Job]:
    """The call for the state of a job."""
    check_count("project_id", project_id, 0)
    check_count("job_id", job_id, 0)
    request = get_job_status.request(project_id, job_id)
    return Call(
        get_job_status.OPERATION, request, lambda response: get_job_status.decode(response).job, timeout
    )
