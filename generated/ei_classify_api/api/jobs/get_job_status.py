from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.job_status import JobStatus
from ...types import Response
from .. import Operation, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[JobStatus] = Operation(
    "get_job_status",
    "GET",
    "/api/{project_id}/jobs/{job_id}/status",
    {
        JobStatus: (
            "success",
            "job",
        ),
    },
    repeatable=True,
)


def request(
    project_id: int,
    job_id: int,
) -> dict[str, Any]:
    """The state of a job.

    The state of one job. A job has ended once `finished` is present. Only then does
    `finishedSuccessful` say how it ended.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/jobs/{job_id}/status".format(
            project_id=path_segment("project_id", project_id),
            job_id=path_segment("job_id", job_id),
        ),
    }


def decode(response: httpx.Response) -> JobStatus:
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
) -> Response[JobStatus]:
    """The state of a job.

    The state of one job. A job has ended once `finished` is present. Only then does
    `finishedSuccessful` say how it ended.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.

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
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    job_id: int,
    *,
    client: Client,
) -> JobStatus:
    """The state of a job.

    The state of one job. A job has ended once `finished` is present. Only then does
    `finishedSuccessful` say how it ended.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.

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
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    job_id: int,
    *,
    client: Client,
) -> Response[JobStatus]:
    """The state of a job.

    The state of one job. A job has ended once `finished` is present. Only then does
    `finishedSuccessful` say how it ended.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.

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
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    job_id: int,
    *,
    client: Client,
) -> JobStatus:
    """The state of a job.

    The state of one job. A job has ended once `finished` is present. Only then does
    `finishedSuccessful` say how it ended.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.

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
            )
        )
    )
