from __future__ import annotations

from typing import Any, TypeAlias

JsonObject: TypeAlias = dict[str, Any]
"""An object of any form."""

JsonObjectWire: TypeAlias = dict[str, Any]
"""The JSON that it is read from."""
