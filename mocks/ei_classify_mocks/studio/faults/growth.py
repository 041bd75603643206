"""Faults of the content: what a later version of the API could add to an answer."""

from __future__ import annotations

from dataclasses import dataclass

from .base import ContentFault

_LATER = "addedLater"
_ENUMS = frozenset(
    {
        "category",
        "boundingBoxesType",
        "chartType",
        "projectLabelingMethod",
        "objectDetectionLastLayer",
        "trainingProcessor",
        "variant",
    }
)
_TYPED = frozenset({"learnBlock", "lastUpdatedBy", "labelMap"})  # objects whose `type` is an enum
_MAPS = frozenset({"metadata", "labels", "labelMapResult", "labelMapScores", "labelMapPredictions"})


@dataclass(frozen=True)
class UnknownFields(ContentFault):
    """Every object has a property that a later version could add."""

    name = "unknown-fields"
    examples = ("unknown-fields",)

    def alter(self, answer: object) -> object:
        """Add the property."""
        return _with_unknown_fields(answer)


@dataclass(frozen=True)
class UnknownEnums(ContentFault):
    """Every enum has a value that a later version could add."""

    name = "unknown-enums"
    examples = ("unknown-enums",)

    def alter(self, answer: object) -> object:
        """Replace the values."""
        return _with_unknown_enums(answer)


def _with_unknown_fields(value: object, name: str = "") -> object:
    """The value with a property added to every object in it, except maps, whose keys are the user's."""
    if isinstance(value, list):
        return [_with_unknown_fields(item, name) for item in value]
    # `result` is the name of a list of results, and in each of them of the scores by label.
    if not isinstance(value, dict) or name in _MAPS or (name == "result" and "sampleId" not in value):
        return value
    grown = {key: _with_unknown_fields(item, key) for key, item in value.items()}
    return {**grown, _LATER: {"of": "a later version"}}


def _with_unknown_enums(value: object, name: str = "") -> object:
    """The value with every enum in it replaced."""
    if isinstance(value, list):
        return [_with_unknown_enums(item, name) for item in value]
    if not isinstance(value, dict) or name in _MAPS:
        return value
    return {
        key: f"{item}-of-later-days"
        if isinstance(item, str) and (key in _ENUMS or (key == "type" and name in _TYPED))
        else _with_unknown_enums(item, key)
        for key, item in value.items()
    }
