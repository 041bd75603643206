"""The contract's `Sample`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from .dates import added, written
from .label_map import label_map

if TYPE_CHECKING:
    from ei_classify_mocks.studio.kinds import JsonObject, Output

    from .subject import SampleData, Subject
    from .view import View

FIRST_LABELS = 5
"""How many structured labels are left when they are truncated."""


def filename(identity: int, label: str) -> str:
    """The name of a sample's file."""
    return f"{label.replace(', ', '-').replace(' ', '-')}.{identity:04x}"


def sample_answer(subject: Subject[Output], sample: SampleData[Output], view: View) -> JsonObject:
    """A `Sample`."""
    medium = subject.kind.medium
    file = filename(sample.id, sample.label)
    instant = added(sample.id)
    mapped = subject.has_map(view)
    sensors = [
        {**sensor, "index": index} if view.today else sensor for index, sensor in enumerate(subject.sensors)
    ]
    count = medium.count(sample.values)
    length_ms = len(sample.values) * sample.interval_ms
    size = medium.size(sample.values)
    dimensions: JsonObject = {"imageDimensions": size} if size else {}
    made: JsonObject = {
        "id": sample.id,
        "filename": file,
        "signatureValidate": sample.signed,
        "signatureMethod": "HS256",
        "created": written(instant - timedelta(seconds=30)),
        "lastModified": written(instant),
        "category": sample.category,
        "coldstorageFilename": f"project-{subject.id}/{sample.category}/{file}.cbor",
        "label": sample.label,
        "intervalMs": sample.interval_ms,
        "frequency": sample.frequency_hz,
        "originalIntervalMs": sample.interval_ms,
        "originalFrequency": sample.frequency_hz,
        "deviceName": "studio-01",
        "deviceType": subject.device,
        "sensors": sensors,
        "valuesCount": count,
        "totalLengthMs": length_ms,
        "added": written(instant),
        "boundingBoxes": [
            {"label": label, "x": x, "y": y, "width": width, "height": height}
            for label, x, y, width, height in sample.boxes
        ],
        "boundingBoxesType": "object_detection",
        "chartType": medium.chart_type,
        "isDisabled": False,
        "isProcessing": False,
        "processingError": False,
        "isCropped": bool(sample.crop),
        "metadata": sample.metadata,
        "projectId": subject.id,
        "projectOwnerName": "Ada Example",
        "projectName": subject.name,
        "projectLabelingMethod": "label_map" if mapped else subject.kind.labeling,
        "sha256Hash": sample.sha256,
    }
    if sample.structured:
        shown = sample.structured[: FIRST_LABELS if view.truncate else None]
        made["structuredLabels"] = [
            {"startIndex": start, "endIndex": end, "label": label, **label_map(label, mapped=mapped)}
            for start, end, label in shown
        ]
        made["structuredLabelsList"] = sorted({label for _, _, label in sample.structured})
    made |= dimensions
    if view.today:
        stream: JsonObject = {
            "index": 0,
            "chartType": medium.chart_type,
            "intervalMs": sample.interval_ms,
            "frequencyHz": sample.frequency_hz,
            "sensors": sensors,
            "valuesCount": count,
            "totalLengthMs": length_ms,
        }
        made["datastreams"] = [stream | dimensions]
        made["lastUpdatedBy"] = {"type": "user", "id": 7}
        made |= label_map(sample.label, mapped=mapped)
    return made
