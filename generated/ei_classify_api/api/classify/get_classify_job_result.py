from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.classify_job_result import ClassifyJobResult
from ...models.data_category import DataCategory
from ...models.keras_model_variant import KerasModelVariant
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[ClassifyJobResult] = Operation(
    "get_classify_job_result",
    "GET",
    "/api/{project_id}/classify/all/result",
    {
        ClassifyJobResult: (
            "success",
            "result",
            "predictions",
        ),
    },
    repeatable=True,
)


def request(
    project_id: int,
    *,
    feature_explorer_only: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> dict[str, Any]:
    """The whole of a classify job's result.

    The stored result of the project's last classify job for all samples at once, with the accuracy that
    the server computed from it. The answer grows with the data set; `getClassifyJobResultPage` reads
    the samples in slices.

    It also says which variants have a result, and whether the result was dropped because a threshold
    changed. Before a classify job has run, the call is refused like a page.

    Args:
        project_id: The project.
        feature_explorer_only: If true, samples have only what Studio's plot of features needs, which makes the answer
            smaller.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
        category: The data set that is classified, or whose results are returned; by default the testing set.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/classify/all/result".format(
            project_id=path_segment("project_id", project_id),
        ),
        "params": given(
            {
                "featureExplorerOnly": feature_explorer_only,
                "variant": variant,
                "impulseId": impulse_id,
                "truncateStructuredLabels": truncate_structured_labels,
                "category": category,
            }
        ),
    }


def decode(response: httpx.Response) -> ClassifyJobResult:
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
    feature_explorer_only: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> Response[ClassifyJobResult]:
    """The whole of a classify job's result.

    The stored result of the project's last classify job for all samples at once, with the accuracy that
    the server computed from it. The answer grows with the data set; `getClassifyJobResultPage` reads
    the samples in slices.

    It also says which variants have a result, and whether the result was dropped because a threshold
    changed. Before a classify job has run, the call is refused like a page.

    Args:
        project_id: The project.
        feature_explorer_only: If true, samples have only what Studio's plot of features needs, which makes the answer
            smaller.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
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
            feature_explorer_only=feature_explorer_only,
            variant=variant,
            impulse_id=impulse_id,
            truncate_structured_labels=truncate_structured_labels,
            category=category,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
    feature_explorer_only: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> ClassifyJobResult:
    """The whole of a classify job's result.

    The stored result of the project's last classify job for all samples at once, with the accuracy that
    the server computed from it. The answer grows with the data set; `getClassifyJobResultPage` reads
    the samples in slices.

    It also says which variants have a result, and whether the result was dropped because a threshold
    changed. Before a classify job has run, the call is refused like a page.

    Args:
        project_id: The project.
        feature_explorer_only: If true, samples have only what Studio's plot of features needs, which makes the answer
            smaller.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
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
                feature_explorer_only=feature_explorer_only,
                variant=variant,
                impulse_id=impulse_id,
                truncate_structured_labels=truncate_structured_labels,
                category=category,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
    feature_explorer_only: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> Response[ClassifyJobResult]:
    """The whole of a classify job's result.

    The stored result of the project's last classify job for all samples at once, with the accuracy that
    the server computed from it. The answer grows with the data set; `getClassifyJobResultPage` reads
    the samples in slices.

    It also says which variants have a result, and whether the result was dropped because a threshold
    changed. Before a classify job has run, the call is refused like a page.

    Args:
        project_id: The project.
        feature_explorer_only: If true, samples have only what Studio's plot of features needs, which makes the answer
            smaller.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
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
            feature_explorer_only=feature_explorer_only,
            variant=variant,
            impulse_id=impulse_id,
            truncate_structured_labels=truncate_structured_labels,
            category=category,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
    feature_explorer_only: bool | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> ClassifyJobResult:
    """The whole of a classify job's result.

    The stored result of the project's last classify job for all samples at once, with the accuracy that
    the server computed from it. The answer grows with the data set; `getClassifyJobResultPage` reads
    the samples in slices.

    It also says which variants have a result, and whether the result was dropped because a threshold
    changed. Before a classify job has run, the call is refused like a page.

    Args:
        project_id: The project.
        feature_explorer_only: If true, samples have only what Studio's plot of features needs, which makes the answer
            smaller.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
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
                feature_explorer_only=feature_explorer_only,
                variant=variant,
                impulse_id=impulse_id,
                truncate_structured_labels=truncate_structured_labels,
                category=category,
            )
        )
    )
