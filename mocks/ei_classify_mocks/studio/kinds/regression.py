"""Regression: a number per window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .kind import Kind, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .kind import Block, JsonObject


class Regression(Kind[Number]):
    """A number per window, correct if it is within the threshold of the label."""

    output = Number

    def scores(self, block: Block, output: Number) -> dict[str, Number]:
        """The number, under its one label."""
        return dict(zip(block.labels, [output], strict=True))

    def predict(self, blocks: Sequence[Block], window: Mapping[int, Number], expected: str) -> JsonObject:
        """The number, written as text."""
        value = window[blocks[0].id]
        near = abs(value - float(expected)) <= blocks[0].bound
        return {"prediction": f"{value:.10g}", "predictionCorrect": near}
