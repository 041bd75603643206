"""Labels that are maps: an activity, and how vigorous it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ei_classify_mocks.studio.kinds import JsonObject, Number

    Scores = Mapping[str, Mapping[str, Number]]

_LEVELS = {"standing": "still", "walking": "moderate", "running": "vigorous", "badminton": "vigorous"}


def label_map(label: str, *, mapped: bool) -> JsonObject:
    """The property `labelMap` of a label, as an object to be merged; empty if the project has no maps."""
    if not mapped:
        return {}
    return {"labelMap": {"type": "key-values", "labels": {"activity": label, "level": _LEVELS[label]}}}


def map_scores(scores: Mapping[str, Number]) -> Scores:
    """Key → value → score: the score of a level is the sum of those of its activities."""
    levels: dict[str, Number] = {}
    for label, score in scores.items():
        levels[_LEVELS[label]] = round(levels.get(_LEVELS[label], 0.0) + score, 6)
    return {"activity": scores, "level": levels}


def best_of_map(scores: Scores) -> dict[str, str]:
    """Key → the value with the highest score."""
    return {key: max(values, key=values.__getitem__) for key, values in scores.items()}
