"""Object detection: objects on a grid, most of which are found where they are and as what they are."""

from __future__ import annotations

import functools
import random
from typing import TYPE_CHECKING, NamedTuple

from ei_classify_mocks.studio.kinds.media import IMAGE
from ei_classify_mocks.studio.kinds.object_detection import Detections, ObjectDetection

from .patterns import Patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_mocks.studio.kinds import Block, Row

_SIDE = 96  # pixels


class DetectionPatterns(Patterns[Detections]):
    """Object detection in images; one image is one window."""

    kind = ObjectDetection("object-detection", IMAGE)
    sensor = ("image", "rgba")
    window_ms = step_ms = frequency_hz = 0

    def __init__(self, _windows: int, labels: int, training: int = 0) -> None:
        super().__init__(1, labels, training)

    @property
    def block(self) -> Block:
        """A detector."""
        return self._block(
            "keras-object-detection", "Object detection", "Object Detection (Images)", "mobilenet-ssd"
        )

    @property
    def values(self) -> Sequence[Row]:
        """A grey image."""
        return ["8" * _SIDE] * _SIDE

    def label(self, pattern: int) -> str:
        """The labels of the objects, or a dash."""
        return ", ".join(sorted({label for label, *_ in self.boxes(pattern)})) or "-"

    def boxes(self, pattern: int) -> list[tuple[str, int, int, int, int]]:
        """The objects."""
        return _scene(pattern, tuple(self.labels), self.training).truth

    def outputs(self, pattern: int) -> dict[str, list[Detections]]:
        """What is found of the objects."""
        return _scene(pattern, tuple(self.labels), self.training).found


class _Scene(NamedTuple):
    truth: list[tuple[str, int, int, int, int]]
    found: dict[str, list[Detections]]


@functools.lru_cache(maxsize=256)
def _scene(pattern: int, labels: tuple[str, ...], training: int) -> _Scene:
    """Objects on a grid of 4 × 4 places, and what a training finds of them."""
    generator = random.Random(f"detection {pattern} {labels}")  # noqa: S311  # no secret
    places = generator.sample(range(16), generator.randrange(6))
    truth = [(generator.choice(labels), place % 4 * 24 + 4, place // 4 * 24 + 4, 16, 16) for place in places]
    if training:
        generator = random.Random(f"detection {pattern} {labels} {training}")  # noqa: S311  # no secret
    seen = [box for box in truth if generator.random() < 0.9]
    share = len(seen) / len(truth) if truth else 1.0
    scores = [generator.uniform(0.5, 1) for _ in seen]

    def found(rounded: list[float]) -> list[Detections]:
        return [
            {
                "boxes": [[round(n / _SIDE, 4) for n in box] for _, *box in seen],
                "labels": [label for label, *_ in seen],
                "mAP": round(share, 4),
                "f1": round(2 * share / (1 + share), 4),
                "precision": 1.0 if seen or not truth else 0.0,
                "recall": round(share, 4),
                "debug": {},
                "scores": list(rounded),
            }
        ]

    float32 = [round(score, 4) for score in scores]
    int8 = [round(score * 256) / 256 for score in scores]
    return _Scene(truth, {"float32": found(float32), "int8": found(int8)})
