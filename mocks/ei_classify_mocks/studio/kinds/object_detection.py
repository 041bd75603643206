"""Object detection: boxes with labels and scores, and how they match the expected ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

import msgspec

from .kind import Kind, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .kind import Block, JsonObject


class Detections(TypedDict):
    """What is found in an image: boxes as x, y, width and height, each a ratio of the image's side."""

    boxes: list[list[Number]]
    labels: list[str]
    scores: list[Number]
    mAP: Number
    f1: Number
    precision: Number
    recall: Number
    debug: NotRequired[dict[str, Any]]  # as the matching of centroids wrote it; handed over as text


class ObjectDetection(Kind[Detections]):
    """An image is correct if all of its objects are found and nothing else is."""

    output = Detections
    labeling = "object_detection"

    def scores(self, _block: Block, _output: Detections) -> dict[str, Number]:
        """No scores: those of the detections stand in `structuredResult`."""
        return {}

    def predict(self, blocks: Sequence[Block], window: Mapping[int, Detections], expected: str) -> JsonObject:
        """The labels that are found, and the F1 score."""
        found = window[blocks[0].id]
        prediction = ", ".join(sorted(set(found["labels"]))) or "-"
        return {"prediction": prediction, "predictionCorrect": found["f1"] == 1, "f1Score": found["f1"]}

    def classification(self, block: Block, outputs: Sequence[Detections], *, debug: bool) -> JsonObject:
        """`structuredResult`, `details` and `objectDetectionLastLayer`."""
        return {
            "structuredResult": [_structured(found, debug=debug) for found in outputs],
            "details": [_details(block, found) for found in outputs],
            "objectDetectionLastLayer": block.last_layer,
        }

    def later_prediction(self, _block: Block, output: Detections) -> JsonObject:
        """The detections as `boundingBoxes`."""
        found = zip(output["boxes"], output["labels"], output["scores"], strict=True)
        return {
            "boundingBoxes": [
                {"label": label, "x": x, "y": y, "width": width, "height": height, "score": score}
                for (x, y, width, height), label, score in found
            ]
        }


def _structured(found: Detections, *, debug: bool) -> JsonObject:
    made: JsonObject = {key: value for key, value in found.items() if key != "debug"}
    if debug and "debug" in found:
        made["debugInfoJson"] = msgspec.json.encode(found["debug"]).decode()
    return made


def _details(block: Block, found: Detections) -> JsonObject:
    return {
        "labels": [1 + block.labels.index(label) for label in found["labels"]],
        "boxes": found["boxes"],
        "scores": found["scores"],
        "mAP": found["mAP"],
        "f1": found["f1"],
    }
