"""A project's results of any size, made from the documented examples."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLES = Path(__file__).parents[2] / "mocks" / "examples"


def example(name: str) -> bytes:
    return (EXAMPLES / f"{name}.json").read_bytes()


_MOTION: dict[str, Any] = json.loads(example("page-motion"))


def page(
    ids: Iterable[int], total: int | None = None, *, orphans: Iterable[int] = (), slim: bool = False
) -> bytes:
    """A page with these samples, one prediction each, and predictions for samples that it does not have.

    Slim samples have neither classifications nor sensors, which makes them quick to decode.
    """
    ids = list(ids)
    document: dict[str, Any] = {"success": True, "result": [], "predictions": []}
    for each in ids:
        result = copy.copy(_MOTION["result"][0])
        result["sampleId"] = each
        result["sample"] = {**result["sample"], "id": each, "filename": f"sample-{each}"}
        if slim:
            result["classifications"] = result["sample"]["sensors"] = []
        document["result"].append(result)
    for each in [*ids, *orphans]:
        document["predictions"].append({**_MOTION["predictions"][0], "sampleId": each})
    if total is not None:
        document["totalCount"] = total
    return json.dumps(document).encode()
