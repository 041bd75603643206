from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.classify_job_options import ClassifyJobOptions
from ...models.data_category import DataCategory
from ...models.started_job import StartedJob
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[StartedJob] = Operation(
    "start_classify_job",
    "POST",
    "/api/{project_id}/jobs/classify",
    {
        StartedJob: (
            "success",
            "id",
        ),
    },
    repeatable=False,
)


def request(
    project_id: int,
    *,
    body: ClassifyJobOptions,
    impulse_id: int | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> dict[str, Any]:
    """Start model testing.

    Starts a job that classifies every sample of a data set with the given model variants. The results
    of the last such job are gone from then on, and those of this job are there shortly after it has
    finished.

    `getJobStatus` says how far the job is, and `getJobsLogs` what it has printed.

    Args:
        project_id: The project.
        body: How to run model testing.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        category: The data set that is classified, or whose results are returned; by default the testing set.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "POST",
        "url": "/api/{project_id}/jobs/classify".format(
            project_id=path_segment("project_id", project_id),
        ),
        "params": given(
            {
                "impulseId": impulse_id,
                "category": category,
            }
        ),
        "json": body.to_dict(),
    }


def decode(response: httpx.Response) -> StartedJob:
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
    body: ClassifyJobOptions,
    impulse_id: int | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> Response[StartedJob]:
    """Start model testing.

    Starts a job that classifies every sample of a data set with the given model variants. The results
    of the last such job are gone from then on, and those of this job are there shortly after it has
    finished.

    `getJobStatus` says how far the job is, and `getJobsLogs` what it has printed.

    Args:
        project_id: The project.
        body: How to run model testing.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        category: The data set that is classified, or whose results are returned; by default the testing set.

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
            body=body,
            impulse_id=impulse_id,
            category=category,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
    body: ClassifyJobOptions,
    impulse_id: int | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> StartedJob:
    """Start model testing.

    Starts a job that classifies every sample of a data set with the given model variants. The results
    of the last such job are gone from then on, and those of this job are there shortly after it has
    finished.

    `getJobStatus` says how far the job is, and `getJobsLogs` what it has printed.

    Args:
        project_id: The project.
        body: How to run model testing.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        category: The data set that is classified, or whose results are returned; by default the testing set.

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
                body=body,
                impulse_id=impulse_id,
                category=category,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
    body: ClassifyJobOptions,
    impulse_id: int | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> Response[StartedJob]:
    """Start model testing.

    Starts a job that classifies every sample of a data set with the given model variants. The results
    of the last such job are gone from then on, and those of this job are there shortly after it has
    finished.

    `getJobStatus` says how far the job is, and `getJobsLogs` what it has printed.

    Args:
        project_id: The project.
        body: How to run model testing.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        category: The data set that is classified, or whose results are returned; by default the testing set.

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
            body=body,
            impulse_id=impulse_id,
            category=category,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
    body: ClassifyJobOptions,
    impulse_id: int | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> StartedJob:
    """Start model testing.

    Starts a job that classifies every sample of a data set with the given model variants. The results
    of the last such job are gone from then on, and those of this job are there shortly after it has
    finished.

    `getJobStatus` says how far the job is, and `getJobsLogs` what it has printed.

    Args:
        project_id: The project.
        body: How to run model testing.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        category: The data set that is classified, or whose results are returned; by default the testing set.

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
                body=body,
                impulse_id=impulse_id,
                category=category,
            )
        )
    )
