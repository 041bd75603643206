"""Average precision in COCO's manner, from which detections match: for all images, and for each replicate.

Source: Lin et al., "Microsoft COCO: Common Objects in Context", 2014, and the reference implementation in
pycocotools: 101 points of recall, precision made monotonic from the right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .resampling import Floats

RECALLS = np.linspace(0, 1, 101)


def average_precision(matched: NDArray[np.bool_], weights: Floats, expected: Floats) -> Floats:
    """Return the mean over overlaps of the average precision; NaN where nothing is expected.

    Args:
        matched: By threshold and detection, the most confident first: whether it matches an expected box.
        weights: By replicate and detection: how often it counts.
        expected: By replicate: how many boxes are expected.
    """
    areas = np.full((len(weights), len(matched)), np.nan)
    if not matched.shape[1]:
        areas[expected > 0] = 0
        return _means(areas)
    seen = np.cumsum(weights, axis=1)
    for threshold, hits in enumerate(matched):
        found = np.cumsum(weights * hits, axis=1)
        precision = found / (seen + np.spacing(1))
        highest = np.maximum.accumulate(precision[:, ::-1], axis=1)[:, ::-1]
        for row in np.flatnonzero(expected > 0):
            places = np.searchsorted(found[row] / expected[row], RECALLS, side="left")
            reached = places < len(hits)
            areas[row, threshold] = highest[row, places[reached]].sum() / len(RECALLS)
    return _means(areas)


def _means(areas: Floats) -> Floats:
    means: Floats = areas.mean(-1)
    return means
