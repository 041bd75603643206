"""Which scores a run has: one of its predictions, and one per learn block that decides something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .kinds.anomaly import Anomaly
from .kinds.classification import Classification
from .kinds.object_detection import ObjectDetection
from .kinds.regression import Regression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .blocks import Block, Blocks
    from .kinds.measured import Task


def tasks_of(blocks: Blocks) -> Iterator[Task]:
    """Yield the scores that a run with these blocks may have. Some may turn out to have nothing to judge."""
    found = list(blocks)
    classifying = [block for block in found if block.kind == "classification" and not block.map_keys]
    if classifying or not found:
        only = classifying[0] if len(classifying) == 1 else None
        yield Classification(
            "classification", None, None, only.id if only else None, only.threshold if only else None
        )
        for block in classifying if only is None else ():
            yield Classification("classification", block.id, None, block.id, block.threshold)
    for block in found:
        if block.kind == "classification":
            for key in sorted(block.map_keys):
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
