import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.classify_job_result_page import ClassifyJobResultPage
from ...models.data_category import DataCategory
from ...models.data_type import DataType
from ...models.failure import Failure
from ...models.keras_model_variant import KerasModelVariant
from ...models.signature_validity import SignatureValidity
from ...types import UNSET, Response, Unset


def _get_kwargs(
    project_id: int,
    *,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    labels: str | Unset = UNSET,
    filename: str | Unset = UNSET,
    min_length: int | Unset = UNSET,
    max_length: int | Unset = UNSET,
    min_frequency: float | Unset = UNSET,
    max_frequency: float | Unset = UNSET,
    signature_validity: SignatureValidity | str | Unset = UNSET,
    min_label: float | Unset = UNSET,
    max_label: float | Unset = UNSET,
    search: str | Unset = UNSET,
    data_type: DataType | str | Unset = UNSET,
    min_id: int | Unset = UNSET,
    max_id: int | Unset = UNSET,
    metadata: str | Unset = UNSET,
    min_date: datetime.datetime | Unset = UNSET,
    max_date: datetime.datetime | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["limit"] = limit

    params["offset"] = offset

    json_variant: str | Unset
    if isinstance(variant, Unset):
        json_variant = UNSET
    elif isinstance(variant, KerasModelVariant):
        json_variant = variant.value
    else:
        json_variant = variant
    params["variant"] = json_variant

    params["impulseId"] = impulse_id

    params["truncateStructuredLabels"] = truncate_structured_labels

    params["labels"] = labels

    params["filename"] = filename

    params["minLength"] = min_length

    params["maxLength"] = max_length

    params["minFrequency"] = min_frequency

    params["maxFrequency"] = max_frequency

    json_signature_validity: str | Unset
    if isinstance(signature_validity, Unset):
        json_signature_validity = UNSET
    elif isinstance(signature_validity, SignatureValidity):
        json_signature_validity = signature_validity.value
    else:
        json_signature_validity = signature_validity
    params["signatureValidity"] = json_signature_validity

    params["minLabel"] = min_label

    params["maxLabel"] = max_label

    params["search"] = search

    json_data_type: str | Unset
    if isinstance(data_type, Unset):
        json_data_type = UNSET
    elif isinstance(data_type, DataType):
        json_data_type = data_type.value
    else:
        json_data_type = data_type
    params["dataType"] = json_data_type

    params["minId"] = min_id

    params["maxId"] = max_id

    params["metadata"] = metadata

    json_min_date: str | Unset = UNSET
    if not isinstance(min_date, Unset):
        json_min_date = min_date.isoformat()
    params["minDate"] = json_min_date

    json_max_date: str | Unset = UNSET
    if not isinstance(max_date, Unset):
        json_max_date = max_date.isoformat()
    params["maxDate"] = json_max_date

    json_category: str | Unset
    if isinstance(category, Unset):
        json_category = UNSET
    elif isinstance(category, DataCategory):
        json_category = category.value
    else:
        json_category = category
    params["category"] = json_category

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/{project_id}/classify/all/result/page".format(
            project_id=quote(str(project_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ClassifyJobResultPage | Failure | None:
    if response.status_code == 200:

        def _parse_response_200(data: object) -> ClassifyJobResultPage | Failure:
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                response_200_type_0 = ClassifyJobResultPage.from_dict(data)

                return response_200_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            if not isinstance(data, dict):
                raise TypeError()
            response_200_type_1 = Failure.from_dict(data)

            return response_200_type_1

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
) -> Response[ClassifyJobResultPage | Failure]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    project_id: int,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    labels: str | Unset = UNSET,
    filename: str | Unset = UNSET,
    min_length: int | Unset = UNSET,
    max_length: int | Unset = UNSET,
    min_frequency: float | Unset = UNSET,
    max_frequency: float | Unset = UNSET,
    signature_validity: SignatureValidity | str | Unset = UNSET,
    min_label: float | Unset = UNSET,
    max_label: float | Unset = UNSET,
    search: str | Unset = UNSET,
    data_type: DataType | str | Unset = UNSET,
    min_id: int | Unset = UNSET,
    max_id: int | Unset = UNSET,
    metadata: str | Unset = UNSET,
    min_date: datetime.datetime | Unset = UNSET,
    max_date: datetime.datetime | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> Response[ClassifyJobResultPage | Failure]:
    """A page of a classify job's result

     The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with
    `No model testing results found, run 'startClassifyJob' first`. For a short time after a classify
    job has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id (int):
        limit (int | Unset):
        offset (int | Unset):
        variant (KerasModelVariant | str | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):
        labels (str | Unset):
        filename (str | Unset):
        min_length (int | Unset):
        max_length (int | Unset):
        min_frequency (float | Unset):
        max_frequency (float | Unset):
        signature_validity (SignatureValidity | str | Unset):
        min_label (float | Unset):
        max_label (float | Unset):
        search (str | Unset):
        data_type (DataType | str | Unset):
        min_id (int | Unset):
        max_id (int | Unset):
        metadata (str | Unset):
        min_date (datetime.datetime | Unset):
        max_date (datetime.datetime | Unset):
        category (DataCategory | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClassifyJobResultPage | Failure | Failure]
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        limit=limit,
        offset=offset,
        variant=variant,
        impulse_id=impulse_id,
        truncate_structured_labels=truncate_structured_labels,
        labels=labels,
        filename=filename,
        min_length=min_length,
        max_length=max_length,
        min_frequency=min_frequency,
        max_frequency=max_frequency,
        signature_validity=signature_validity,
        min_label=min_label,
        max_label=max_label,
        search=search,
        data_type=data_type,
        min_id=min_id,
        max_id=max_id,
        metadata=metadata,
        min_date=min_date,
        max_date=max_date,
        category=category,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    project_id: int,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    labels: str | Unset = UNSET,
    filename: str | Unset = UNSET,
    min_length: int | Unset = UNSET,
    max_length: int | Unset = UNSET,
    min_frequency: float | Unset = UNSET,
    max_frequency: float | Unset = UNSET,
    signature_validity: SignatureValidity | str | Unset = UNSET,
    min_label: float | Unset = UNSET,
    max_label: float | Unset = UNSET,
    search: str | Unset = UNSET,
    data_type: DataType | str | Unset = UNSET,
    min_id: int | Unset = UNSET,
    max_id: int | Unset = UNSET,
    metadata: str | Unset = UNSET,
    min_date: datetime.datetime | Unset = UNSET,
    max_date: datetime.datetime | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> ClassifyJobResultPage | Failure | None:
    """A page of a classify job's result

     The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with
    `No model testing results found, run 'startClassifyJob' first`. For a short time after a classify
    job has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id (int):
        limit (int | Unset):
        offset (int | Unset):
        variant (KerasModelVariant | str | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):
        labels (str | Unset):
        filename (str | Unset):
        min_length (int | Unset):
        max_length (int | Unset):
        min_frequency (float | Unset):
        max_frequency (float | Unset):
        signature_validity (SignatureValidity | str | Unset):
        min_label (float | Unset):
        max_label (float | Unset):
        search (str | Unset):
        data_type (DataType | str | Unset):
        min_id (int | Unset):
        max_id (int | Unset):
        metadata (str | Unset):
        min_date (datetime.datetime | Unset):
        max_date (datetime.datetime | Unset):
        category (DataCategory | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClassifyJobResultPage | Failure | Failure
    """

    return sync_detailed(
        project_id=project_id,
        client=client,
        limit=limit,
        offset=offset,
        variant=variant,
        impulse_id=impulse_id,
        truncate_structured_labels=truncate_structured_labels,
        labels=labels,
        filename=filename,
        min_length=min_length,
        max_length=max_length,
        min_frequency=min_frequency,
        max_frequency=max_frequency,
        signature_validity=signature_validity,
        min_label=min_label,
        max_label=max_label,
        search=search,
        data_type=data_type,
        min_id=min_id,
        max_id=max_id,
        metadata=metadata,
        min_date=min_date,
        max_date=max_date,
        category=category,
    ).parsed


async def asyncio_detailed(
    project_id: int,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    labels: str | Unset = UNSET,
    filename: str | Unset = UNSET,
    min_length: int | Unset = UNSET,
    max_length: int | Unset = UNSET,
    min_frequency: float | Unset = UNSET,
    max_frequency: float | Unset = UNSET,
    signature_validity: SignatureValidity | str | Unset = UNSET,
    min_label: float | Unset = UNSET,
    max_label: float | Unset = UNSET,
    search: str | Unset = UNSET,
    data_type: DataType | str | Unset = UNSET,
    min_id: int | Unset = UNSET,
    max_id: int | Unset = UNSET,
    metadata: str | Unset = UNSET,
    min_date: datetime.datetime | Unset = UNSET,
    max_date: datetime.datetime | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> Response[ClassifyJobResultPage | Failure]:
    """A page of a classify job's result

     The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with
    `No model testing results found, run 'startClassifyJob' first`. For a short time after a classify
    job has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id (int):
        limit (int | Unset):
        offset (int | Unset):
        variant (KerasModelVariant | str | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):
        labels (str | Unset):
        filename (str | Unset):
        min_length (int | Unset):
        max_length (int | Unset):
        min_frequency (float | Unset):
        max_frequency (float | Unset):
        signature_validity (SignatureValidity | str | Unset):
        min_label (float | Unset):
        max_label (float | Unset):
        search (str | Unset):
        data_type (DataType | str | Unset):
        min_id (int | Unset):
        max_id (int | Unset):
        metadata (str | Unset):
        min_date (datetime.datetime | Unset):
        max_date (datetime.datetime | Unset):
        category (DataCategory | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ClassifyJobResultPage | Failure | Failure]
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        limit=limit,
        offset=offset,
        variant=variant,
        impulse_id=impulse_id,
        truncate_structured_labels=truncate_structured_labels,
        labels=labels,
        filename=filename,
        min_length=min_length,
        max_length=max_length,
        min_frequency=min_frequency,
        max_frequency=max_frequency,
        signature_validity=signature_validity,
        min_label=min_label,
        max_label=max_label,
        search=search,
        data_type=data_type,
        min_id=min_id,
        max_id=max_id,
        metadata=metadata,
        min_date=min_date,
        max_date=max_date,
        category=category,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    project_id: int,
    *,
    client: AuthenticatedClient | Client,
    limit: int | Unset = UNSET,
    offset: int | Unset = UNSET,
    variant: KerasModelVariant | str | Unset = UNSET,
    impulse_id: int | Unset = UNSET,
    truncate_structured_labels: bool | Unset = UNSET,
    labels: str | Unset = UNSET,
    filename: str | Unset = UNSET,
    min_length: int | Unset = UNSET,
    max_length: int | Unset = UNSET,
    min_frequency: float | Unset = UNSET,
    max_frequency: float | Unset = UNSET,
    signature_validity: SignatureValidity | str | Unset = UNSET,
    min_label: float | Unset = UNSET,
    max_label: float | Unset = UNSET,
    search: str | Unset = UNSET,
    data_type: DataType | str | Unset = UNSET,
    min_id: int | Unset = UNSET,
    max_id: int | Unset = UNSET,
    metadata: str | Unset = UNSET,
    min_date: datetime.datetime | Unset = UNSET,
    max_date: datetime.datetime | Unset = UNSET,
    category: DataCategory | str | Unset = UNSET,
) -> ClassifyJobResultPage | Failure | None:
    """A page of a classify job's result

     The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with
    `No model testing results found, run 'startClassifyJob' first`. For a short time after a classify
    job has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id (int):
        limit (int | Unset):
        offset (int | Unset):
        variant (KerasModelVariant | str | Unset):
        impulse_id (int | Unset):
        truncate_structured_labels (bool | Unset):
        labels (str | Unset):
        filename (str | Unset):
        min_length (int | Unset):
        max_length (int | Unset):
        min_frequency (float | Unset):
        max_frequency (float | Unset):
        signature_validity (SignatureValidity | str | Unset):
        min_label (float | Unset):
        max_label (float | Unset):
        search (str | Unset):
        data_type (DataType | str | Unset):
        min_id (int | Unset):
        max_id (int | Unset):
        metadata (str | Unset):
        min_date (datetime.datetime | Unset):
        max_date (datetime.datetime | Unset):
        category (DataCategory | str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ClassifyJobResultPage | Failure | Failure
    """

    return (
        await asyncio_detailed(
            project_id=project_id,
            client=client,
            limit=limit,
            offset=offset,
            variant=variant,
            impulse_id=impulse_id,
            truncate_structured_labels=truncate_structured_labels,
            labels=labels,
            filename=filename,
            min_length=min_length,
            max_length=max_length,
            min_frequency=min_frequency,
            max_frequency=max_frequency,
            signature_validity=signature_validity,
            min_label=min_label,
            max_label=max_label,
            search=search,
            data_type=data_type,
            min_id=min_id,
            max_id=max_id,
            metadata=metadata,
            min_date=min_date,
            max_date=max_date,
            category=category,
        )
    ).parsed
