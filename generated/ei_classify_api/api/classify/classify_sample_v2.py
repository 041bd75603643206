from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.keras_model_variant import KerasModelVariant
from ...models.sample_classification import SampleClassification
from ...models.started_job import StartedJob
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[SampleClassification | StartedJob] = Operation(
    "classify_sample_v2",
    "POST",
    "/api/{project_id}/classify/v2/{sample_id}",
    {
        SampleClassification: (
            "classifications",
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
    include_debug_info: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> dict[str, Any]:
    """One sample, classified by one model variant.

    Like `classifySampleForVariants`, for a single variant. Without `variant`, the server takes float32.

    The answer is the classification, or a started job. Once that job has finished, the same call
    returns the classification.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "POST",
        "url": "/api/{project_id}/classify/v2/{sample_id}".format(
            project_id=path_segment("project_id", project_id),
            sample_id=path_segment("sample_id", sample_id),
        ),
        "params": given(
            {
                "includeDebugInfo": include_debug_info,
                "variant": variant,
                "impulseId": impulse_id,
                "truncateStructuredLabels": truncate_structured_labels,
            }
        ),
    }


def decode(response: httpx.Response) -> SampleClassification | StartedJob:
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
    include_debug_info: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> Response[SampleClassification | StartedJob]:
    """One sample, classified by one model variant.

    Like `classifySampleForVariants`, for a single variant. Without `variant`, the server takes float32.

    The answer is the classification, or a started job. Once that job has finished, the same call
    returns the classification.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
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
            include_debug_info=include_debug_info,
            variant=variant,
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
    include_debug_info: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> SampleClassification | StartedJob:
    """One sample, classified by one model variant.

    Like `classifySampleForVariants`, for a single variant. Without `variant`, the server takes float32.

    The answer is the classification, or a started job. Once that job has finished, the same call
    returns the classification.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
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
                include_debug_info=include_debug_info,
                variant=variant,
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
    include_debug_info: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> Response[SampleClassification | StartedJob]:
    """One sample, classified by one model variant.

    Like `classifySampleForVariants`, for a single variant. Without `variant`, the server takes float32.

    The answer is the classification, or a started job. Once that job has finished, the same call
    returns the classification.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
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
            include_debug_info=include_debug_info,
            variant=variant,
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
    include_debug_info: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> SampleClassification | StartedJob:
    """One sample, classified by one model variant.

    Like `classifySampleForVariants`, for a single variant. Without `variant`, the server takes float32.

    The answer is the classification, or a started job. Once that job has finished, the same call
    returns the classification.

    Args:
        project_id: The project.
        sample_id: The sample, by its id within the project.
        include_debug_info: If true, the structured results of a FOMO block have `debugInfoJson`, which shows how its
            centroids were matched with the expected objects.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
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
                include_debug_info=include_debug_info,
                variant=variant,
                impulse_id=impulse_id,
                truncate_structured_labels=truncate_structured_labels,
            )
        )
    )
