from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.classified_sample import ClassifiedSample
from ...models.failure import Failure
from ...models.started_job import StartedJob
from ...types import UNSET, Response, Unset


def _get_kwargs(
    project_id: int,
    sample_id: int,
    *,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["variants"] = variants

    params["includeDebugInfo"] = include_debug_info

    params["impulseId"] = impulse_id

    params["truncateStructuredLabels"] = truncate_structured_labels

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/{project_id}/classify/v2/{sample_id}/variants".format(
            project_id=quote(str(project_id), safe=""),
            sample_id=quote(str(sample_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClassifiedSample | Failure | StartedJob | None:
    if response.status_code == 200:

        def _parse_response_200(data: object) -> ClassifiedSample | Failure | StartedJob:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_200_type_0 = ClassifiedSample.from_dict(data)

                return response_200_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_200_type_1 = StartedJob.from_dict(data)

                return response_200_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_200_type_2 = Failure.from_dict(data)

            return response_200_type_2

        response_200 = _parse_response_200(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = Failure.from_dict(response.json())

        return response_401

    if 400 <= response.status_code <= 499:
        response_4xx = Failure.from_dict(response.json())

        return response_4xx

    if 500 <= response.status_code <= 599:
        response_5xx = Failure.from_dict(response.json())

        return response_5xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ClassifiedSample | Failure | StartedJob]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project_id: int,
    sample_id: int,
    *,
    client: AuthenticatedClient | Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> Response[ClassifiedSample | Failure | StartedJob]:
    """One sample, classified by several model variants

     Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be
    resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id (int):
        sample_id (int):
        variants (str):
        include_debug_info (bool | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClassifiedSample | Failure | StartedJob | Failure]
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        sample_id=sample_id,
        variants=variants,
        include_debug_info=include_debug_info,
        impulse_id=impulse_id,
        truncate_structured_labels=truncate_structured_labels,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    project_id: int,
    sample_id: int,
    *,
    client: AuthenticatedClient | Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> ClassifiedSample | Failure | StartedJob | None:
    """One sample, classified by several model variants

     Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be
    resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id (int):
        sample_id (int):
        variants (str):
        include_debug_info (bool | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClassifiedSample | Failure | StartedJob | Failure
    """

    return sync_detailed(
        project_id=project_id,
        sample_id=sample_id,
        client=client,
        variants=variants,
        include_debug_info=include_debug_info,
        impulse_id=impulse_id,
        truncate_structured_labels=truncate_structured_labels,
    ).parsed


async def asyncio_detailed(
    project_id: int,
    sample_id: int,
    *,
    client: AuthenticatedClient | Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> Response[ClassifiedSample | Failure | StartedJob]:
    """One sample, classified by several model variants

     Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be
    resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id (int):
        sample_id (int):
        variants (str):
        include_debug_info (bool | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClassifiedSample | Failure | StartedJob | Failure]
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        sample_id=sample_id,
        variants=variants,
        include_debug_info=include_debug_info,
        impulse_id=impulse_id,
        truncate_structured_labels=truncate_structured_labels,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    project_id: int,
    sample_id: int,
    *,
    client: AuthenticatedClient | Client,
    variants: str,
    include_debug_info: bool | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
) -> ClassifiedSample | Failure | StartedJob | None:
    """One sample, classified by several model variants

     Slides the impulse's window over the whole sample and classifies every window with each of the model
    variants asked for.

    The answer is the classification, or, where the work takes longer (a long sample, or one that must
    be
    resampled), a started job. In that case wait until the job has finished (`getJobStatus`) and make
    the same call again: that call hands over the result.

    Args:
        project_id (int):
        sample_id (int):
        variants (str):
        include_debug_info (bool | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClassifiedSample | Failure | StartedJob | Failure
    """

    return (
        await asyncio_detailed(
            project_id=project_id,
            sample_id=sample_id,
            client=client,
            variants=variants,
            include_debug_info=include_debug_info,
            impulse_id=impulse_id,
            truncate_structured_labels=truncate_structured_labels,
        )
    ).parsed
