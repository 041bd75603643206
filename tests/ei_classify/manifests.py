"""Manifests that were changed, with the checksum that they should then have."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def checksum(properties: dict[str, Any]) -> str:
    """What docs/tables.md says of the checksum of a manifest with these properties."""
    others = {name: value for name, value in properties.items() if name != "checksum"}
    canonical = json.dumps(others, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def change(folder: Path, how: Callable[[dict[str, Any]], object], *, sign: bool = True) -> None:
    """Change the manifest in a folder, and sign it again."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    how(manifest)
    if sign:
        manifest["checksum"] = checksum(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
