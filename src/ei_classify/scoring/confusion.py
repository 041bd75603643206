"""Figures from how often which label was decided for which, for all samples or for every replicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from .counts import sums_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .resampling import Floats


@frozen(eq=False)
class Margins:
    """How often each label was expected, decided, and both. The last axis is the label."""

    expected: Floats
    decided: Floats
    right: Floats


def class_figures(margins: Margins) -> dict[str, Floats]:
    """Return precision, recall and F1 of each label; NaN where one divides by zero.

    Source: van Rijsbergen, "Information Retrieval", 1979, with F1 = 2 TP / (2 TP + FP + FN).
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        return {
            "precision": margins.right / margins.decided,
            "recall": margins.right / margins.expected,
            "f1": 2 * margins.right / (margins.expected + margins.decided),
        }


def headline_figures(margins: Margins) -> dict[str, Floats]:
    """Return the figures over all labels; NaN where one divides by zero.

    Means are over the labels that are expected at least once. Among these, the precision of a label that is
    never decided counts as 0.

    Source of `mcc`: Gorodkin, "Comparing two K-category assignments by a K-category correlation coefficient",
    2004.
    """
    support = margins.expected
    total = support.sum(-1)
    right = margins.right.sum(-1)
    there = support > 0
    of_class = {
        name: np.where(there, np.nan_to_num(each), 0) for name, each in class_figures(margins).items()
    }
    figures = {}
    with np.errstate(invalid="ignore", divide="ignore"):
        figures["accuracy"] = right / total
        for name, each in of_class.items():
            figures[f"macro_{name}"] = each.sum(-1) / there.sum(-1)
            figures[f"weighted_{name}"] = (each * support).sum(-1) / total
        figures["balanced_accuracy"] = figures["macro_recall"]
        covariance = right * total - (support * margins.decided).sum(-1)
        spread = (total**2 - (support**2).sum(-1)) * (total**2 - (margins.decided**2).sum(-1))
        figures["mcc"] = np.where(spread > 0, covariance / np.sqrt(np.where(spread > 0, spread, 1)), np.nan)
    return figures


def margins_of(
    expected: NDArray[np.int64], decided: NDArray[np.int64], counts: Floats, labels: int
) -> Margins:
    """Return the margins of a table of cells.

    Args:
        expected: The code of the expected label of each cell.
        decided: The code of the decided label of each cell.
        counts: The number of windows of each cell.
        labels: The number of labels.
    """
    same = expected == decided
    return Margins(
        *(
            sums_by(codes, weights, labels)
            for codes, weights in (
                (expected, counts),
                (decided, counts),
                (expected[same], counts[same]),
            )
        )
    )
