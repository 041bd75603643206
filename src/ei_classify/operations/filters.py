"""The query parameters of calls: their names and types in Python, and how they are sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page

from ei_classify.errors import InvalidArgumentError

from .arguments import check_named, check_text, encode_texts

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from ei_classify_api.models import DataCategory, DataType, KerasModelVariant, SignatureValidity

    Variants: TypeAlias = KerasModelVariant | str | Sequence[KerasModelVariant | str] | None
    """One model variant, several, or None for the one that the server chooses."""


class SampleFilters(TypedDict, total=False):
    """`PageFilters` without the variant."""

    impulse_id: int | None
    """The impulse; by default, the project's default impulse."""
    truncate_structured_labels: bool | None
    """Whether to shorten long lists of structured labels to the first few."""
    labels: Sequence[str] | None
    """Only samples with one of these labels."""
    filename: str | None
    """Only samples whose file name contains this text."""
    min_length: int | None
    """Only samples longer than this, in milliseconds (exclusive)."""
    max_length: int | None
    """Only samples shorter than this, in milliseconds (exclusive)."""
    min_frequency: float | None
    """Only samples recorded faster than this, in hertz (exclusive)."""
    max_frequency: float | None
    """Only samples recorded slower than this, in hertz (exclusive)."""
    signature_validity: SignatureValidity | str | None
    """Only samples with a valid signature, only samples with an invalid one, or both."""
    min_label: float | None
    """Regression: only samples whose label is at least this."""
    max_label: float | None
    """Regression: only samples whose label is below this."""
    search: str | None
    """Only samples that match this free text."""
    data_type: DataType | str | None
    """Only samples of this kind of data."""
    min_id: int | None
    """Only samples whose id is at least this."""
    max_id: int | None
    """Only samples whose id is below this."""
    metadata: Sequence[Mapping[str, object]] | None
    """Only samples whose metadata match, such as `[{"key": "site", "op": "eq", "values": ["lab"]}]`."""
    min_date: datetime.datetime | None
    """Only samples added after this time, which must have a time zone."""
    max_date: datetime.datetime | None
    """Only samples added before this time, which must have a time zone."""
    category: DataCategory | str | None
    """The data set that was classified; by default, the testing set."""


class PageFilters(SampleFilters, total=False):
    """Filters that select samples of a classify job's result. A filter that is None has no effect.

    Query parameters that are added to the contract are accepted too.
    """

    variant: KerasModelVariant | str | None
    """The model variant whose result is read, such as `int8`; by default, the server chooses."""


class VariantOptions(TypedDict, total=False):
    """Options for classifying one sample. An option that is None has no effect.

    Query parameters that are added to the contract are accepted too.
    """

    impulse_id: int | None
    """The impulse; by default, the project's default impulse."""
    include_debug_info: bool | None
    """Whether FOMO results include how their centroids were matched with the expected objects."""
    truncate_structured_labels: bool | None
    """Whether to shorten long lists of structured labels to the first few."""


def variants_of(variant: Variants) -> list[KerasModelVariant | str | None]:
    """Return the variants of a call that takes one, several or none, each once.

    Raises:
        InvalidArgumentError: They are an empty list.
    """
    if variant is None or isinstance(variant, str) or not isinstance(variant, Iterable):
        return [variant]
    several: list[KerasModelVariant | str | None] = list(dict.fromkeys(variant))
    if not several:
        raise InvalidArgumentError("must be a variant, or a list of at least one", name="variant")
    return several


def encode_filters(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters as arguments of the generated `request`.

    Raises:
        InvalidArgumentError: A value has the wrong type.
        TypeError: There is no such filter.
    """
    encoded = dict(filters)
    if encoded.get("labels") is not None:
        encoded["labels"] = encode_texts("labels", encoded["labels"])
    if encoded.get("metadata") is not None:
        encoded["metadata"] = _encode_metadata(encoded["metadata"])
    return check_named(encoded, get_classify_job_result_page.request, "project_id", "limit", "offset")


def encode_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options as arguments of the generated `request`.

    Raises:
        InvalidArgumentError: A value has the wrong type.
        TypeError: There is no such option.
    """
    return check_named(options, classify_sample_for_variants.request, "project_id", "sample_id", "variants")


def _encode_metadata(filters: object) -> str:
    if isinstance(filters, (str, bytes, Mapping)) or not isinstance(filters, Iterable):
        raise InvalidArgumentError(
            'must be a list of filters, such as [{"key": "site", "op": "eq"}]', name="metadata"
        )
    values = [dict(each) if isinstance(each, Mapping) else each for each in filters]
    if not all(isinstance(each, dict) for each in values):
        raise InvalidArgumentError(
            "must be a list of filters, each a mapping with the keys `key`, `op` and `values`",
            name="metadata",
        )
    try:
        encoded = json.dumps(values, ensure_ascii=False, allow_nan=False)
        texts = list(_texts(values))
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidArgumentError(f"cannot be written as JSON: {error}", name="metadata") from error
    for text in texts:
        check_text("metadata", text)
    return encoded


def _texts(value: object) -> Iterator[str]:
    """Yield all texts in a JSON value, including the names of properties."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for pair in value.items():
            yield from _texts(pair)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
