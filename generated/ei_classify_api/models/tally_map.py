from __future__ import annotations

from typing import TypeAlias

from . import tally as _tally
from .tally import Tally

TallyMap: TypeAlias = dict[str, Tally]
"""A tally per label."""

TallyMapWire: TypeAlias = dict[str, _tally.TallyWire]
"""The JSON that it is read from."""
