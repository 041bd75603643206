"""Stored samples put into the shape of the contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

Age = Literal["seeds", "today"]
"""How old the API is: `seeds` knows the fields that every version has, `today` also the later ones."""

FIRST_LABELS = 5
"""How many structured labels are left when they are truncated."""

LONGEST_PAYLOAD = 10_000
"""How many readings of a sample the second endpoint hands over at most."""

_EPOCH = datetime(2025, 6, 2, 8, tzinfo=UTC)
_LEVELS = {"standing": "still", "walking": "moderate", "running": "vigorous", "badminton": "vigorous"}
_CHARTS = {"visual-anomaly": "image", "object-detection": "image", "regression": "table"}


@dataclass(frozen=True)
class View:
    """What of a sample is asked for."""

    age: Age
    impulse: int
    variant: str
    truncate: bool = False

    @property
    def today(self) -> bool:
        """Whether the later fields are there."""
        return self.age == "today"


def added(identity: int) -> datetime:
    """When a sample came into its data set: a minute apart, in the order of the ids."""
    return _EPOCH + timedelta(minutes=identity)


def written(instant: datetime) -> str:
    """An instant as the API writes it, in milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def filename(stored: Mapping[str, Any]) -> str:
    """The name of a sample's file."""
    return f"{stored['label'].replace(', ', '-').replace(' ', '-')}.{stored['id']:04x}"


def sample(project: Mapping[str, Any], stored: Mapping[str, Any], view: View) -> dict[str, Any]:
    """A `Sample`."""
    frequency, values = stored["frequencyHz"], stored["values"]
    image = _is_image(project)
    interval = 1000 / frequency if frequency else 0
    count = len(values) * len(values[0]) if image else len(values)
    length = len(values) * interval
    mapped = view.today and project["mapped"]
    instant = added(stored["id"])
    sensors = [
        {**sensor, "index": index} if view.today else sensor
        for index, sensor in enumerate(project["sensors"])
    ]
    chart = _CHARTS.get(project["kind"], "chart")
    made = {
        "id": stored["id"],
        "filename": filename(stored),
        "signatureValidate": stored["signed"],
        "signatureMethod": "HS256",
        "created": written(instant - timedelta(seconds=30)),
        "lastModified": written(instant),
        "category": stored["category"],
        "coldstorageFilename": f"project-{project['id']}/{stored['category']}/{filename(stored)}.cbor",
        "label": stored["label"],
        "intervalMs": interval,
        "frequency": frequency,
        "originalIntervalMs": interval,
        "originalFrequency": frequency,
        "deviceName": "studio-01",
        "deviceType": project["device"],
        "sensors": sensors,
        "valuesCount": count,
        "totalLengthMs": length,
        "added": written(instant),
        "boundingBoxes": [
            {"label": label, "x": x, "y": y, "width": width, "height": height}
            for label, x, y, width, height in stored.get("boxes", ())
        ],
        "boundingBoxesType": "object_detection",
        "chartType": chart,
        "isDisabled": False,
        "isProcessing": False,
        "processingError": False,
        "isCropped": bool(stored["crop"]),
        "metadata": stored["metadata"],
        "projectId": project["id"],
        "projectOwnerName": "Ada Example",
        "projectName": project["name"],
        "projectLabelingMethod": "label_map" if mapped else _labeling(project),
        "sha256Hash": stored["sha256"],
    }
    if stored["structured"]:
        shown = stored["structured"][: FIRST_LABELS if view.truncate else None]
        made["structuredLabels"] = [
            {"startIndex": start, "endIndex": end, "label": label, **_label_map(label, mapped)}
            for start, end, label in shown
        ]
        made["structuredLabelsList"] = sorted({label for _, _, label in stored["structured"]})
    if image:
        made["imageDimensions"] = {"width": len(values[0]), "height": len(values)}
    if view.today:
        stream = {
            "index": 0,
            "chartType": chart,
            "intervalMs": interval,
            "frequencyHz": frequency,
            "sensors": sensors,
            "valuesCount": count,
            "totalLengthMs": length,
        }
        made["datastreams"] = [stream | ({"imageDimensions": made["imageDimensions"]} if image else {})]
        made["lastUpdatedBy"] = {"type": "user", "id": 7}
        made |= _label_map(stored["label"], mapped)
    return made


def classifications(
    project: Mapping[str, Any], stored: Mapping[str, Any], view: View, *, debug: bool = False
) -> list[dict[str, Any]]:
    """One `Classification` for each learn block of the impulse."""
    made = []
    for block in project["impulses"][str(view.impulse)]:
        outputs = _outputs(stored, block, view)
        learn_block = {
            "id": block["id"],
            "type": block["type"],
            "name": block["name"],
            "dsp": [27],
            "title": block["title"],
            "createdBy": "createImpulse",
            "createdAt": written(_EPOCH),
        }
        one: dict[str, Any] = {
            "learnBlock": learn_block,
            "result": [_scores(project, block, output) for output in outputs],
            "minimumConfidenceRating": block["thresholds"][0]["value"],
            "expectedLabels": [
                {"startIndex": i, "endIndex": i, "label": label, **_label_map(label, _mapped(project, view))}
                for i, label in enumerate(stored["expected"])
            ],
            "thresholds": block["thresholds"],
        }
        if project["kind"] == "visual-anomaly":
            one["anomalyResult"] = [_anomaly(block, grid) for grid in outputs]
        if project["kind"] == "object-detection":
            one["structuredResult"] = [_structured(found, debug=debug) for found in outputs]
            one["details"] = [_details(block, found) for found in outputs]
            one["objectDetectionLastLayer"] = block["lastLayer"]
        if view.today:
            learn_block["trainingProcessor"] = "cpu"
            step = project["stepMs"]
            one["isMultiLabel"] = bool(stored["structured"])
            one["intervalMs"] = step
            one["frequencyHz"] = 1000 / step if step else 0
            one["resultCount"] = len(outputs)
            if _watches_anomalies(project, view):
                one["expectedAnomalyOutcome"] = [
                    {"startIndex": i, "endIndex": i, "label": _outcome(label)}
                    for i, label in enumerate(stored["expected"])
                ]
            if _mapped(project, view) and "labels" in block and len(block["labels"]) > 1:
                scores = [_map_scores(result) for result in one["result"]]
                one["labelMapScores"] = scores
                one["labelMapResult"] = [_best(window) for window in scores]
        made.append(one)
    return made


def predictions(project: Mapping[str, Any], stored: Mapping[str, Any], view: View) -> list[dict[str, Any]]:
    """One `ModelPrediction` for each window."""
    made = []
    blocks = project["impulses"][str(view.impulse)]
    for index, expected in enumerate(stored["expected"]):
        start = index * project["stepMs"]
        window = {block["id"]: _outputs(stored, block, view)[index] for block in blocks}
        one: dict[str, Any] = {
            "sampleId": stored["id"],
            "startMs": start,
            "endMs": start + project["windowMs"],
            "label": expected,
            **_predicted(project, blocks, window, expected),
        }
        if view.today and _watches_anomalies(project, view):
            one["expectedAnomalyOutcome"] = _outcome(expected)
        if view.today and project["kind"] == "object-detection":
            one["boundingBoxes"] = _boxes(window[blocks[0]["id"]])
        if _mapped(project, view):
            one["labelMapPredictions"] = _best(
                _map_scores(_scores(project, blocks[0], window[blocks[0]["id"]]))
            )
        made.append(one)
    return made


def classified_sample(
    project: Mapping[str, Any],
    stored: Mapping[str, Any],
    view: View,
    variants: list[str],
    *,
    debug: bool = False,
) -> bytes:
    """A `ClassifiedSample`, encoded."""
    results = []
    for variant in variants:
        one = View(view.age, view.impulse, variant, view.truncate)
        results.append(
            {"variant": variant, "classifications": classifications(project, stored, one, debug=debug)}
        )
    return msgspec.json.encode(
        {
            "success": True,
            "results": results,
            "sample": {
                "sample": sample(project, stored, view),
                "payload": _payload(project, stored, view),
                "totalPayloadLength": len(_readings(project, stored)),
            },
            "windowSizeMs": project["windowMs"],
            "windowIncreaseMs": project["stepMs"],
            "alreadyInDatabase": stored["category"] == "training",
        }
    )


def _payload(project: Mapping[str, Any], stored: Mapping[str, Any], view: View) -> dict[str, Any]:
    payload = {
        "device_name": "studio-01",
        "device_type": project["device"],
        "sensors": project["sensors"],
        "values": _readings(project, stored)[:LONGEST_PAYLOAD],
    }
    if stored["crop"]:
        payload["cropStart"], payload["cropEnd"] = stored["crop"]
    if view.today:
        frequency = stored["frequencyHz"]
        payload |= {"intervalMs": 1000 / frequency if frequency else 0, "frequencyHz": frequency}
    return payload


def _readings(project: Mapping[str, Any], stored: Mapping[str, Any]) -> list[list[float]]:
    """The readings; of an image one a pixel, row by row, as 0xRRGGBB."""
    if _is_image(project):
        return [[int(pixel, 16) * 0x111111] for row in stored["values"] for pixel in row]
    readings: list[list[float]] = stored["values"]
    return readings


def _outputs(stored: Mapping[str, Any], block: Mapping[str, Any], view: View) -> list[Any]:
    by_variant = stored["outputs"][str(view.impulse)][str(block["id"])]
    outputs: list[Any] = by_variant["any"] if "any" in by_variant else by_variant[view.variant]
    return outputs


def _scores(project: Mapping[str, Any], block: Mapping[str, Any], output: Any) -> dict[str, float]:
    if project["kind"] == "object-detection":
        return {}
    if project["kind"] == "visual-anomaly":
        return {"anomaly": max(map(max, output))}
    return dict(zip(block["labels"], output if isinstance(output, list) else [output], strict=True))


def _predicted(
    project: Mapping[str, Any], blocks: list[dict[str, Any]], window: Mapping[int, Any], expected: str
) -> dict[str, Any]:
    """What the impulse makes of a window under its thresholds."""
    first = blocks[0]
    output, bound = window[first["id"]], first["thresholds"][0]["value"]
    if project["kind"] == "regression":
        return {"prediction": f"{output:.10g}", "predictionCorrect": abs(output - float(expected)) <= bound}
    if project["kind"] == "object-detection":
        prediction = ", ".join(sorted(set(output["labels"]))) or "-"
        return {"prediction": prediction, "predictionCorrect": output["f1"] == 1, "f1Score": output["f1"]}
    if project["kind"] == "visual-anomaly":
        prediction = "anomaly" if max(map(max, output)) >= bound else "no anomaly"
        return {
            "prediction": prediction,
            "predictionCorrect": prediction == expected,
            "anomalyScores": output,
        }
    score, prediction = max(zip(output, first["labels"], strict=True))
    if score < bound:
        prediction = "uncertain"
    for block in blocks[1:]:
        if window[block["id"]] >= block["thresholds"][0]["value"]:
            prediction = "anomaly"
    return {"prediction": prediction, "predictionCorrect": prediction == expected}


def _anomaly(block: Mapping[str, Any], grid: list[list[float]]) -> dict[str, Any]:
    side, bound = len(grid), block["thresholds"][0]["value"]
    cells = [score for row in grid for score in row]
    boxes = [
        {
            "label": "anomaly",
            "x": x / side,
            "y": y / side,
            "width": 1 / side,
            "height": 1 / side,
            "score": score,
        }
        for y, row in enumerate(grid)
        for x, score in enumerate(row)
        if score >= bound
    ]
    mean = round(sum(cells) / len(cells), 4)
    return {"boxes": boxes, "scores": grid, "meanScore": mean, "maxScore": max(cells)}


def _structured(found: Mapping[str, Any], *, debug: bool) -> dict[str, Any]:
    made = {key: value for key, value in found.items() if key != "debug"}
    return made | ({"debugInfoJson": msgspec.json.encode(found["debug"]).decode()} if debug else {})


def _details(block: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    numbers = [1 + block["labels"].index(label) for label in found["labels"]]
    return {"labels": numbers, **{key: found[key] for key in ("boxes", "scores", "mAP", "f1")}}


def _boxes(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": label, "x": x, "y": y, "width": width, "height": height, "score": score}
        for (x, y, width, height), label, score in zip(
            found["boxes"], found["labels"], found["scores"], strict=True
        )
    ]


def _is_image(project: Mapping[str, Any]) -> bool:
    return _CHARTS.get(project["kind"]) == "image"


def _labeling(project: Mapping[str, Any]) -> str:
    return "object_detection" if project["kind"] == "object-detection" else "single_label"


def _watches_anomalies(project: Mapping[str, Any], view: View) -> bool:
    types = {block["type"] for block in project["impulses"][str(view.impulse)]}
    return bool(types & {"anomaly", "keras-visual-anomaly"})


def _outcome(label: str) -> str:
    return "anomaly" if label == "anomaly" else "no anomaly"


def _mapped(project: Mapping[str, Any], view: View) -> bool:
    return view.today and bool(project["mapped"])


def _label_map(label: str, mapped: bool) -> dict[str, Any]:
    if not mapped:
        return {}
    return {"labelMap": {"type": "key-values", "labels": {"activity": label, "level": _LEVELS[label]}}}


def _map_scores(result: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Key → value → score: a level's score is the sum of those of its activities."""
    levels: dict[str, float] = {}
    for label, score in result.items():
        levels[_LEVELS[label]] = round(levels.get(_LEVELS[label], 0.0) + score, 6)
    return {"activity": dict(result), "level": levels}


def _best(scores: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    return {key: max(values, key=values.__getitem__) for key, values in scores.items()}
