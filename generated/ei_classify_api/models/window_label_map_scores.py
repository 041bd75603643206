from __future__ import annotations

from typing import TypeAlias

from . import window_scores as _window_scores
from .window_scores import WindowScores

WindowLabelMapScores: TypeAlias = dict[str, WindowScores]
"""Samples labelled with a map. For one window, key → value → score."""

WindowLabelMapScoresWire: TypeAlias = dict[str, _window_scores.WindowScoresWire]
"""The JSON that it is read from."""
