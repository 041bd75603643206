from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ...models.classify_job_result_page import ClassifyJobResultPage
from ...models.data_category import DataCategory
from ...models.data_type import DataType
from ...models.keras_model_variant import KerasModelVariant
from ...models.signature_validity import SignatureValidity
from ...types import UNSET, Response, Unset
from .. import Operation, given, path_segment

if TYPE_CHECKING:
    import httpx

    from ...client import Client

OPERATION: Operation[ClassifyJobResultPage] = Operation(
    "get_classify_job_result_page",
    "GET",
    "/api/{project_id}/classify/all/result/page",
    {
        ClassifyJobResultPage: (
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
    """A page of a classify job's result.

    The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. For a short time after a classify job
    has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id: The project.
        limit: The most samples the page may hold. The server may send fewer, at the end of the result or
            because it has a cap of its own.
        offset: How many samples to skip before the page begins; the first page has offset 0.
        variant: The model variant whose result is read. Left out, the server chooses.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.
        labels: Only samples with one of these labels: a JSON list of strings, written into this one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples whose signature is valid, only those where it is not, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that this free text finds.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter over the samples' metadata: a JSON list, written into this one string. Each entry
            names a `key`, an `op` (`eq` to keep matches, `neq` to leave them out) and, optionally, the
            `values` to compare with; without values, every value of the key matches. Two entries of
            another form set options: `{"no_metadata": true}` keeps samples that have no metadata at
            all, and `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or
            any.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
        category: The data set whose classify job is read. Left out, it is the testing set.

    Returns:
        Keyword arguments for `httpx.Client.request`.

    Raises:
        ValueError: An argument cannot be sent.
    """
    return {
        "method": "GET",
        "url": "/api/{project_id}/classify/all/result/page".format(
            project_id=path_segment("project_id", project_id),
        ),
        "params": given(
            {
                "limit": limit,
                "offset": offset,
                "variant": variant,
                "impulseId": impulse_id,
                "truncateStructuredLabels": truncate_structured_labels,
                "labels": labels,
                "filename": filename,
                "minLength": min_length,
                "maxLength": max_length,
                "minFrequency": min_frequency,
                "maxFrequency": max_frequency,
                "signatureValidity": signature_validity,
                "minLabel": min_label,
                "maxLabel": max_label,
                "search": search,
                "dataType": data_type,
                "minId": min_id,
                "maxId": max_id,
                "metadata": metadata,
                "minDate": min_date,
                "maxDate": max_date,
                "category": category,
            }
        ),
    }


def decode(response: httpx.Response) -> ClassifyJobResultPage:
    """The typed answer in the response to `request`.

    Raises:
        FailureError: The server answered `success: false`.
        StatusError: The HTTP status is not 2xx.
        UnexpectedAnswerError: The body is not an answer that the contract knows.
    """
    return OPERATION.decode(response)


def sync_detailed(
    project_id: int,
    *,
    client: Client,
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
) -> Response[ClassifyJobResultPage]:
    """A page of a classify job's result.

    The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. For a short time after a classify job
    has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id: The project.
        limit: The most samples the page may hold. The server may send fewer, at the end of the result or
            because it has a cap of its own.
        offset: How many samples to skip before the page begins; the first page has offset 0.
        variant: The model variant whose result is read. Left out, the server chooses.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.
        labels: Only samples with one of these labels: a JSON list of strings, written into this one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples whose signature is valid, only those where it is not, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that this free text finds.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter over the samples' metadata: a JSON list, written into this one string. Each entry
            names a `key`, an `op` (`eq` to keep matches, `neq` to leave them out) and, optionally, the
            `values` to compare with; without values, every value of the key matches. Two entries of
            another form set options: `{"no_metadata": true}` keeps samples that have no metadata at
            all, and `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or
            any.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
        category: The data set whose classify job is read. Left out, it is the testing set.

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
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


def sync(
    project_id: int,
    *,
    client: Client,
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
) -> ClassifyJobResultPage:
    """A page of a classify job's result.

    The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. For a short time after a classify job
    has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id: The project.
        limit: The most samples the page may hold. The server may send fewer, at the end of the result or
            because it has a cap of its own.
        offset: How many samples to skip before the page begins; the first page has offset 0.
        variant: The model variant whose result is read. Left out, the server chooses.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.
        labels: Only samples with one of these labels: a JSON list of strings, written into this one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples whose signature is valid, only those where it is not, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that this free text finds.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter over the samples' metadata: a JSON list, written into this one string. Each entry
            names a `key`, an `op` (`eq` to keep matches, `neq` to leave them out) and, optionally, the
            `values` to compare with; without values, every value of the key matches. Two entries of
            another form set options: `{"no_metadata": true}` keeps samples that have no metadata at
            all, and `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or
            any.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
        category: The data set whose classify job is read. Left out, it is the testing set.

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
        )
    )


async def asyncio_detailed(
    project_id: int,
    *,
    client: Client,
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
) -> Response[ClassifyJobResultPage]:
    """A page of a classify job's result.

    The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. For a short time after a classify job
    has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id: The project.
        limit: The most samples the page may hold. The server may send fewer, at the end of the result or
            because it has a cap of its own.
        offset: How many samples to skip before the page begins; the first page has offset 0.
        variant: The model variant whose result is read. Left out, the server chooses.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.
        labels: Only samples with one of these labels: a JSON list of strings, written into this one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples whose signature is valid, only those where it is not, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that this free text finds.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter over the samples' metadata: a JSON list, written into this one string. Each entry
            names a `key`, an `op` (`eq` to keep matches, `neq` to leave them out) and, optionally, the
            `values` to compare with; without values, every value of the key matches. Two entries of
            another form set options: `{"no_metadata": true}` keeps samples that have no metadata at
            all, and `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or
            any.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
        category: The data set whose classify job is read. Left out, it is the testing set.

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
    )
    return Response(response.status_code, response.headers, response.content, decode(response))


async def asyncio(
    project_id: int,
    *,
    client: Client,
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
) -> ClassifyJobResultPage:
    """A page of a classify job's result.

    The stored result of the project's last classify job ("model testing" in Studio), a slice of samples
    at a time: each sample with what every learn block made of each of its windows, and the predictions
    for those windows.

    Until a classify job has run, and while a training job is in flight, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. For a short time after a classify job
    has finished, that refusal or an empty `result` can still come back.

    Args:
        project_id: The project.
        limit: The most samples the page may hold. The server may send fewer, at the end of the result or
            because it has a cap of its own.
        offset: How many samples to skip before the page begins; the first page has offset 0.
        variant: The model variant whose result is read. Left out, the server chooses.
        impulse_id: The impulse. Left out, the project's default impulse is used.
        truncate_structured_labels: When true, a sample that carries many structured labels comes with the first few of them
            only.
        labels: Only samples with one of these labels: a JSON list of strings, written into this one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples whose signature is valid, only those where it is not, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that this free text finds.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter over the samples' metadata: a JSON list, written into this one string. Each entry
            names a `key`, an `op` (`eq` to keep matches, `neq` to leave them out) and, optionally, the
            `values` to compare with; without values, every value of the key matches. Two entries of
            another form set options: `{"no_metadata": true}` keeps samples that have no metadata at
            all, and `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or
            any.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
        category: The data set whose classify job is read. Left out, it is the testing set.

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
        )
    )
