"""The contract's `ClassifiedSample`: a sample with its readings, as several variants classify it."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import msgspec

from .sample import sample_answer
from .windows import classifications

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_mocks.studio.kinds import JsonObject, Output, Readings

    from .subject import SampleData, Subject
    from .view import View

LONGEST_PAYLOAD = 10_000
"""The most readings of a sample that the second endpoint hands over."""


def classified_sample(
    subject: Subject[Output],
    sample: SampleData[Output],
    view: View,
    variants: Sequence[str],
    *,
    debug: bool = False,
) -> bytes:
    """A `ClassifiedSample`, encoded.

    Args:
        subject: The project.
        sample: The sample.
        view: What is asked for; its variant is ignored.
        variants: The variants, in the order of the answer.
        debug: Whether the answer explains how detections were matched.
    """
    results = []
    for variant in variants:
        own = dataclasses.replace(view, variant=variant)
        results.append(
            {"variant": variant, "classifications": classifications(subject, sample, own, debug=debug)}
        )
    readings = subject.kind.medium.readings(sample.values)
    return msgspec.json.encode(
        {
            "success": True,
            "results": results,
            "sample": {
                "sample": sample_answer(subject, sample, view),
                "payload": _payload(subject, sample, view, readings),
                "totalPayloadLength": len(readings),
            },
            "windowSizeMs": subject.window_ms,
            "windowIncreaseMs": subject.step_ms,
            "alreadyInDatabase": sample.category == "training",
        }
    )


def _payload(
    subject: Subject[Output], sample: SampleData[Output], view: View, readings: Readings
) -> JsonObject:
    payload: JsonObject = {
        "device_name": "studio-01",
        "device_type": subject.device,
        "sensors": subject.sensors,
        "values": readings[:LONGEST_PAYLOAD],
    }
    if sample.crop:
        payload["cropStart"], payload["cropEnd"] = sample.crop
    if view.today:
        payload |= {"intervalMs": sample.interval_ms, "frequencyHz": sample.frequency_hz}
    return payload
