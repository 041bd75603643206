from __future__ import annotations

from typing import TypeAlias

from ..types import Number

WindowScores: TypeAlias = dict[str, float]
"""One window: label → score. A neural network gives a confidence from 0 to 1 (inclusive), an anomaly
block a raw, unbounded score under `anomaly`, a regression block its number under `value`.
"""

WindowScoresWire: TypeAlias = dict[str, Number]
"""What JSON may hold for it."""
