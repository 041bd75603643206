from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.socket_access import SocketAccess
from ...types import Response
from .. import Operation, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[SocketAccess] = Operation(
    "get_socket_token",
    "GET",
    "/api/{project_id}/socket-token",
    {
        SocketAccess: (
            "success",
            "token",
        ),
    },
    repeatable=True,
)


def request(
    project_id: int,
) -> dict[str, Any]:
    """A token for the socket of a project.

    A token that opens a WebSocket beside the API, on which the server reports on the project's jobs
    while they run.

    Args:
        project_id: The project.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/socket-token".format(
            project_id=path_segment("project_id", project_id),
        ),
    }


def decode(response: httpx.Response) -> SocketAccess:
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
) -> Response[SocketAccess]:
    """A token for the socket of a project.

    A token that opens a WebSocket beside the API, on which the server reports on the project's jobs
    while they run.

    Args:
        project_id: The project.

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
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
) -> SocketAccess:
    """A token for the socket of a project.

    A token that opens a WebSocket beside the API, on which the server reports on the project's jobs
    while they run.

    Args:
        project_id: The project.

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
            )
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
) -> Response[SocketAccess]:
    """A token for the socket of a project.

    A token that opens a WebSocket beside the API, on which the server reports on the project's jobs
    while they run.

    Args:
        project_id: The project.

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
        )
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
) -> SocketAccess:
    """A token for the socket of a project.

    A token that opens a WebSocket beside the API, on which the server reports on the project's jobs
    while they run.

    Args:
        project_id: The project.

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
            )
        )
    )
