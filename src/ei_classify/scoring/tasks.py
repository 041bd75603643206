"""Which scores a run has: one of its predictions, and one per learn block that decides something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .blocks import Block, blocks_of
from .kinds.anomaly import Anomaly
from .kinds.classification import Classification
from .kinds.object_detection import ObjectDetection
from .kinds.regression import Regression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .engine import Engine
    from .kinds.measured import Task


def tasks_of(engine: Engine) -> Iterator[Task]:
    """Yield the scores that a run may have. Some may turn out to have nothing to judge."""
    blocks = blocks_of(engine)
    keys = {block.id: engine.labels_of_map(block.id) for block in blocks if block.kind == "classification"}
    classifying = [block for block in blocks if block.kind == "classification" and not keys[block.id]]
    if classifying or not blocks:
        only = classifying[0] if len(classifying) == 1 else None
        yield Classification(
            "classification", None, None, only.id if only else None, only.threshold if only else None
        )
        for block in classifying if only is None else ():
            yield Classification("classification", block.id, None, block.id, block.threshold)
    for block in blocks:
        for key in keys.get(block.id, ()):
            yield Classification("label_map", block.id, key, block.id, block.threshold)
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Task]:
    match block.kind:
        case "regression":
            yield Regression(block.id, block.threshold)
        case "anomaly" | "visual_anomaly":
            yield Anomaly(block.id, block.threshold, block.kind)
        case "object_detection":
            yield ObjectDetection(block.id)
