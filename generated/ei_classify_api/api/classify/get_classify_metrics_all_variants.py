from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.variant_metrics import VariantMetrics
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[VariantMetrics] = Operation(
    "get_classify_metrics_all_variants",
    "GET",
    "/api/{project_id}/classify/all/metrics",
    {
        VariantMetrics: ("success",),
    },
    repeatable=True,
)


def request(
    project_id: int,
    *,
    impulse_id: int | Unset = UNSET,
) -> dict[str, Any]:
    """The accuracy of every variant.

    The accuracy that the last classify job reached, one entry per model variant that it ran.

    Args:
        project_id: The project.
        impulse_id: The impulse. If omitted, the project's default impulse is used.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/classify/all/metrics".format(
            project_id=path_segment("project_id", project_id),
        ),
        "params": given(
            {
                "impulseId": impulse_id,
            }
        ),
    }


def decode(response: httpx.Response) -> VariantMetrics:
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
    impulse_id: int | Unset = UNSET,
) -> Response[VariantMetrics]:
    """The accuracy of every variant.

    The accuracy that the last classify job reached, one entry per model variant that it ran.

    Args:
        project_id: The project.
        impulse_id: The impulse. If omitted, the project's default impulse is used.

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
            impulse_id=impulse_id,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
    impulse_id: int | Unset = UNSET,
) -> VariantMetrics:
    """The accuracy of every variant.

    The accuracy that the last classify job reached, one entry per model variant that it ran.

    Args:
        project_id: The project.
        impulse_id: The impulse. If omitted, the project's default impulse is used.

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
                impulse_id=impulse_id,
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
    impulse_id: int | Unset = UNSET,
) -> Response[VariantMetrics]:
    """The accuracy of every variant.

    The accuracy that the last classify job reached, one entry per model variant that it ran.

    Args:
        project_id: The project.
        impulse_id: The impulse. If omitted, the project's default impulse is used.

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
            impulse_id=impulse_id,
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
    impulse_id: int | Unset = UNSET,
) -> VariantMetrics:
    """The accuracy of every variant.

    The accuracy that the last classify job reached, one entry per model variant that it ran.

    Args:
        project_id: The project.
        impulse_id: The impulse. If omitted, the project's default impulse is used.

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
                impulse_id=impulse_id,
            )
        )
    )
