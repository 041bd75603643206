from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...models.project_list import ProjectList
from ...types import Response
from .. import Operation

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[ProjectList] = Operation(
    "list_projects",
    "GET",
    "/api/projects",
    {
        ProjectList: (
            "success",
            "projects",
        ),
    },
    repeatable=True,
)


def request() -> dict[str, Any]:
    """The projects that a key opens.

    The projects that the key or token gives access to. An API key opens one project, so its answer
    names it.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/projects",
    }


def decode(response: httpx.Response) -> ProjectList:
    """Returns the typed answer in the response to `request`.

    Raises:
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
    """
    return OPERATION.decode(response)


def sync_detailed(
    *,
    client: Client,
) -> Response[ProjectList]:
    """The projects that a key opens.

    The projects that the key or token gives access to. An API key opens one project, so its answer
    names it.

    Returns:
        The answer, with its status and headers.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    response = client.send(request())
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    *,
    client: Client,
) -> ProjectList:
    """The projects that a key opens.

    The projects that the key or token gives access to. An API key opens one project, so its answer
    names it.

    Returns:
        The answer.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    return decode(client.send(request()))


async def asyncio_detailed(
    *,
    client: Client,
) -> Response[ProjectList]:
    """The projects that a key opens.

    The projects that the key or token gives access to. An API key opens one project, so its answer
    names it.

    Returns:
        The answer, with its status and headers.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    response = await client.asend(request())
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    *,
    client: Client,
) -> ProjectList:
    """The projects that a key opens.

    The projects that the key or token gives access to. An API key opens one project, so its answer
    names it.

    Returns:
        The answer.

    Raises:
        ValueError: An argument cannot be sent.
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract describes.
        httpx.HTTPError: There is no response, because of a timeout or a failed connection.
    """
    return decode(await client.asend(request()))
