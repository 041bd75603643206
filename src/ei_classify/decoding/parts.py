"""Decodes the parts of a page that are the same in many samples, such as the learn block, only once."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import msgspec
from ei_classify_api.models.classification import ClassificationWire
from ei_classify_api.models.sample import SampleWire
from msgspec import Raw

from .derived import Derivation, property_type

if TYPE_CHECKING:
    from ei_classify_api.types import Wire

    from . import views

REPEATED: Final = (
    (ClassificationWire, "learn_block"),
    (ClassificationWire, "thresholds"),
    (ClassificationWire, "expected_labels"),
    (SampleWire, "sensors"),
)
"""The properties that stay bytes when a page is decoded, until `Parts` decodes them."""

_MOST_KEPT = 256
_LONGEST_KEPT = 16_384  # bytes


class Parts:
    """Decodes the repeated parts of pages. Parts with the same bytes become the same object.

    At most 256 parts of each property are kept, each with at most 16 kB of JSON.
    """

    def __init__(self) -> None:
        self._kept = [_Contents(wire, name) for wire, name in REPEATED]

    def resolve(self, page: views.ClassifyJobResultPage) -> None:
        """Decode the repeated parts of a page in place.

        Raises:
            msgspec.ValidationError: A part does not match the contract.
        """
        learn_blocks, thresholds, expected_labels, sensors = self._kept
        for result in page.result:
            sample: Any = result.sample
            if type(sample.sensors) is Raw:  # else it is absent, or odd and therefore decoded
                sample.sensors = sensors[bytes(sample.sensors)]
            block: Any
            for block in result.classifications:
                if type(block.learn_block) is Raw:
                    block.learn_block = learn_blocks[bytes(block.learn_block)]
                if type(block.expected_labels) is Raw:
                    block.expected_labels = expected_labels[bytes(block.expected_labels)]
                if type(block.thresholds) is Raw:
                    block.thresholds = thresholds[bytes(block.thresholds)]


class _Contents(dict[bytes, Any]):
    """The values of a property by their JSON. Those that are not there yet are decoded."""

    def __init__(self, wire: type[Wire], name: str) -> None:
        super().__init__()
        self._attribute = (wire, name)

    def __missing__(self, content: bytes) -> Any:
        value = _decoder(*self._attribute).decode(content)
        if len(content) <= _LONGEST_KEPT:  # a longer one rarely occurs twice, and takes too much memory
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[content] = value
        return value


@functools.cache
def _decoder(wire: type[Wire], name: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(Derivation().form(property_type(wire, name)))
