"""Visual anomaly detection: a grid of scores per image."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .kind import Kind, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .kind import Block, JsonObject

Grid: TypeAlias = list[list[Number]]
"""The score of each cell, row by row."""


class VisualAnomaly(Kind[Grid]):
    """An image is anomalous if one of its cells reaches the threshold."""

    output = Grid

    def scores(self, _block: Block, output: Grid) -> dict[str, Number]:
        """The highest score of the grid."""
        return {"anomaly": _highest(output)}

    def predict(self, blocks: Sequence[Block], window: Mapping[int, Grid], expected: str) -> JsonObject:
        """`anomaly` or `no anomaly`, with the grid."""
        grid = window[blocks[0].id]
        prediction = "anomaly" if _highest(grid) >= blocks[0].bound else "no anomaly"
        return {"prediction": prediction, "predictionCorrect": prediction == expected, "anomalyScores": grid}

    def classification(self, block: Block, outputs: Sequence[Grid], *, debug: bool) -> JsonObject:
        """`anomalyResult`: the grid of each image, its mean, its maximum, and the anomalous cells."""
        return {"anomalyResult": [_anomaly(block, grid) for grid in outputs]}


def _highest(grid: Grid) -> Number:
    return max(map(max, grid))


def _anomaly(block: Block, grid: Grid) -> JsonObject:
    side = len(grid)
    boxes = [
        {
            "label": "anomaly",
            "x": x / side,
            "y": y / side,
            "width": 1 / side,
            "height": 1 / side,
            "score": score,
        }
        for y, row in enumerate(grid)
        for x, score in enumerate(row)
        if score >= block.bound
    ]
    cells = [score for row in grid for score in row]
    mean = round(sum(cells) / len(cells), 4)
    return {"boxes": boxes, "scores": grid, "meanScore": mean, "maxScore": max(cells)}
