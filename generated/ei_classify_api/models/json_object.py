from __future__ import annotations

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""An object of any form."""

JsonObjectWire: TypeAlias = dict[str, Any]
"""What JSON may hold for it."""
