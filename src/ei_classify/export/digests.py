"""Digests of the results of a sample, to detect when results have changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from ei_classify.decoding import PageAnswer

_ENTRIES = msgspec.json.Decoder(dict[str, Any])


def sample_digest(page: PageAnswer, index: int) -> str:
    """Return a digest of a sample of a page: its last change, its classifications and its predictions."""
    answer = _ENTRIES.decode(page.content)
    entry = answer["result"][index]
    own = [each for each in answer["predictions"] if each["sampleId"] == entry["sampleId"]]
    said = [entry["sampleId"], entry["sample"]["lastModified"], entry["classifications"], own]
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()
