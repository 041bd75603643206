"""The query parameters of the calls: their names and types in Python, and how they are put on the wire."""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from .errors import InvalidArgumentError

if TYPE_CHECKING:
    from ei_classify_api.models import DataCategory, DataType, KerasModelVariant, SignatureValidity


class PageFilters(TypedDict, total=False):
    """Which samples of a classify job's result are read. None is as good as leaving a filter out."""

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
    """How one sample is classified. None is as good as leaving an option out."""

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
    encoded = _known(filters, PageFilters)
    if "labels" in encoded:
        encoded["labels"] = encode_texts("labels", encoded["labels"])
    if "metadata" in encoded:
        encoded["metadata"] = _encode_metadata(encoded["metadata"])
    for name in ("min_date", "max_date"):
        if name in encoded:
            _check_instant(name, encoded[name])
    return encoded


def encode_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the generated `request` takes them.

    Raises:
        TypeError: There is no such option.

    """
    return _known(options, VariantOptions)


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


def _known(given: Mapping[str, Any], kind: type) -> dict[str, Any]:
    unknown = sorted(given.keys() - kind.__annotations__.keys())
    if unknown:
        raise TypeError(f"unknown keyword arguments: {', '.join(unknown)}")
    present = {name: value for name, value in given.items() if value is not None}
    for name, value in present.items():
        _check_kind(name, value, _annotation(kind, name))
    return present


def _annotation(kind: type, name: str) -> str:
    annotation = kind.__annotations__[name]
    return str(getattr(annotation, "__forward_arg__", annotation))


def _check_kind(name: str, value: object, annotation: str) -> None:
    """Make sure of a value of which its annotation says all; lists and datetimes have their own checks."""
    if annotation.endswith("str | None"):
        fits, wanted = isinstance(value, str), "text"
    elif annotation == "bool | None":
        fits, wanted = isinstance(value, bool), "True or False"
    elif annotation == "int | None":
        fits, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
    elif annotation == "float | None":
        fits = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        wanted = "a finite number"
    else:
        return
    if not fits:
        raise InvalidArgumentError(f"{name} must be {wanted}, not {value!r}")


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
