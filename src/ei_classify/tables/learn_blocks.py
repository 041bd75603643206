"""Learn blocks with their thresholds, as they stand in `runs`."""

from __future__ import annotations

import datetime
from typing import Any

from ei_classify_api.types import to_text

from .columns import each_of


def describe(block: Any, minimum: float | None, last_layer: str | None, thresholds: Any) -> dict[str, Any]:
    """A learn block as it stands in `runs`, with times as text, so that it can be kept as JSON."""
    return {
        "id": block.id,
        "type": block.type_,
        "name": block.name,
        "title": block.title,
        "dsp": block.dsp,
        "created_by": block.created_by,
        "created_at": None if block.created_at is None else to_text(block.created_at),
        "training_processor": block.training_processor,
        "minimum_confidence_rating": minimum,
        "object_detection_last_layer": last_layer,
        "thresholds": each_of(_threshold, thresholds),
    }


def _threshold(threshold: Any) -> dict[str, Any]:
    is_text = isinstance(threshold.value, str)
    return {
        "key": threshold.key,
        "description": threshold.description,
        "help_text": threshold.help_text,
        "value": None if is_text else threshold.value,
        "value_text": threshold.value if is_text else None,
        "suggested_value": threshold.suggested_value,
        "suggested_value_text": threshold.suggested_value_text,
        "dropdown_options": each_of(
            lambda option: {"description": option.description, "value": option.value},
            threshold.dropdown_options,
        ),
    }


def instant(text: str | None) -> datetime.datetime | None:
    """The instant of such a text."""
    return None if text is None else datetime.datetime.fromisoformat(text.upper())
