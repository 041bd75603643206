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

    The stored result of the project's last classify job ("model testing" in Studio), one slice of
    samples per call. Each sample comes with the output of every learn block for each of its windows,
    and with the predictions for those windows.

    Until a classify job has run, and while a training job is running, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. Shortly after a classify job has
    finished, the call may still be refused in this way, or `result` may still be empty.

    Args:
        project_id: The project.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
        labels: Only samples with one of these labels: a JSON list of strings, written as one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples with a valid signature, only those with an invalid one, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that match this free text.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter on the samples' metadata: a JSON list, written as one string. Each entry has a
            `key`, an `op` (`eq` to keep matching samples, `neq` to exclude them) and, optionally, the
            `values` to compare with; without `values`, any value of the key matches. Two other entries
            set options: `{"no_metadata": true}` keeps samples that have no metadata, and
            `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or any of
            them.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
        category: The data set that is classified, or whose results are returned; by default the testing set.

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

    The stored result of the project's last classify job ("model testing" in Studio), one slice of
    samples per call. Each sample comes with the output of every learn block for each of its windows,
    and with the predictions for those windows.

    Until a classify job has run, and while a training job is running, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. Shortly after a classify job has
    finished, the call may still be refused in this way, or `result` may still be empty.

    Args:
        project_id: The project.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
        labels: Only samples with one of these labels: a JSON list of strings, written as one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples with a valid signature, only those with an invalid one, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that match this free text.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter on the samples' metadata: a JSON list, written as one string. Each entry has a
            `key`, an `op` (`eq` to keep matching samples, `neq` to exclude them) and, optionally, the
            `values` to compare with; without `values`, any value of the key matches. Two other entries
            set options: `{"no_metadata": true}` keeps samples that have no metadata, and
            `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or any of
            them.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
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

    The stored result of the project's last classify job ("model testing" in Studio), one slice of
    samples per call. Each sample comes with the output of every learn block for each of its windows,
    and with the predictions for those windows.

    Until a classify job has run, and while a training job is running, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. Shortly after a classify job has
    finished, the call may still be refused in this way, or `result` may still be empty.

    Args:
        project_id: The project.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
        labels: Only samples with one of these labels: a JSON list of strings, written as one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples with a valid signature, only those with an invalid one, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that match this free text.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter on the samples' metadata: a JSON list, written as one string. Each entry has a
            `key`, an `op` (`eq` to keep matching samples, `neq` to exclude them) and, optionally, the
            `values` to compare with; without `values`, any value of the key matches. Two other entries
            set options: `{"no_metadata": true}` keeps samples that have no metadata, and
            `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or any of
            them.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
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

    The stored result of the project's last classify job ("model testing" in Studio), one slice of
    samples per call. Each sample comes with the output of every learn block for each of its windows,
    and with the predictions for those windows.

    Until a classify job has run, and while a training job is running, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. Shortly after a classify job has
    finished, the call may still be refused in this way, or `result` may still be empty.

    Args:
        project_id: The project.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
        labels: Only samples with one of these labels: a JSON list of strings, written as one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples with a valid signature, only those with an invalid one, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that match this free text.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter on the samples' metadata: a JSON list, written as one string. Each entry has a
            `key`, an `op` (`eq` to keep matching samples, `neq` to exclude them) and, optionally, the
            `values` to compare with; without `values`, any value of the key matches. Two other entries
            set options: `{"no_metadata": true}` keeps samples that have no metadata, and
            `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or any of
            them.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
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

    The stored result of the project's last classify job ("model testing" in Studio), one slice of
    samples per call. Each sample comes with the output of every learn block for each of its windows,
    and with the predictions for those windows.

    Until a classify job has run, and while a training job is running, the call is refused with `No
    model testing results found, run 'startClassifyJob' first`. Shortly after a classify job has
    finished, the call may still be refused in this way, or `result` may still be empty.

    Args:
        project_id: The project.
        limit: The maximum number of entries to return, such as the samples of a page. The server may
            return fewer: at the end of the list, or because it has a limit of its own.
        offset: The number of entries to skip, such as the samples of earlier pages; 0 for the first page.
        variant: The model variant whose result is returned. If omitted, the server chooses one.
        impulse_id: The impulse. If omitted, the project's default impulse is used.
        truncate_structured_labels: If true, a sample with many structured labels is returned with only the first few of them.
        labels: Only samples with one of these labels: a JSON list of strings, written as one string.
        filename: Only samples whose file name contains this text.
        min_length: Only samples longer than this, in milliseconds (exclusive).
        max_length: Only samples shorter than this, in milliseconds (exclusive).
        min_frequency: Only samples recorded faster than this, in hertz (exclusive).
        max_frequency: Only samples recorded slower than this, in hertz (exclusive).
        signature_validity: Only samples with a valid signature, only those with an invalid one, or both.
        min_label: Regression. Only samples whose label is at least this number (inclusive).
        max_label: Regression. Only samples whose label is below this number (exclusive).
        search: Only samples that match this free text.
        data_type: Only samples of this kind of data.
        min_id: Only samples whose id is at least this (inclusive).
        max_id: Only samples whose id is below this (exclusive).
        metadata: A filter on the samples' metadata: a JSON list, written as one string. Each entry has a
            `key`, an `op` (`eq` to keep matching samples, `neq` to exclude them) and, optionally, the
            `values` to compare with; without `values`, any value of the key matches. Two other entries
            set options: `{"no_metadata": true}` keeps samples that have no metadata, and
            `{"filters_combinator": "and"}` (or `"or"`) says whether all entries must match or any of
            them.
        min_date: Only samples added after this instant (exclusive).
        max_date: Only samples added before this instant (exclusive).
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
