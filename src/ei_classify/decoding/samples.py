"""Converts the answer for one sample into the objects that tables are built from."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec
from ei_classify_api.models.classified_sample import ClassifiedSampleWire
from ei_classify_api.types import read_odd_wire

from .derived import Derivation, to_json

if TYPE_CHECKING:
    from ei_classify_api.models import ClassifiedSample

    from . import views


def convert_sample(answer: ClassifiedSample) -> views.ClassifiedSample:
    """Return the typed answer in the form that tables are built from. Its windows are dicts by label.

    Raises:
        MismatchError: The answer has values that the contract does not allow. The error says where and why.
    """
    return _decoder().decode(
        to_json(read_odd_wire(msgspec.json.encode(answer.to_dict()), ClassifiedSampleWire, exact=True)[0])
    )


@functools.cache
def _decoder() -> msgspec.json.Decoder[views.ClassifiedSample]:
    return msgspec.json.Decoder(Derivation().form(ClassifiedSampleWire))
