from __future__ import annotations

from typing import TypeAlias

from ..types import Number

WindowScores: TypeAlias = dict[str, float]
"""One window: label → score. The scores of a neural network are confidences from 0 to 1 (inclusive).
An anomaly block has a raw, unbounded score under `anomaly`, a regression block its number under
`value`.
"""

WindowScoresWire: TypeAlias = dict[str, Number]
"""The JSON that it is read from."""
