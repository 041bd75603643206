"""Classification: the most likely label of each window, and anomaly detection beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .kind import Kind, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .kind import Block, JsonObject

Confidences: TypeAlias = list[Number] | Number
"""The confidence of each label; of an anomaly block, one score."""


class Classification(Kind[Confidences]):
    """The first block names the most likely label; further blocks say how unusual the window is."""

    output = Confidences

    def scores(self, block: Block, output: Confidences) -> dict[str, Number]:
        """The confidence of each label."""
        return dict(zip(block.labels, _as_list(output), strict=True))

    def predict(
        self, blocks: Sequence[Block], window: Mapping[int, Confidences], expected: str
    ) -> JsonObject:
        """The best label; `uncertain` if its score is below the threshold; `anomaly` if a block finds one."""
        first = blocks[0]
        score, prediction = max(zip(_as_list(window[first.id]), first.labels, strict=True))
        if score < first.bound:
            prediction = "uncertain"
        for block in blocks[1:]:
            if max(_as_list(window[block.id])) >= block.bound:
                prediction = "anomaly"
        return {"prediction": prediction, "predictionCorrect": prediction == expected}


def _as_list(output: Confidences) -> list[Number]:
    return output if isinstance(output, list) else [output]
