"""The form in which a project is stored: what was measured and computed, not yet an answer's shape."""

from __future__ import annotations

import hashlib
import json
from typing import Any

SEED = 7
"""The seed of the data, and of the first training."""


def project(
    *,
    identity: int,
    name: str,
    kind: str,
    device: str,
    sensors: list[dict[str, Any]],
    window_ms: int,
    step_ms: int,
    impulses: dict[str, list[dict[str, Any]]],
    samples: list[dict[str, Any]],
) -> dict[str, Any]:
    """A project: its impulses with their learn blocks, and its samples with what the blocks put out.

    `outputs` of a sample is impulse → block → variant (`any` where all are alike) → one item a window.
    """
    return {
        "id": identity,
        "name": name,
        "kind": kind,
        "device": device,
        "sensors": sensors,
        "windowMs": window_ms,
        "stepMs": step_ms,
        "impulses": impulses,
        "samples": samples,
    }


def sample(
    *,
    identity: int,
    label: str,
    category: str,
    frequency_hz: float,
    values: list[Any],
    expected: list[str],
    metadata: dict[str, str] | None = None,
    structured: list[list[Any]] | None = None,
    signed: bool = True,
    crop: tuple[int, int] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A sample; `outputs` is added once the models have run."""
    return {
        "id": identity,
        "label": label,
        "category": category,
        "frequencyHz": frequency_hz,
        "sha256": hashlib.sha256(compact(values).encode()).hexdigest(),
        "metadata": metadata or {},
        "structured": structured or [],
        "signed": signed,
        "crop": list(crop or ()),
        "expected": expected,
        "values": values,
        **more,
    }


def threshold(
    key: str, description: str, text: str, value: float, suggested: float | None = None
) -> dict[str, Any]:
    """An adjustable threshold of a learn block, in the shape of the contract."""
    found: dict[str, Any] = {"key": key, "description": description, "helpText": text}
    if suggested is not None:
        found |= {"suggestedValue": suggested, "suggestedValueText": str(suggested)}
    return {**found, "value": value}


def models(document: dict[str, Any]) -> dict[str, Any]:
    """What a training decides of a project's document: its learn blocks, and what they put out."""
    outputs = [{"id": one["id"], "outputs": one["outputs"]} for one in document["samples"]]
    return {"impulses": document["impulses"], "samples": outputs}


def dump(document: dict[str, Any]) -> str:
    """The document as JSON, a sample a line, so that a change of one shows as a change of one."""
    head = {key: value for key, value in document.items() if key != "samples"}
    lines = ",\n".join(compact(one) for one in document["samples"])
    return f'{compact(head)[:-1]},\n"samples":[\n{lines}\n]}}\n'


def compact(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
