"""One sample classified by several variants, in the form that tables are made of."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import msgspec
from ei_classify_api.models.classified_sample import ClassifiedSampleWire
from ei_classify_api.types import read_dict

from .derived import Derivation, to_json

if TYPE_CHECKING:
    from ei_classify_api.models import ClassifiedSample

    from . import views


def convert_sample(answer: ClassifiedSample) -> views.ClassifiedSample:
    """The typed answer in the form that tables are made of; its windows are dicts by label.

    Raises:
        MismatchError: The answer holds values that the contract does not allow. Tells where and why.
    """
    return _decoder().decode(to_json(read_dict(answer.to_dict(), ClassifiedSampleWire)))


@functools.cache
def _decoder() -> msgspec.json.Decoder[views.ClassifiedSample]:
    return msgspec.json.Decoder(Derivation().form(ClassifiedSampleWire))
