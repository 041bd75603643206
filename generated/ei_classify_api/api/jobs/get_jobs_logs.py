from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.job_log import JobLog
from ...models.log_level import LogLevel
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[JobLog] = Operation(
    "get_jobs_logs",
    "GET",
    "/api/{project_id}/jobs/{job_id}/stdout",
    {
        JobLog: (
            "success",
            "stdout",
        ),
    },
    repeatable=True,
)


def request(
    project_id: int,
    job_id: int,
    *,
    limit: int | Unset = UNSET,
    log_level: LogLevel | str | Unset = UNSET,
) -> dict[str, Any]:
    """What a job has printed.

    The lines that a job has printed so far, at most the last 1,000 of them. The order is not promised:
    servers send the newest line first.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        log_level: Only lines of this level.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/jobs/{job_id}/stdout".format(
            project_id=path_segment("project_id", project_id),
            job_id=path_segment("job_id", job_id),
        ),
        "params": given(
            {
                "limit": limit,
                "logLevel": log_level,
            }
        ),
    }


def decode(response: httpx.Response) -> JobLog:
    """Returns the typed answer in the response to `request`.

    Raises:
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
    """
    return OPERATION.decode(response)


def sync_detailed(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    limit: int | Unset = UNSET,
    log_level: LogLevel | str | Unset = UNSET,
) -> Response[JobLog]:
    """What a job has printed.

    The lines that a job has printed so far, at most the last 1,000 of them. The order is not promised:
    servers send the newest line first.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        log_level: Only lines of this level.

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
            job_id,
            limit=limit,
            log_level=log_level,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    limit: int | Unset = UNSET,
    log_level: LogLevel | str | Unset = UNSET,
) -> JobLog:
    """What a job has printed.

    The lines that a job has printed so far, at most the last 1,000 of them. The order is not promised:
    servers send the newest line first.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        log_level: Only lines of this level.

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
                job_id,
                limit=limit,
                log_level=log_level,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    limit: int | Unset = UNSET,
    log_level: LogLevel | str | Unset = UNSET,
) -> Response[JobLog]:
    """What a job has printed.

    The lines that a job has printed so far, at most the last 1,000 of them. The order is not promised:
    servers send the newest line first.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        log_level: Only lines of this level.

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
            job_id,
            limit=limit,
            log_level=log_level,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    limit: int | Unset = UNSET,
    log_level: LogLevel | str | Unset = UNSET,
) -> JobLog:
    """What a job has printed.

    The lines that a job has printed so far, at most the last 1,000 of them. The order is not promised:
    servers send the newest line first.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        log_level: Only lines of this level.

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
                job_id,
                limit=limit,
                log_level=log_level,
            )
        )
    )
