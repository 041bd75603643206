"""Faults of the content: what a later version of the API could add to an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .arguments import value, whole
from .base import ContentFault

if TYPE_CHECKING:
    from .base import Content

_LATER = "addedLater"
_LATER_VALUES = (0.5, "of a later version", [1, 2], {"of": "a later version"}, True)
_GROWING = frozenset({"sample", "predictions", "learnBlock"})
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

    def alter(self, content: Content) -> object:
        """Add the property."""
        return _with_unknown_fields(content.value)


@dataclass(frozen=True)
class Grown(ContentFault):
    """Samples, predictions and learn blocks have COUNT properties (3) that the contract does not know."""

    name = "grown"
    examples = ("grown", "grown=10")

    count: int = value(whole("COUNT", 1, 1000), 3)

    def alter(self, content: Content) -> object:
        """Add the properties: numbers, texts, lists, objects and booleans."""
        added: dict[str, object] = {
            f"{_LATER}{number}": _LATER_VALUES[number % len(_LATER_VALUES)] for number in range(self.count)
        }
        return _grown(content.value, added)


@dataclass(frozen=True)
class UnknownEnums(ContentFault):
    """Every enum has a value that a later version could add."""

    name = "unknown-enums"
    examples = ("unknown-enums",)

    def alter(self, content: Content) -> object:
        """Replace the values."""
        return _with_unknown_enums(content.value)


def _with_unknown_fields(value: object, name: str = "") -> object:
    """The value with a property added to every object in it, except maps, whose keys are the user's."""
    if isinstance(value, list):
        return [_with_unknown_fields(item, name) for item in value]
    # `result` is the name of a list of results, and in each of them of the scores by label.
    if not isinstance(value, dict) or name in _MAPS or (name == "result" and "sampleId" not in value):
        return value
    grown = {key: _with_unknown_fields(item, key) for key, item in value.items()}
    return {**grown, _LATER: {"of": "a later version"}}


def _grown(value: object, added: dict[str, object], name: str = "") -> object:
    """The value with properties added to every object in it that grows."""
    if isinstance(value, list):
        return [_grown(item, added, name) for item in value]
    if not isinstance(value, dict) or name in _MAPS:
        return value
    inside = {key: _grown(item, added, key) for key, item in value.items()}
    return {**inside, **added} if name in _GROWING else inside


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
