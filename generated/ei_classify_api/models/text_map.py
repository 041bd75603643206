from __future__ import annotations

from typing import TypeAlias

TextMap: TypeAlias = dict[str, str]
"""Text by key."""

TextMapWire: TypeAlias = dict[str, str]
"""The JSON that it is read from."""
