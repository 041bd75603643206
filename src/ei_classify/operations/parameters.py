"""The query parameters of the calls: their names and types in Python, and how they are put on the wire."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from ei_classify_api.api.classify import classify_sample_for_variants, get_classify_job_result_page

from ei_classify.errors import InvalidArgumentError

if TYPE_CHECKING:
    from ei_classify_api.models import DataCategory, DataType, KerasModelVariant, SignatureValidity


class PageFilters(TypedDict, total=False):
    """Which samples of a classify job's result are read. None is as good as leaving a filter out.

    A query parameter that the contract has gained since is taken as well.
    """

    variant: KerasModelVariant | str | None
    """The model variant whose result is read, such as `int8`."""
    impulse_id: int | None
    """The impulse; else the project's default impulse."""
    truncate_structured_labels: bool | None
    """Whether samples with many structured labels come with the first few only."""
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
    """Only samples with a valid signature, with an invalid one, or both."""
    min_label: float | None
    """Regression: only samples whose label is at least this."""
    max_label: float | None
    """Regression: only samples whose label is below this."""
    search: str | None
    """Only samples that this free text finds."""
    data_type: DataType | str | None
    """Only samples of this kind of data."""
    min_id: int | None
    """Only samples whose id is at least this."""
    max_id: int | None
    """Only samples whose id is below this."""
    metadata: Sequence[Mapping[str, object]] | None
    """Only samples whose metadata fit, such as `[{"key": "site", "op": "eq", "values": ["lab"]}]`."""
    min_date: datetime.datetime | None
    """Only samples added after this instant; with a time zone."""
    max_date: datetime.datetime | None
    """Only samples added before this instant; with a time zone."""
    category: DataCategory | str | None
    """The data set whose classify job is read; else the testing set."""


class VariantOptions(TypedDict, total=False):
    """How one sample is classified. None is as good as leaving an option out.

    A query parameter that the contract has gained since is taken as well.
    """

    impulse_id: int | None
    """The impulse; else the project's default impulse."""
    include_debug_info: bool | None
    """Whether FOMO results say how their centroids were matched with the expected objects."""
    truncate_structured_labels: bool | None
    """Whether samples with many structured labels come with the first few only."""


def encode_filters(filters: Mapping[str, Any]) -> dict[str, Any]:
    """The filters as the generated `request` takes them.

    Raises:
        InvalidArgumentError: A value cannot mean what the caller intends.
        TypeError: There is no such filter.

    """
    encoded = dict(filters)
    if encoded.get("labels") is not None:
        encoded["labels"] = encode_texts("labels", encoded["labels"])
    if encoded.get("metadata") is not None:
        encoded["metadata"] = _encode_metadata(encoded["metadata"])
    return _checked(encoded, get_classify_job_result_page.request, "project_id", "limit", "offset")


def encode_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the generated `request` takes them.

    Raises:
        InvalidArgumentError: A value cannot mean what the caller intends.
        TypeError: There is no such option.

    """
    return _checked(options, classify_sample_for_variants.request, "project_id", "sample_id", "variants")


def encode_texts(name: str, texts: Iterable[str]) -> str:
    """A list of texts as the JSON list that the wire wants in one string.

    Raises:
        InvalidArgumentError: It is a single text or holds something else than texts, or nothing.

    """
    if isinstance(texts, (str, bytes)):
        raise InvalidArgumentError(f"{name} must be a list of texts, such as [{texts!r}], not a single text")
    if not isinstance(texts, Iterable):
        raise InvalidArgumentError(f"{name} must be a list of texts, not {texts!r}")
    values = list(texts)
    if not values or not all(isinstance(text, str) for text in values):
        raise InvalidArgumentError(f"{name} must be a list of at least one text, not {values!r}")
    return json.dumps([str(text) for text in values], ensure_ascii=False)


def check_count(name: str, value: object, least: int) -> None:
    """Make sure of a whole number that is large enough.

    Raises:
        InvalidArgumentError: It is not.

    """
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InvalidArgumentError(f"{name} must be a whole number of at least {least}, not {value!r}")


def _checked(
    given: Mapping[str, Any], request: Callable[..., dict[str, Any]], *others: str
) -> dict[str, Any]:
    """What was given and is not None: of the parameters of `request` without the others, each of its kind.

    The contract decides, so that what it gains can be given before a type checker knows of it.
    """
    kinds = {name: kind for name, kind in request.__annotations__.items() if name not in (*others, "return")}
    unknown = sorted(given.keys() - kinds.keys())
    if unknown:
        raise TypeError(f"unknown keyword arguments: {', '.join(unknown)}")
    present = {name: value for name, value in given.items() if value is not None}
    for name, value in present.items():
        _check_kind(name, value, kinds[name])
    return present


def _check_kind(name: str, value: object, annotation: str) -> None:
    """Make sure of a value of which its annotation says all."""
    kinds = annotation.split(" | ")
    if "datetime.datetime" in kinds:
        _check_instant(name, value)
    known = [_KINDS[kind] for kind in kinds if kind in _KINDS]
    if known and not any(fits(value) for _, fits in known):
        wanted = " or ".join(words for words, _ in known)
        raise InvalidArgumentError(f"{name} must be {wanted}, not {value!r}")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_finite(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


_KINDS: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "str": ("text", lambda value: isinstance(value, str)),
    "bool": ("True or False", lambda value: isinstance(value, bool)),
    "int": ("a whole number", _is_whole),
    "float": ("a finite number", _is_finite),
}


def _encode_metadata(filters: object) -> str:
    if isinstance(filters, (str, bytes, Mapping)) or not isinstance(filters, Iterable):
        raise InvalidArgumentError(
            'metadata must be a list of filters, such as [{"key": "site", "op": "eq"}]'
        )
    values = [dict(each) if isinstance(each, Mapping) else each for each in filters]
    if not all(isinstance(each, dict) for each in values):
        raise InvalidArgumentError("metadata: each filter must be a mapping with the keys key, op and values")
    try:
        return json.dumps(values, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"metadata cannot be written as JSON: {error}") from error


def _check_instant(name: str, value: object) -> None:
    if not isinstance(value, datetime.datetime) or value.utcoffset() is None:
        raise InvalidArgumentError(
            f"{name} must be a datetime with a time zone, such as "
            f"datetime(2025, 6, 4, tzinfo=timezone.utc), not {value!r}"
        )
