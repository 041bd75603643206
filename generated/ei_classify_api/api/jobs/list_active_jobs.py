from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.job_list import JobList
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[JobList] = Operation(
    "list_active_jobs",
    "GET",
    "/api/{project_id}/jobs",
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
    root_only: bool | Unset = UNSET,
) -> dict[str, Any]:
    """The jobs that have not ended.

    The jobs of the project that are waiting or running.

    Args:
        project_id: The project.
        root_only: If true, jobs that another job has started are left out.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/jobs".format(
            project_id=path_segment("project_id", project_id),
        ),
        "params": given(
            {
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
    root_only: bool | Unset = UNSET,
) -> Response[JobList]:
    """The jobs that have not ended.

    The jobs of the project that are waiting or running.

    Args:
        project_id: The project.
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
            root_only=root_only,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
    root_only: bool | Unset = UNSET,
) -> JobList:
    """The jobs that have not ended.

    The jobs of the project that are waiting or running.

    Args:
        project_id: The project.
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
                root_only=root_only,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
    root_only: bool | Unset = UNSET,
) -> Response[JobList]:
    """The jobs that have not ended.

    The jobs of the project that are waiting or running.

    Args:
        project_id: The project.
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
            root_only=root_only,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
    root_only: bool | Unset = UNSET,
) -> JobList:
    """The jobs that have not ended.

    The jobs of the project that are waiting or running.

    Args:
        project_id: The project.
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
                root_only=root_only,
            )
        )
    )
