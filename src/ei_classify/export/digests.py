"""Digests of the results of a sample, to detect when results have changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec
from ei_classify_api.types import untyped

if TYPE_CHECKING:
    from .gathering import RunPage


def sample_digest(page: RunPage, index: int) -> str:
    """Return a digest of a sample of a page: its last change, its classifications and its predictions."""
    answer, sample_id = untyped(page.content), page.sample_ids[index]
    entry, predictions = answer["result"][index], answer.get("predictions") or ()
    sample = entry.get("sample")
    changed = sample.get("lastModified") if isinstance(sample, dict) else None
    own = [each for each in predictions if each["sampleId"] == sample_id]
    said = [sample_id, changed, entry.get("classifications"), own]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()
