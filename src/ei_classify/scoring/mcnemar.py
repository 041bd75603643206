"""The exact test of McNemar."""

from __future__ import annotations

import math


def exact_mcnemar(lost: int, won: int) -> float:
    """Return the two-sided p value that changes in either direction are equally likely.

    It is the probability that a binomial variable of `lost + won` even chances is as far from its mean, or
    farther. Windows count as independent; the intervals of the differences do not assume that.

    Source: McNemar, "Note on the sampling error of the difference between correlated proportions or
    percentages", 1947, with the binomial in place of its approximation.
    """
    changed, fewer = lost + won, min(lost, won)
    logs = (
        math.lgamma(changed + 1)
        - math.lgamma(each + 1)
        - math.lgamma(changed - each + 1)
        - changed * math.log(2)
        for each in range(fewer + 1)
    )
    return min(1.0, 2 * math.fsum(map(math.exp, logs)))
