"""Converts the answer for one sample into the objects that tables are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify_api.models.classified_sample import ClassifiedSampleWire
from ei_classify_api.types import read_value

from .derived import derived

if TYPE_CHECKING:
    from ei_classify_api.models import ClassifiedSample

    from . import views


def convert_sample(answer: ClassifiedSample) -> views.ClassifiedSample:
    """Return the typed answer in the form that tables are built from. Its windows are dicts by label.

    Raises:
        MismatchError: The answer has values that the contract does not allow. The error says where and why.
    """
    wire, _ = read_value(answer.to_dict(), ClassifiedSampleWire, "", exact=True)
    converted: views.ClassifiedSample = derived(wire, ClassifiedSampleWire)
    return converted
