"""The JSON Schema of what scoring returns. `scores.schema.json` is its written form."""

from __future__ import annotations

import importlib.resources
from typing import Any

import msgspec

from .checking import Verdict
from .comparison import Comparisons
from .results import Scores


def built_schema() -> dict[str, Any]:
    """Return the schema of the Python types."""
    found, components = msgspec.json.schema_components(
        [Scores, Comparisons, Verdict], ref_template="#/$defs/{name}"
    )
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What ei-classify score, compare and check print with --json, version 1",
        "anyOf": list(found),
        "$defs": components,
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return plain


def written_schema() -> dict[str, Any]:
    """Return the schema that the package ships."""
    text = importlib.resources.files(__package__).joinpath("scores.schema.json").read_bytes()
    schema: dict[str, Any] = msgspec.json.decode(text)
    return schema
