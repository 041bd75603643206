"""The table `anomalies`, from visual anomaly blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify.tables.arrays import integers
from ei_classify.tables.nested import rows_of

if TYPE_CHECKING:
    from ei_classify.decoding import views
    from ei_classify.tables.arrays import Rows

    from .windows import Windows


def anomaly_rows(windows: Windows) -> Rows:
    """Return the rows of the table `anomalies`."""
    results = windows.aligned(lambda block: block.anomaly_result)
    if results is None:
        return 0, {}
    there = [(row, each) for row, each in enumerate(results) if each is not None]
    found = [each for _, each in there]
    index = integers([row for row, _ in there], "rows")
    grids = [each.scores for each in found]
    widths = [None if grid is None else {len(row) for row in grid} for grid in grids]
    return len(found), {
        **windows.key_at(index),
        "expected_label": windows.expected_label.take(index),
        "mean_score": [each.mean_score for each in found],
        "max_score": [each.max_score for each in found],
        "grid": grids,
        "grid_rows": [None if grid is None else len(grid) for grid in grids],
        "grid_columns": [next(iter(each)) if each and len(each) == 1 else None for each in widths],
        "boxes": [rows_of(_box_row, each.boxes) for each in found],
    }


def _box_row(box: views.ScoredBox) -> dict[str, object]:
    return {
        "label": box.label,
        "x_ratio": box.x,
        "y_ratio": box.y,
        "width_ratio": box.width,
        "height_ratio": box.height,
        "score": box.score,
    }
