"""Decodes the parts of a page that are the same in many samples, such as the learn block, only once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import msgspec
from ei_classify_api.models.classification import ClassificationWire
from ei_classify_api.models.sample import SampleWire

from .derived import Derivation, property_type

if TYPE_CHECKING:
    from ei_classify_api.types import Wire

    from . import views

T = TypeVar("T")

REPEATED: Final = (
    (ClassificationWire, "learn_block"),
    (ClassificationWire, "thresholds"),
    (ClassificationWire, "expected_labels"),
    (SampleWire, "sensors"),
)
"""The properties that stay bytes when a page is decoded, until `Parts` decodes them."""

_MOST_KEPT = 1024
_LONGEST_KEPT = 16_384  # bytes


class Parts:
    """Decodes the repeated parts of pages. Parts with the same bytes become the same object.

    At most 1024 parts are kept, each with at most 16 kB of JSON.
    """

    def __init__(self) -> None:
        self._kept = functools.lru_cache(maxsize=_MOST_KEPT)(_decode)

    def resolve(self, page: views.ClassifyJobResultPage) -> None:
        """Decode the repeated parts of a page in place.

        Raises:
            msgspec.ValidationError: A part does not match the contract.
        """
        for result in page.result:
            sample = result.sample
            if sample.sensors is not None:
                sample.sensors = self._read(SampleWire, "sensors", sample.sensors)
            for block in result.classifications:
                block.learn_block = self._read(ClassificationWire, "learn_block", block.learn_block)
                if block.expected_labels is not None:
                    block.expected_labels = self._read(
                        ClassificationWire, "expected_labels", block.expected_labels
                    )
                if block.thresholds is not None:
                    block.thresholds = self._read(ClassificationWire, "thresholds", block.thresholds)

    def _read(self, wire: type[Wire], name: str, unread: T) -> T:
        if not isinstance(unread, msgspec.Raw):  # decoded with the page, since it is odd
            return unread
        content = bytes(cast("msgspec.Raw", unread))
        # A long part rarely occurs twice, and takes too much memory to keep.
        decode = self._kept if len(content) <= _LONGEST_KEPT else _decode
        return cast("T", decode(wire, name, content))


def _decode(wire: type[Wire], name: str, content: bytes) -> object:
    return _decoder(wire, name).decode(content)


@functools.cache
def _decoder(wire: type[Wire], name: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(Derivation().form(property_type(wire, name)))
