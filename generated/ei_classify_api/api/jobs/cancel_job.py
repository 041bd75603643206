from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.api_response import ApiResponse
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[ApiResponse] = Operation(
    "cancel_job",
    "POST",
    "/api/{project_id}/jobs/{job_id}/cancel",
    {
        ApiResponse: ("success",),
    },
    repeatable=True,
)


def request(
    project_id: int,
    job_id: int,
    *,
    force_cancel: str | Unset = UNSET,
) -> dict[str, Any]:
    """Cancel a job.

    Asks the server to stop a job. The job ends without success a little later.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        force_cancel: If it is the text `true`, the job is marked as ended at once, without waiting for the
            machine that runs it.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "POST",
        "url": "/api/{project_id}/jobs/{job_id}/cancel".format(
            project_id=path_segment("project_id", project_id),
            job_id=path_segment("job_id", job_id),
        ),
        "params": given(
            {
                "forceCancel": force_cancel,
            }
        ),
    }


def decode(response: httpx.Response) -> ApiResponse:
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
    force_cancel: str | Unset = UNSET,
) -> Response[ApiResponse]:
    """Cancel a job.

    Asks the server to stop a job. The job ends without success a little later.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        force_cancel: If it is the text `true`, the job is marked as ended at once, without waiting for the
            machine that runs it.

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
            force_cancel=force_cancel,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    force_cancel: str | Unset = UNSET,
) -> ApiResponse:
    """Cancel a job.

    Asks the server to stop a job. The job ends without success a little later.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        force_cancel: If it is the text `true`, the job is marked as ended at once, without waiting for the
            machine that runs it.

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
                force_cancel=force_cancel,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    force_cancel: str | Unset = UNSET,
) -> Response[ApiResponse]:
    """Cancel a job.

    Asks the server to stop a job. The job ends without success a little later.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        force_cancel: If it is the text `true`, the job is marked as ended at once, without waiting for the
            machine that runs it.

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
            force_cancel=force_cancel,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    job_id: int,
    *,
    client: Client,
    force_cancel: str | Unset = UNSET,
) -> ApiResponse:
    """Cancel a job.

    Asks the server to stop a job. The job ends without success a little later.

    Args:
        project_id: The project.
        job_id: The job, by the id that the call that started it returned.
        force_cancel: If it is the text `true`, the job is marked as ended at once, without waiting for the
            machine that runs it.

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
                force_cancel=force_cancel,
            )
        )
    )
