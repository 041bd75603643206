"""The calls that read pages: a single one, or those of a walk over all pages."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, TypeVar

from ei_classify_api.api.classify import get_classify_job_result, get_classify_job_result_page
from ei_classify_api.familiar import Familiar
from ei_classify_api.types import UNSET

from ei_classify.decoding import Reports
from ei_classify.errors import OutdatedResultsError
from ei_classify.http import Call, Default, Timeout
from ei_classify.outcomes import ResultPage
from ei_classify.walking import Page, Walk

from .arguments import check_count
from .filters import encode_filters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ei_classify_api.models import ClassifyJobResult, ClassifyJobResultPage

    from ei_classify.errors import NoResultsError
    from ei_classify.walking import PageRequest, Watch

P = TypeVar("P", bound=Page)

_OPERATION: Final = get_classify_job_result_page.OPERATION


def page_call(
    project_id: int,
    limit: int | None,
    offset: int | None,
    filters: dict[str, Any],
    timeout: Timeout | Default | None,
) -> Call[ClassifyJobResultPage]:
    """Return the call for a single page.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
    """
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

    def read(content: bytes) -> ClassifyJobResultPage:
        page = _OPERATION.read(content)
        Reports().add(page.set_aside)
        return page

    return Call(_OPERATION, request, read, timeout, offset or 0)


def calls_of_walk(
    project_id: int,
    filters: dict[str, Any],
    timeout: Timeout | Default | None,
    read: Callable[[int, bytes], P],
) -> Callable[[PageRequest], Call[P]]:
    """Return a function that creates the call for a page of a walk. `read` gets the page's offset and body.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
    """
    check_count("project_id", project_id, 0)
    encoded = encode_filters(filters)

    def call(page: PageRequest) -> Call[P]:
        request = get_classify_job_result_page.request(
            project_id, limit=page.limit, offset=page.offset, **encoded
        )
        return Call(_OPERATION, request, functools.partial(read, page.offset), timeout, page.offset)

    return call


def lazy_calls_of_walk(
    project_id: int | None,
    filters: dict[str, Any],
    timeout: Timeout | Default | None,
    read: Callable[[int, bytes], P],
) -> Callable[[int], Callable[[PageRequest], Call[P]]]:
    """Return a function from the project to its `calls_of_walk`. The arguments are checked at once."""
    known = calls_of_walk(0 if project_id is None else project_id, filters, timeout, read)
    if project_id is not None:
        return lambda _project: known
    return functools.cache(lambda project: calls_of_walk(project, filters, timeout, read))


def whole_call(
    project_id: int, filters: Mapping[str, Any], *, is_insistent: bool = False
) -> Call[ClassifyJobResult]:
    """Return the call for the whole result, with the accuracy, and remarks on why there are no results."""
    operation = get_classify_job_result.OPERATION
    chosen = {name: filters.get(name) for name in ("variant", "impulse_id", "category")}
    present = {name: value for name, value in chosen.items() if value is not None}
    request = get_classify_job_result.request(project_id, feature_explorer_only=True, **present)
    return Call(operation, request, operation.read, is_insistent=is_insistent)


def absence(error: NoResultsError, whole: ClassifyJobResult) -> NoResultsError:
    """Return the error for missing results, or a better one if the server says that a threshold changed."""
    if not whole.no_results_because_thresholds_changed:
        return error
    remedy = str(whole.no_results_because_thresholds_changed)
    better = OutdatedResultsError(
        f"was refused: a threshold has changed since model testing was run ({remedy})",
        operation=error.operation,
        method=error.method,
        path=error.path,
        status=error.status,
        answer=error.answer,
        tries=error.tries,
        elapsed_s=error.elapsed_s,
    )
    better.remedy = remedy
    return better


def page_reader() -> Callable[[int, bytes], ResultPage]:
    """Return what reads the pages of a walk into typed objects."""
    familiar, reports = Familiar(), Reports()

    def read(offset: int, content: bytes) -> ResultPage:
        page = ResultPage(offset, _OPERATION.read(content, familiar), content)
        reports.add(page.set_aside)
        return page

    return read


def new_walk(
    page_size: int, offset: int, concurrency: int, watch: Watch | None = None, end: int | None = None
) -> Walk[Any]:
    """Return a walk over all pages, or over those before the offset `end`.

    Raises:
        InvalidArgumentError: A number is out of range.
    """
    check_count("page_size", page_size, 1)
    check_count("offset", offset, 0)
    check_count("concurrency", concurrency, 1)
    if end is not None:
        check_count("end", end, 0)
    return Walk(limit=page_size, offset=offset, end=end, concurrency=concurrency, watch=watch)
