"""Expected and detected objects compared: centroids in FOMO's manner, and average precision in COCO's."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_DISTANCE = 0.2  # between centroids, as a ratio of the image's side
MIN_OVERLAP = 0.5  # of two boxes that match, as intersection over union
OVERLAPS = [0.5 + 0.05 * step for step in range(10)]
RECALLS = [step / 100 for step in range(101)]

Pair = tuple[float, int, int]
"""How far apart a detected and an expected box are, and their numbers in this order."""


@dataclass(frozen=True)
class Box:
    """A labelled box; its unit is the caller's."""

    label: str
    x: float
    y: float
    width: float
    height: float
    score: float = 1.0

    @property
    def centre(self) -> tuple[float, float]:
        """The point in the middle, x and y."""
        return self.x + self.width / 2, self.y + self.height / 2

    def cell(self, size: int) -> tuple[int, int]:
        """Row and column of the cell that holds the centre."""
        x, y = self.centre
        return int(y // size), int(x // size)

    def scaled(self, factor: float) -> Box:
        """The same box in another unit."""
        x, y, width, height = (n * factor for n in (self.x, self.y, self.width, self.height))
        return replace(self, x=x, y=y, width=width, height=height)

    def intersection(self, other: Box) -> float:
        """The area that both boxes cover."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(across, 0) * max(down, 0)

    def overlaps(self, other: Box) -> bool:
        """Whether the boxes share any area."""
        return self.intersection(other) > 0

    def intersection_over_union(self, other: Box) -> float:
        """Jaccard index of the two boxes."""
        shared = self.intersection(other)
        return shared / (self.width * self.height + other.width * other.height - shared)


def assess(expected: list[Box], detected: list[Box], labels: list[str]) -> dict[str, Any]:
    """What a block that finds centroids says of one image, in the fields of a structured result."""
    distances = _sorted_pairs(expected, detected, lambda seen, truth: math.dist(seen.centre, truth.centre))
    near = [pair for pair in distances if pair[0] <= MAX_DISTANCE]
    assignments = _assigned(expected, detected, near)

    def points(boxes: list[Box]) -> list[dict[str, Any]]:
        return [
            {"x": round(b.centre[0], 4), "y": round(b.centre[1], 4), "label": 1 + labels.index(b.label)}
            for b in boxes
        ]

    return {
        **_figures(expected, detected, len(assignments)),
        "debug": {
            "y_trues": points(expected),
            "y_preds": points(detected),
            "assignments": [
                {"yp": p, "yt": t, "label": 1 + labels.index(expected[t].label), "distance": round(d, 4)}
                for d, p, t in sorted(assignments, key=lambda taken: taken[1])
            ],
            "normalised_min_distance": MAX_DISTANCE,
            "all_pairwise_distances": [[p, t, round(d, 4)] for d, p, t in distances],
            "unassigned_y_true_idxs": sorted(set(range(len(expected))) - {t for _, _, t in assignments}),
            "unassigned_y_pred_idxs": sorted(set(range(len(detected))) - {p for _, p, _ in assignments}),
        },
    }


def assess_boxes(expected: list[Box], detected: list[Box]) -> dict[str, Any]:
    """What a block that finds boxes says of one image: they match by their overlap."""
    misses = _sorted_pairs(expected, detected, lambda seen, truth: 1 - seen.intersection_over_union(truth))
    near = [pair for pair in misses if pair[0] <= 1 - MIN_OVERLAP]
    return _figures(expected, detected, len(_assigned(expected, detected, near)))


def _sorted_pairs(
    expected: list[Box], detected: list[Box], distance: Callable[[Box, Box], float]
) -> list[Pair]:
    return sorted(
        (distance(seen, truth), p, t) for p, seen in enumerate(detected) for t, truth in enumerate(expected)
    )


def _assigned(expected: list[Box], detected: list[Box], near: list[Pair]) -> list[Pair]:
    """The nearest pairs of one label, each box in one pair at most."""
    assignments: list[Pair] = []
    for distance, p, t in near:
        taken = any(p == other_p or t == other_t for _, other_p, other_t in assignments)
        if not taken and detected[p].label == expected[t].label:
            assignments.append((distance, p, t))
    return assignments


def _figures(expected: list[Box], detected: list[Box], right: int) -> dict[str, Any]:
    precision = _share(right, len(detected), len(expected))
    recall = _share(right, len(expected), len(detected))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "boxes": [[round(n, 4) for n in (b.x, b.y, b.width, b.height)] for b in detected],
        "labels": [b.label for b in detected],
        "scores": [b.score for b in detected],
        "mAP": round(_mean_average_precision(expected, detected), 4),
        "f1": round(f1, 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
    }


def _share(right: int, of: int, others: int) -> float:
    """The share, where nothing of nothing counts as all right and nothing of something as all wrong."""
    return right / of if of else float(not others)


def _mean_average_precision(expected: list[Box], detected: list[Box]) -> float:
    """COCO's: the mean over classes and over overlaps from 0.5 to 0.95 of the precision at 101 recalls."""
    classes = {box.label for box in expected}
    if not classes:
        return float(not detected)
    found = []
    for label in sorted(classes):
        truths = [box for box in expected if box.label == label]
        seen = sorted((box for box in detected if box.label == label), key=lambda box: -box.score)
        found += [_average_precision(truths, seen, overlap) for overlap in OVERLAPS]
    return sum(found) / len(found)


def _average_precision(truths: list[Box], seen: list[Box], overlap: float) -> float:
    left, right = list(truths), 0
    curve = []
    for number, box in enumerate(seen, start=1):
        best = max(left, key=box.intersection_over_union, default=None)
        if best is not None and box.intersection_over_union(best) >= overlap:
            left.remove(best)
            right += 1
        curve.append((right / len(truths), right / number))
    return sum(max((p for r, p in curve if r >= wanted), default=0.0) for wanted in RECALLS) / len(RECALLS)
