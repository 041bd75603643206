from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ...models.job_list import JobList
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[JobList] = Operation(
    "list_finished_jobs",
    "GET",
    "/api/{project_id}/jobs/history",
    {
        JobList: (
            "success",
            "jobs",
        ),
    },
    repeatable=True,
)


def request(
    project_id: int,
    *,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    root_only: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The jobs that have ended.

    The jobs of the project that have ended, with or without success, the newest first.

    Args:
        project_id: The project.
        start_date: Only jobs of this instant or later.
        end_date: Only jobs of this instant or earlier.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        root_only: If true, jobs that another job has started are left out.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/jobs/history".format(
            project_id=path_segment("project_id", project_id),
        ),
        "params": given(
            {
                "startDate": start_date,
                "endDate": end_date,
                "limit": limit,
                "offset": offset,
                "rootOnly": root_only,
            }
        ),
    }


def decode(response: httpx.Response) -> JobList:
    """Returns the typed answer in the response to `request`.

    Raises:
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
    """
    return OPERATION.decode(response)


def sync_detailed(
    project_id: int,
    *,
    client: Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    root_only: bool | Unset = UNSET,
) -> Response[JobList]:
    """The jobs that have ended.

    The jobs of the project that have ended, with or without success, the newest first.

    Args:
        project_id: The project.
        start_date: Only jobs of this instant or later.
        end_date: Only jobs of this instant or earlier.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        root_only: If true, jobs that another job has started are left out.

    Returns:
        The answer, with its status and headers.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    response = client.send(
        request(
            project_id,
            start_date=start_date,
            end_date=end_date,
            limit=limit,
            offset=offset,
            root_only=root_only,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    root_only: bool | Unset = UNSET,
) -> JobList:
    """The jobs that have ended.

    The jobs of the project that have ended, with or without success, the newest first.

    Args:
        project_id: The project.
        start_date: Only jobs of this instant or later.
        end_date: Only jobs of this instant or earlier.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        root_only: If true, jobs that another job has started are left out.

    Returns:
        The answer.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    return decode(
        client.send(
            request(
                project_id,
                start_date=start_date,
                end_date=end_date,
                limit=limit,
                offset=offset,
                root_only=root_only,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    root_only: bool | Unset = UNSET,
) -> Response[JobList]:
    """The jobs that have ended.

    The jobs of the project that have ended, with or without success, the newest first.

    Args:
        project_id: The project.
        start_date: Only jobs of this instant or later.
        end_date: Only jobs of this instant or earlier.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        root_only: If true, jobs that another job has started are left out.

    Returns:
        The answer, with its status and headers.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    response = await client.asend(
        request(
            project_id,
            start_date=start_date,
            end_date=end_date,
            limit=limit,
            offset=offset,
            root_only=root_only,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
    start_date: datetime.datetime | Unset = UNSET,
    end_date: datetime.datetime | Unset = UNSET,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    root_only: bool | Unset = UNSET,
) -> JobList:
    """The jobs that have ended.

    The jobs of the project that have ended, with or without success, the newest first.

    Args:
        project_id: The project.
        start_date: Only jobs of this instant or later.
        end_date: Only jobs of this instant or earlier.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        root_only: If true, jobs that another job has started are left out.

    Returns:
        The answer.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    return decode(
        await client.asend(
            request(
                project_id,
                start_date=start_date,
                end_date=end_date,
                limit=limit,
                offset=offset,
                root_only=root_only,
            )
        )
    )
