"""Keyword spotting: a tone, and confidences that are drawn at random."""

from __future__ import annotations

import functools
import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from ei_classify_mocks.studio.kinds.classification import Classification
from ei_classify_mocks.studio.kinds.media import AUDIO

from .patterns import Patterns

if TYPE_CHECKING:
    from ei_classify_mocks.studio.kinds import Block, Row
    from ei_classify_mocks.studio.kinds.classification import Confidences

    Variants = dict[str, list[Confidences]]


class Keywords(Patterns["Confidences"]):
    """Keyword spotting in audio."""

    kind = Classification("classification", AUDIO)
    sensor = ("audio", "wav")
    window_ms = 1000
    step_ms = 500
    frequency_hz = 16_000

    @property
    def block(self) -> Block:
        """A classifier."""
        return self._block("keras-transfer-kws", "Keyword spotting", "Transfer Learning (Keyword Spotting)")

    @property
    def values(self) -> Sequence[Row]:
        """A tone."""
        return _Tone(round(self.length_ms * self.frequency_hz / 1000))

    def label(self, pattern: int) -> str:
        """One label after the other."""
        return self.labels[pattern % len(self.labels)]

    def outputs(self, pattern: int) -> Variants:
        """The confidence of each label."""
        return _confidences(pattern, self.windows, len(self.labels), self.training)


@functools.lru_cache(maxsize=256)
def _confidences(pattern: int, windows: int, labels: int, training: int) -> Variants:
    """Confidences of each window: float32 to 4 decimals, int8 in steps of 1/256."""
    generator = random.Random(f"kws {pattern} {windows} {labels}{' again' * training}")  # noqa: S311  # no secret
    rows = []
    for _ in range(windows):
        raw = [generator.random() ** 8 for _ in range(labels)]
        raw[pattern % labels] += 1.5 * generator.random()
        rows.append([score / sum(raw) for score in raw])
    return {
        "float32": [[round(score, 4) for score in row] for row in rows],
        "int8": [[round(score * 256) / 256 for score in row] for row in rows],
    }


class _Tone(Sequence["Row"]):
    """A tone of that many readings, none of which is stored."""

    def __init__(self, readings: int) -> None:
        self._readings = readings

    def __len__(self) -> int:
        return self._readings

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._readings))]
        return [float(round(8000 * math.sin(index / 6)))]
