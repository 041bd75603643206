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
            "windowSizeMs",
            "windowIncreaseMs",
            "alreadyInDatabase",
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

    Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id: The project.
        sample_id: The sample within the project.
        variants: The model variants that shall classify the sample: a JSON list of strings, written into this
            one string.
        include_debug_info: When true, the structured results of a FOMO block carry `debugInfoJson`: how its centroids
            were matched with the expected objects.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.

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
    """The typed answer in the response to `request`.

    Raises:
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract knows.
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

    Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id: The project.
        sample_id: The sample within the project.
        variants: The model variants that shall classify the sample: a JSON list of strings, written into this
            one string.
        include_debug_info: When true, the structured results of a FOMO block carry `debugInfoJson`: how its centroids
            were matched with the expected objects.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.

    Returns:
        The answer with its status and headers.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract knows.
        httpx.HTTPError: No response came.
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

    Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id: The project.
        sample_id: The sample within the project.
        variants: The model variants that shall classify the sample: a JSON list of strings, written into this
            one string.
        include_debug_info: When true, the structured results of a FOMO block carry `debugInfoJson`: how its centroids
            were matched with the expected objects.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.

    Returns:
        The answer.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract knows.
        httpx.HTTPError: No response came.
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

    Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id: The project.
        sample_id: The sample within the project.
        variants: The model variants that shall classify the sample: a JSON list of strings, written into this
            one string.
        include_debug_info: When true, the structured results of a FOMO block carry `debugInfoJson`: how its centroids
            were matched with the expected objects.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.

    Returns:
        The answer with its status and headers.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract knows.
        httpx.HTTPError: No response came.
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

    Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id: The project.
        sample_id: The sample within the project.
        variants: The model variants that shall classify the sample: a JSON list of strings, written into this
            one string.
        include_debug_info: When true, the structured results of a FOMO block carry `debugInfoJson`: how its centroids
            were matched with the expected objects.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.

    Returns:
        The answer.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract knows.
        httpx.HTTPError: No response came.
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
