"""The learn blocks of a run: what they do, and at which threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    type: str
    thresholds: Mapping[str, float]
    """The thresholds that the server said, by key."""
    minimum_confidence_rating: float | None
    map_keys: frozenset[str]
    """The keys of its label map."""

    @property
    def kind(self) -> BlockKind:
        """What the block does."""
        return (
            "object_detection" if "object-detection" in self.type else _KINDS.get(self.type, "classification")
        )

    @property
    def threshold(self) -> float | None:
        """The threshold that decides; None if the server did not say it."""
        return self.thresholds.get(_KEYS[self.kind], self.minimum_confidence_rating)

    def merge(self, other: Self) -> Self:
        """Return the same block, as seen in more windows."""
        return evolve(self, type=max(self.type, other.type), map_keys=self.map_keys | other.map_keys)


@frozen
class Blocks:
    """The learn blocks of a run."""

    found: Mapping[int, Block]
    """By id."""

    def __iter__(self) -> Iterator[Block]:
        return (self.found[each] for each in sorted(self.found))

    def merge(self, other: Self) -> Self:
        """Return the blocks of both."""
        found = dict(self.found)
        for block in other:
            found[block.id] = found[block.id].merge(block) if block.id in found else block
        return type(self)(found)


def blocks_of(engine: Engine) -> Blocks:
    """Return the learn blocks of the windows."""
    keys: dict[int, set[str]] = {}
    for row in engine.rows("label_map_keys"):
        keys.setdefault(row["id"], set()).add(row["key"])
    return Blocks(
        {
            row["id"]: Block(
                id=row["id"],
                type=row["type"] or "",
                thresholds={
                    each["key"]: each["value"]
                    for each in row["thresholds"] or ()
                    if each["value"] is not None
                },
                minimum_confidence_rating=row["minimum_confidence_rating"],
                map_keys=frozenset(keys.get(row["id"], ())),
            )
            for row in engine.rows("blocks")
            if row["id"] is not None
        }
    )
