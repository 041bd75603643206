from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.classified_sample import ClassifiedSample
from ...models.started_job import StartedJob
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[ClassifiedSample | StartedJob] = Operation(
    "classify_sample_for_variants",
    "POST",
    "/api/{project_id}/classify/v2/{sample_id}/variants",
    {
        ClassifiedSample: (
            "results",
            "sample",
        ),
        StartedJob: ("id",),
    },
    repeatable=True,
)


def request(
    project_id: int,
    sample_id: int,
    *,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> dict[str, Any]:
    """One sample, classified by several model variants.

    Slides the impulse's window over the whole sample, and classifies every window with each of the
    requested model variants.

    The answer is the classification. If the work takes longer, because the sample is long or must be
    resampled, the answer is a started job instead. Wait until the job has finished (`getJobStatus`) and
    make the same call again, which then returns the result.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        variants: The model variants to classify the sample with: a JSON list of strings, written as one
            string.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "POST",
        "url": "/api/{project_id}/classify/v2/{sample_id}/variants".format(
            project_id=path_segment("project_id", project_id),
            sample_id=path_segment("sample_id", sample_id),
        ),
        "params": given(
            {
                "variants": variants,
                "includeDebugInfo": include_debug_info,
                "impulseId": impulse_id,
                "truncateStructuredLabels": truncate_structured_labels,
            }
        ),
    }


def decode(response: httpx.Response) -> ClassifiedSample | StartedJob:
    """Returns the typed answer in the response to `request`.

    Raises:
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
    """
    return OPERATION.decode(response)


def sync_detailed(
    project_id: int,
    sample_id: int,
    *,
    client: Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> Response[ClassifiedSample | StartedJob]:
    """One sample, classified by several model variants.

    Slides the impulse's window over the whole sample, and classifies every window with each of the
    requested model variants.

    The answer is the classification. If the work takes longer, because the sample is long or must be
    resampled, the answer is a started job instead. Wait until the job has finished (`getJobStatus`) and
    make the same call again, which then returns the result.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        variants: The model variants to classify the sample with: a JSON list of strings, written as one
            string.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.

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
            sample_id,
            variants=variants,
            include_debug_info=include_debug_info,
            impulse_id=impulse_id,
            truncate_structured_labels=truncate_structured_labels,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    sample_id: int,
    *,
    client: Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> ClassifiedSample | StartedJob:
    """One sample, classified by several model variants.

    Slides the impulse's window over the whole sample, and classifies every window with each of the
    requested model variants.

    The answer is the classification. If the work takes longer, because the sample is long or must be
    resampled, the answer is a started job instead. Wait until the job has finished (`getJobStatus`) and
    make the same call again, which then returns the result.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        variants: The model variants to classify the sample with: a JSON list of strings, written as one
            string.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.

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
                sample_id,
                variants=variants,
                include_debug_info=include_debug_info,
                impulse_id=impulse_id,
                truncate_structured_labels=truncate_structured_labels,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    sample_id: int,
    *,
    client: Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> Response[ClassifiedSample | StartedJob]:
    """One sample, classified by several model variants.

    Slides the impulse's window over the whole sample, and classifies every window with each of the
    requested model variants.

    The answer is the classification. If the work takes longer, because the sample is long or must be
    resampled, the answer is a started job instead. Wait until the job has finished (`getJobStatus`) and
    make the same call again, which then returns the result.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        variants: The model variants to classify the sample with: a JSON list of strings, written as one
            string.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.

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
            sample_id,
            variants=variants,
            include_debug_info=include_debug_info,
            impulse_id=impulse_id,
            truncate_structured_labels=truncate_structured_labels,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    sample_id: int,
    *,
    client: Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> ClassifiedSample | StartedJob:
    """One sample, classified by several model variants.

    Slides the impulse's window over the whole sample, and classifies every window with each of the
    requested model variants.

    The answer is the classification. If the work takes longer, because the sample is long or must be
    resampled, the answer is a started job instead. Wait until the job has finished (`getJobStatus`) and
    make the same call again, which then returns the result.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        variants: The model variants to classify the sample with: a JSON list of strings, written as one
            string.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.

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
                sample_id,
                variants=variants,
                include_debug_info=include_debug_info,
                impulse_id=impulse_id,
                truncate_structured_labels=truncate_structured_labels,
            )
        )
    )
