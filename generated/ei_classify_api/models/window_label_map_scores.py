from __future__ import annotations

from typing import TypeAlias

from . import window_scores as _window_scores
from .window_scores import WindowScores

WindowLabelMapScores: TypeAlias = dict[str, WindowScores]
"""One window of a sample labelled with a map, key → value → score."""

WindowLabelMapScoresWire: TypeAlias = dict[str, _window_scores.WindowScoresWire]
"""What JSON may hold for it."""
