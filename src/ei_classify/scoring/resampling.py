"""The Poisson bootstrap over samples: weights, weighted sums, and the ends of an interval.

Windows of one sample are not independent, so samples are drawn, not windows. Each sample belongs to one of
16,384 clusters by a hash of its id. In each replicate, a cluster counts as often as a Poisson variable with
mean 1 says. Its value is a hash of the seed, the replicate and the cluster, so it is the same on every
machine, and for both models of a comparison.

Source: Hanley and MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies", 2006;
Chamandy et al., "Estimating uncertainty for massive data streams", 2012.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from .counts import sums_by

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REPLICATES = 1000
LEVEL = 0.95
MAX_PRODUCTS = 10**11
"""The largest number of products, of replicates, clusters and columns, for which intervals are computed."""

_DENSE_CELLS = 1 << 22
_SPARSE = 20
"""How many cells of a matrix take as long as a value alone."""
_REPLICATES_AT_ONCE = 64


def _poisson_table() -> NDArray[np.uint8]:
    """Return the Poisson variable with mean 1 for each number of 16 bits, by its inverse distribution."""
    below = np.cumsum([math.exp(-1) / math.factorial(k) for k in range(12)])
    return np.searchsorted(below, (np.arange(1 << 16) + 0.5) / (1 << 16)).astype(np.uint8)


_POISSON = _poisson_table()


class Resampler:
    """Draws the weights of clusters, and sums what the clusters contribute."""

    def __init__(self, clusters: NDArray[Any], *, replicates: int = REPLICATES, seed: int = 0) -> None:
        """Draw the weights.

        Args:
            clusters: The numbers of the clusters that have samples.
            replicates: How often to draw; 0 for no intervals.
            seed: Chooses the weights.
        """
        self.clusters = np.unique(np.asarray(clusters, np.int64))
        self.replicates = replicates
        self._weights = _weights(self.clusters, replicates, seed)

    def sums(
        self, clusters: NDArray[Any], columns: NDArray[Any], values: NDArray[Any], count: int
    ) -> Floats | None:
        """Return the weighted sum per replicate and column, or None if that is too much to compute.

        Args:
            clusters: The cluster of each value.
            columns: The column of each value, from 0.
            values: The values.
            count: The number of columns.
        """
        if not self.replicates or self.replicates * len(self.clusters) * count > MAX_PRODUCTS:
            return None
        rows = np.searchsorted(self.clusters, clusters)
        if len(rows) * _SPARSE < len(self.clusters) * count:
            return self._sparse_sums(rows, np.asarray(columns), np.asarray(values), count)
        return self._dense_sums(rows, np.asarray(columns), np.asarray(values), count)

    def _sparse_sums(
        self, rows: NDArray[Any], columns: NDArray[Any], values: NDArray[Any], count: int
    ) -> Floats:
        """Return the sums value by value."""
        result = np.zeros((self.replicates, count))
        if not len(rows):
            return result
        order = np.argsort(columns, kind="stable")
        rows, values = rows[order], values[order]
        present, starts = np.unique(columns[order], return_index=True)
        at_once = max(1, _DENSE_CELLS // len(rows))
        for start in range(0, self.replicates, at_once):
            some = slice(start, start + at_once)
            products = self._weights[some][:, rows] * values.astype(np.float64)
            result[some, present] = np.add.reduceat(products, starts, axis=1)
        return result

    def _dense_sums(
        self, rows: NDArray[Any], columns: NDArray[Any], values: NDArray[Any], count: int
    ) -> Floats:
        """Return the sums as a product of matrices."""
        result = np.zeros((self.replicates, count))
        wide = max(1, _DENSE_CELLS // max(1, len(self.clusters)))
        order = np.argsort(columns, kind="stable") if count > wide else slice(None)
        rows, columns, values = rows[order], columns[order], values[order]
        for first in range(0, count, wide):
            last = min(first + wide, count)
            inside = slice(None)
            if count > wide:
                inside = slice(*np.searchsorted(columns, [first, last]))
            dense = sums_by(
                rows[inside] * (last - first) + columns[inside] - first,
                values[inside],
                len(self.clusters) * (last - first),
            ).reshape(len(self.clusters), last - first)
            for start in range(0, self.replicates, _REPLICATES_AT_ONCE):
                some = slice(start, start + _REPLICATES_AT_ONCE)
                result[some, first:last] = self._weights[some].astype(np.float64) @ dense
        return result

    def per_value(self, clusters: NDArray[Any], replicates: slice) -> Floats:
        """Return the weight of each of these clusters, by replicate."""
        rows = np.searchsorted(self.clusters, clusters)
        return self._weights[replicates][:, rows].astype(np.float64)


def _weights(clusters: NDArray[np.int64], replicates: int, seed: int) -> NDArray[np.uint8]:
    """Return the weights, replicates by clusters. A hash of 64 bits gives those of four replicates."""
    weights = np.empty((-(-replicates // 4) * 4, len(clusters)), np.uint8)
    for first in range(0, replicates, 4):
        number = (first // 4) << 16
        bits = _mixed(clusters.astype(np.uint64) + np.uint64(number), seed)
        for place in range(4):
            weights[first + place] = _POISSON[(bits >> np.uint64(16 * place)) & np.uint64(0xFFFF)]
    return weights[:replicates]


def _mixed(numbers: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """Return a hash of each number: the output function of SplitMix64 (Steele, Lea and Flood, 2014)."""
    with np.errstate(over="ignore"):
        start = np.uint64((seed * 0xD1342543DE82EF95 + 1) % (1 << 64))
        bits = (numbers + start) * np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return bits ^ (bits >> np.uint64(31))
