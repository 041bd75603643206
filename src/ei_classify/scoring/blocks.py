"""The learn blocks of a run: what they do, and at which threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .engine import Engine

    BlockKind = Literal["classification", "regression", "anomaly", "visual_anomaly", "object_detection"]

_KINDS: Mapping[str, BlockKind] = {
    "anomaly": "anomaly",
    "anomaly-gmm": "anomaly",
    "keras-anomaly": "anomaly",
    "keras-regression": "regression",
    "keras-visual-anomaly": "visual_anomaly",
}
"""The kind of each type of block. Types with `object-detection` in them detect; any other classifies."""

_KEYS: Mapping[str, str] = {
    "anomaly": "min_anomaly_score",
    "classification": "min_score",
    "object_detection": "min_score",
    "regression": "max_error",
    "visual_anomaly": "min_anomaly_score",
}
"""The key of the threshold that decides, by kind."""


@frozen
class Block:
    """A learn block."""

    id: int
    kind: BlockKind
    threshold: float | None
    """The threshold that decides; None if the server did not say it."""


def blocks_of(engine: Engine) -> list[Block]:
    """Return the learn blocks of a run, by id."""
    return [_block(row) for row in engine.rows("blocks") if row["id"] is not None]


def _block(row: Mapping[str, Any]) -> Block:
    text = row["type"] or ""
    kind = "object_detection" if "object-detection" in text else _KINDS.get(text, "classification")
    numbers = {each["key"]: each["value"] for each in row["thresholds"] or ()}
    value = numbers.get(_KEYS[kind])
    return Block(row["id"], kind, row["minimum_confidence_rating"] if value is None else value)
