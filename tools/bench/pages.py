"""Pages of a classify job's result as a server sends them: seeded, so the same bytes each time."""

from __future__ import annotations

import datetime
import json
import random
from typing import Any

KEYWORDS = ["_noise", "_unknown", "go", "stop", "yes"]
OBJECTS = ["bottle", "can", "cup"]
START = datetime.datetime(2025, 5, 20, 10, 0, tzinfo=datetime.UTC)


def keyword_spotting(samples: int = 100, windows: int = 50, *, offset: int = 0, seed: int = 1) -> bytes:
    """A page of audio samples: `windows` windows each, five labels a window."""
    chance = random.Random(f"{seed}/{offset}")  # noqa: S311
    result, predictions = [], []
    for number in range(offset, offset + samples):
        label = chance.choice(KEYWORDS)
        scores = [_scores(chance, KEYWORDS) for _ in range(windows)]
        expected = [{"startIndex": i, "endIndex": i, "label": label} for i in range(windows)]
        length_ms = 1000 + 20 * (windows - 1)
        result.append(
            {
                "sampleId": 1000 + number,
                "sample": _sample(number, label, length_ms=length_ms),
                "classifications": [
                    {
                        **_block("keras-transfer-kws", "Classifier", 0.6),
                        "result": scores,
                        "expectedLabels": expected,
                    }
                ],
            }
        )
        for index, window in enumerate(scores):
            predicted = max(window, key=window.__getitem__)
            predictions.append(
                {
                    "sampleId": 1000 + number,
                    "startMs": 20 * index,
                    "endMs": 20 * index + 1000,
                    "label": label,
                    "prediction": predicted,
                    "predictionCorrect": predicted == label,
                }
            )
    return _page(result, predictions, offset + samples)


def object_detection(samples: int = 100, boxes: int = 10, *, offset: int = 0, seed: int = 1) -> bytes:
    """A page of images: one window each, with `boxes` expected and `boxes` predicted objects."""
    chance = random.Random(f"{seed}/{offset}")  # noqa: S311
    result, predictions = [], []
    for number in range(offset, offset + samples):
        expected = [
            {
                "label": chance.choice(OBJECTS),
                "x": chance.randrange(280),
                "y": chance.randrange(200),
                "width": 8 + chance.randrange(32),
                "height": 8 + chance.randrange(32),
            }
            for _ in range(boxes)
        ]
        found = [
            {
                "label": chance.choice(OBJECTS),
                "x": round(chance.random() * 0.9, 4),
                "y": round(chance.random() * 0.9, 4),
                "width": 0.0833,
                "height": 0.0833,
                "score": round(0.5 + chance.random() / 2, 4),
            }
            for _ in range(boxes)
        ]
        corners = [[box["x"], box["y"], box["width"], box["height"]] for box in found]
        confidences = [box["score"] for box in found]
        rates = {"mAP": round(chance.random(), 4), "f1": round(chance.random(), 4)}
        label = ", ".join(sorted({str(box["label"]) for box in expected}))
        sample = _sample(number, label, length_ms=0)
        sample.update(
            chartType="image", boundingBoxes=expected, imageDimensions={"width": 320, "height": 240}
        )
        result.append(
            {
                "sampleId": 1000 + number,
                "sample": sample,
                "classifications": [
                    {
                        **_block("keras-object-detection", "Object detection", 0.5),
                        "result": [{}],
                        "expectedLabels": [{"startIndex": 0, "endIndex": 0, "label": label}],
                        "objectDetectionLastLayer": "fomo",
                        "structuredResult": [
                            {
                                "boxes": corners,
                                "labels": [box["label"] for box in found],
                                "scores": confidences,
                                "precision": round(chance.random(), 4),
                                "recall": round(chance.random(), 4),
                                **rates,
                            }
                        ],
                        "details": [
                            {
                                "boxes": corners,
                                "labels": [OBJECTS.index(str(box["label"])) + 1 for box in found],
                                "scores": confidences,
                                **rates,
                            }
                        ],
                    }
                ],
            }
        )
        predictions.append(
            {
                "sampleId": 1000 + number,
                "startMs": 0,
                "endMs": 0,
                "label": label,
                "prediction": ", ".join(sorted({str(box["label"]) for box in found})),
                "f1Score": rates["f1"],
                "boundingBoxes": found,
            }
        )
    return _page(result, predictions, offset + samples)


def grown(page: bytes) -> bytes:
    """The page with a property more in every sample and every prediction, as a newer server might send."""
    body = json.loads(page)
    for entry in body["result"]:
        entry["sample"]["addedLater"] = {"of": "a newer server"}
    for prediction in body["predictions"]:
        prediction["addedLater"] = 1
    return _compact(body)


def grown_everywhere(page: bytes) -> bytes:
    """The page with a property more in every sample, prediction and learn block."""
    body = json.loads(grown(page))
    for block in _blocks(body):
        block["learnBlock"]["addedLater"] = [1]
    return _compact(body)


def with_nulls(page: bytes) -> bytes:
    """The page with a null in every map: a score of each window, and a text of each sample's metadata."""
    body = json.loads(page)
    for entry in body["result"]:
        entry["sample"]["metadata"]["room"] = None
    for block in _blocks(body):
        for window in block["result"]:
            window["nothing"] = None
    return _compact(body)


def with_odd_values(page: bytes) -> bytes:
    """The page with numbers for the dates of every sample and learn block."""
    body = json.loads(page)
    for number, entry in enumerate(body["result"]):
        entry["sample"]["created"] = 1735689600 + number
    for block in _blocks(body):
        block["learnBlock"]["createdAt"] = 1735689600
    return _compact(body)


def _blocks(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [block for entry in body["result"] for block in entry["classifications"]]


def _page(result: list[Any], predictions: list[Any], total: int) -> bytes:
    return _compact({"success": True, "result": result, "predictions": predictions, "totalCount": total})


def _compact(body: dict[str, Any]) -> bytes:
    return json.dumps(body, separators=(",", ":")).encode()


def _scores(chance: random.Random, labels: list[str]) -> dict[str, float]:
    weights = [chance.random() ** 6 for _ in labels]
    return {label: round(weight / sum(weights), 8) for label, weight in zip(labels, weights, strict=True)}


def _block(kind: str, title: str, threshold: float) -> dict[str, Any]:
    return {
        "learnBlock": {
            "id": 2,
            "type": kind,
            "name": title,
            "dsp": [27],
            "title": title,
            "createdBy": "createImpulse",
            "createdAt": "2025-05-20T10:00:00.000Z",
        },
        "minimumConfidenceRating": threshold,
        # The vendor's bindings cannot decode a threshold that is a number, so the pages have none.
        "thresholds": [],
    }


def _sample(number: int, label: str, length_ms: int) -> dict[str, Any]:
    added = (START + datetime.timedelta(seconds=number, milliseconds=number % 1000)).isoformat(
        timespec="milliseconds"
    )
    return {
        "id": 1000 + number,
        "filename": f"{label}.{number:08x}",
        "signatureValidate": True,
        "signatureMethod": "HS256",
        "created": added.replace("+00:00", "Z"),
        "lastModified": added.replace("+00:00", "Z"),
        "category": "testing",
        "coldstorageFilename": f"1/testing/{number:08x}.cbor",
        "label": label,
        "intervalMs": 0.0625,
        "frequency": 16000,
        "deviceName": "ac:87:a3:0a:2d:1b",
        "deviceType": "DISCO-L475VG-IOT01A",
        "sensors": [{"name": "audio", "units": "wav"}],
        "valuesCount": length_ms * 16,
        "totalLengthMs": length_ms,
        "added": added.replace("+00:00", "Z"),
        "boundingBoxes": [],
        "boundingBoxesType": "object_detection",
        "chartType": "chart",
        "isDisabled": False,
        "isProcessing": False,
        "processingError": False,
        "isCropped": False,
        "metadata": {"site": "lab"},
        "projectId": 1,
        "projectOwnerName": "Edge Impulse",
        "projectName": "A project",
        "projectLabelingMethod": "single_label",
        "sha256Hash": f"{number:064x}",
        "structuredLabels": [{"startIndex": 0, "endIndex": length_ms * 16 - 1, "label": label}],
        "structuredLabelsList": [label],
    }
