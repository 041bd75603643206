"""Areas under the curves that a varying threshold draws, and how much each window contributes to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from .counts import unit_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .resampling import Floats


@frozen(eq=False)
class Ranking:
    """How positives and negatives are ranked by a score. Equal scores are one step of the curves."""

    average_precision: float
    """The sum of precision × increase of recall over the scores, from the highest; NaN without positives."""
    roc_auc: float
    """How often a positive has the higher score than a negative, ties counting half; NaN without either."""
    precision_influences: tuple[Floats, Floats]
    """By score: the influence of a positive, and of a negative, on the average precision."""
    roc_influences: tuple[Floats, Floats]
    """By score: the influence of a positive, and of a negative, on the area under the ROC curve."""


def ranking(positives: Floats, negatives: Floats) -> Ranking:
    """Return the areas and influences for counts per score, in ascending order of the scores.

    The influence of a window is the derivative of the area by the weight of the window. A weighted sum of the
    influences is how much the area changes with the weights, to first order.

    Sources: Bamber, "The area above the ordinal dominance graph and the area below the receiver operating
    characteristic graph", 1975; Hampel, "The influence curve and its role in robust estimation", 1974.
    """
    total_positives, total_negatives = positives.sum(), negatives.sum()
    nothing = np.zeros_like(positives)
    nan = float("nan")
    if not total_positives:
        return Ranking(nan, nan, (nothing, nothing), (nothing, nothing))
    reached = np.cumsum(positives[::-1])[::-1]  # positives at this score or a higher one
    retrieved = reached + np.cumsum(negatives[::-1])[::-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(retrieved > 0, reached / retrieved, 0)
        gain = np.cumsum(np.where(retrieved > 0, positives / retrieved, 0))
        loss = np.cumsum(np.where(retrieved > 0, positives * reached / retrieved**2, 0))
    area = float((positives * precision).sum() / total_positives)
    of_precision = ((precision - area + gain - loss) / total_positives, -loss / total_positives)
    if not total_negatives:
        return Ranking(area, nan, of_precision, (nothing, nothing))
    below = (np.cumsum(negatives) - negatives / 2) / total_negatives
    above = (reached - positives / 2) / total_positives
    auc = float((positives * below).sum() / total_positives)
    of_roc = ((below - auc) / total_positives, (above - auc) / total_negatives)
    return Ranking(area, auc, of_precision, of_roc)


_INFLUENCES = ("precision_of_positive", "precision_of_negative", "roc_of_positive", "roc_of_negative")


def influences_of(rankings: Sequence[Ranking]) -> dict[str, Floats]:
    """Return the influences by score, of one ranking after the other, as columns of a table."""
    found = [(*each.precision_influences, *each.roc_influences) for each in rankings]
    columns = zip(*found, strict=True)
    return {name: np.concatenate(column) for name, column in zip(_INFLUENCES, columns, strict=True)}


def unit_of_influences(columns: Mapping[str, Floats]) -> float:
    """Return the unit in which the influences in a table are summed up, which is the same for every part."""
    return unit_of(max(float(np.abs(columns[name]).max()) for name in _INFLUENCES))
