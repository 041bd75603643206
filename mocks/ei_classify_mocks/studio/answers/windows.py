"""What the models make of the windows of a sample: `Classification` and `ModelPrediction`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dates import EPOCH, written
from .label_map import best_of_map, label_map, map_scores

if TYPE_CHECKING:
    from ei_classify_mocks.studio.kinds import Block, JsonObject, Output

    from .subject import SampleData, Subject
    from .view import View


def classifications(
    subject: Subject[Output], sample: SampleData[Output], view: View, *, debug: bool = False
) -> list[JsonObject]:
    """One `Classification` per learn block of the impulse."""
    return [
        _classification(subject, sample, view, block, debug=debug) for block in subject.impulses[view.impulse]
    ]


def _classification(
    subject: Subject[Output], sample: SampleData[Output], view: View, block: Block, *, debug: bool
) -> JsonObject:
    outputs = sample.outputs_of(block, view)
    mapped = subject.has_map(view)
    learn_block: JsonObject = {
        "id": block.id,
        "type": block.type,
        "name": block.name,
        "dsp": [27],
        "title": block.title,
        "createdBy": "createImpulse",
        "createdAt": written(EPOCH),
    }
    if view.today:
        learn_block["trainingProcessor"] = "cpu"
    scores = [subject.kind.scores(block, output) for output in outputs]
    made: JsonObject = {
        "learnBlock": learn_block,
        "result": scores,
        "minimumConfidenceRating": block.bound,
        "expectedLabels": [
            {"startIndex": i, "endIndex": i, "label": label, **label_map(label, mapped=mapped)}
            for i, label in enumerate(sample.expected)
        ],
        **subject.kind.classification(block, outputs, debug=debug),
    }
    if view.has_thresholds:
        made["thresholds"] = block.thresholds
    if view.today:
        made["isMultiLabel"] = bool(sample.structured)
        made["intervalMs"] = subject.step_ms
        made["frequencyHz"] = 1000 / subject.step_ms if subject.step_ms else 0
        made["resultCount"] = len(outputs)
        if subject.watches_anomalies(view):
            made["expectedAnomalyOutcome"] = [
                {"startIndex": i, "endIndex": i, "label": _outcome(label)}
                for i, label in enumerate(sample.expected)
            ]
        if mapped and len(block.labels) > 1:
            by_map = [map_scores(window) for window in scores]
            made["labelMapScores"] = by_map
            made["labelMapResult"] = [best_of_map(window) for window in by_map]
    return made


def predictions(subject: Subject[Output], sample: SampleData[Output], view: View) -> list[JsonObject]:
    """One `ModelPrediction` per window."""
    blocks = subject.impulses[view.impulse]
    outputs = {block.id: sample.outputs_of(block, view) for block in blocks}
    made = []
    for index, expected in enumerate(sample.expected):
        window = {block.id: outputs[block.id][index] for block in blocks}
        first, output = blocks[0], window[blocks[0].id]
        start_ms = index * subject.step_ms
        one: JsonObject = {
            "sampleId": sample.id,
            "startMs": start_ms,
            "endMs": start_ms + subject.window_ms,
            "label": expected,
            **subject.kind.predict(blocks, window, expected),
        }
        if view.today:
            if subject.watches_anomalies(view):
                one["expectedAnomalyOutcome"] = _outcome(expected)
            one |= subject.kind.later_prediction(first, output)
        if subject.has_map(view):
            one["labelMapPredictions"] = best_of_map(map_scores(subject.kind.scores(first, output)))
        made.append(one)
    return made


def _outcome(label: str) -> str:
    return "anomaly" if label == "anomaly" else "no anomaly"
