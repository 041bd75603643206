"""Reads pages of a classify job's result only as far as the ids, and keeps everything else as it came."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import msgspec
from attrs import frozen
from ei_classify_api.errors import MismatchError
from ei_classify_api.types import Integer, SetAside, untyped

from .reports import Reports

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator


@frozen(eq=False, repr=False)
class RawPage:
    """A page as the server sent it. Apart from the ids, nothing in it has to fit the contract."""

    offset: int
    """The number of samples before this page."""
    content: bytes
    """The body of the answer, as JSON."""
    sample_ids: list[int]
    """The ids of the page's samples, in the order of the page."""
    total: int | None
    """The number of samples over all pages; None if the server does not send it."""
    _results: list[bytes]
    _predictions: list[tuple[int, bytes]]
    set_aside: tuple[SetAside, ...] = ()
    """The values that JSON does not have, such as `NaN`. They are null in `lines`, and kept in `content`."""

    def __repr__(self) -> str:
        end = self.offset + len(self.sample_ids)
        total = "unknown" if self.total is None else self.total
        return f"<RawPage: samples {self.offset} to {end} of {total}, {len(self.content)} bytes>"

    @classmethod
    def read(cls, offset: int, content: bytes) -> Self:
        """Return the page in a body.

        Args:
            offset: The number of samples before the page.
            content: The body.

        Raises:
            MismatchError: A sample or a prediction has no sample id, or `success` is not true.
            msgspec.DecodeError: The body is not JSON.
        """
        try:
            return cls(offset, content, *_parse(content))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            body = untyped(content)
            _check(body)
            found = tuple(_nonfinite(body, ""))
            return cls(offset, content, *_parse(msgspec.json.encode(body)), found)

    @cached_property
    def lines(self) -> list[bytes]:
        """The samples as JSON without newlines: the entry of each in `result`, with its own `predictions`.

        If an entry has a property `predictions`, that is kept, and the predictions are in `_predictions`.
        """
        own: dict[int, list[bytes]] = {each: [] for each in self.sample_ids}
        for sample_id, prediction in self._predictions:
            if sample_id in own:
                own[sample_id].append(prediction)
        return [
            _line(entry, own[sample_id])
            for sample_id, entry in zip(self.sample_ids, self._results, strict=True)
        ]

    @cached_property
    def unmatched_ids(self) -> list[int]:
        """The sample id of each prediction whose sample is not in the page; a valid page has none."""
        ids = set(self.sample_ids)
        return [sample_id for sample_id, _ in self._predictions if sample_id not in ids]


def raw_page_reader() -> Callable[[int, bytes], RawPage]:
    """Return what reads the pages of a walk, and logs the values that JSON does not have."""
    reports = Reports()

    def read(offset: int, content: bytes) -> RawPage:
        page = RawPage.read(offset, content)
        reports.add(page.set_aside)
        return page

    return read


class _Entry(msgspec.Struct, rename="camel"):
    sample_id: Integer


class _Page(msgspec.Struct, rename="camel"):
    success: bool
    result: list[msgspec.Raw]
    predictions: list[msgspec.Raw] | None = None
    total_count: msgspec.Raw = msgspec.Raw(b"null")


_PAGE = msgspec.json.Decoder(_Page)
_ENTRY = msgspec.json.Decoder(_Entry)
_PROPERTIES = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _parse(content: bytes) -> tuple[list[int], int | None, list[bytes], list[tuple[int, bytes]]]:
    """Return the ids, the total, the entries and the predictions of a page in valid JSON.

    Raises:
        MismatchError: `success` is false.
        UnicodeDecodeError: The body is not UTF-8.
        msgspec.DecodeError: The body is not a page, or not valid JSON.
    """
    if not content.isascii():
        content.decode()
    page = _PAGE.decode(content)
    if not page.success:
        raise MismatchError("success", "expected true, got false")
    ids = [_ENTRY.decode(each).sample_id for each in page.result]
    predictions = [(_ENTRY.decode(each).sample_id, bytes(each)) for each in page.predictions or ()]
    return ids, _integer(msgspec.json.decode(page.total_count)), list(map(bytes, page.result)), predictions


def _check(body: Any) -> None:
    """Check what a page cannot do without, and write the ids as integers.

    Raises:
        MismatchError: The JSON is not a page. The error says where and why.
    """
    if not isinstance(body, dict):
        raise MismatchError("", "expected an object with `success` and `result`")
    if body.get("success") is not True:
        raise MismatchError("success", "expected true")
    for name in ("result", "predictions"):
        entries = body.get(name)
        if entries is None and name == "predictions":
            continue
        if not isinstance(entries, list):
            raise MismatchError(name, "expected array")
        for index, entry in enumerate(entries):
            if not isinstance(entry, dict):
                raise MismatchError(f"{name}[{index}]", "expected object")
            if (sample_id := _integer(entry.get("sampleId"))) is None:
                raise MismatchError(f"{name}[{index}].sampleId", "expected integer")
            entry["sampleId"] = sample_id


def _integer(value: object) -> int | None:
    """Return a number that may be written like 1.0 as an integer; None if it is none of at most 64 bits."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and -(2**63) <= value < 2**63 else None


def _nonfinite(value: Any, place: str) -> Iterator[SetAside]:
    if isinstance(value, float) and not math.isfinite(value):
        yield SetAside(place, f"expected a number that JSON has, got {value}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _nonfinite(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _nonfinite(item, f"{place}.{name}" if place else name)


def _line(entry: bytes, predictions: list[bytes]) -> bytes:
    key = _key_of_predictions(entry) if b"predictions" in entry or b"\\" in entry else "predictions"
    line = b'%b,"%b":[%b]}' % (entry[:-1], key.encode(), b",".join(predictions))
    return line if b"\n" not in line else msgspec.json.format(line, indent=-1)


def _key_of_predictions(entry: bytes) -> str:
    """Return a name that the entry does not have yet."""
    known: Container[str] = _PROPERTIES.decode(entry)
    key = "predictions"
    while key in known:
        key = f"_{key}"
    return key
