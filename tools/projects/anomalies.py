"""K-means anomaly detection with windows that are labelled anomalous: an activity that no model has seen.

The recordings are those of the motion project. Nobody trained badminton, which is tested as an anomaly.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from . import motion, network
from .document import SEED, project, sample

UNKNOWN = "badminton"
SHARE_INSIDE = 0.98  # of the windows of the training, at the suggested threshold


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with models that were trained from a seed."""
    known, targets = [], []
    for piece, label, _ in _pieces("train"):
        if label != UNKNOWN:
            windows = motion.features(motion.windows(piece))
            known.append(windows)
            targets += [label] * len(windows)
    standardize = network.standardizer(np.concatenate(known))
    inputs = standardize(np.concatenate(known))
    classifier = motion.classifier(inputs, targets, 8, seed)
    clusters = motion.Anomaly(inputs, seed)

    samples: list[dict[str, Any]] = []
    for piece, label, metadata in _pieces("test"):
        windows = standardize(motion.features(motion.windows(piece)))
        named = "anomaly" if label == UNKNOWN else label
        one = sample(
            identity=1 + len(samples),
            label=named,
            category="testing",
            frequency_hz=motion.HZ,
            values=piece.tolist(),
            expected=[named] * len(windows),
            metadata={"activity": label, **metadata},
        )
        by_variant = {v: network.scores(v, classifier.run(v, windows)) for v in network.VARIANTS}
        samples.append(one | {"outputs": {"1": {"2": by_variant, "3": {"any": clusters.scores(windows)}}}})
    suggested = round(float(np.quantile(clusters.scores(inputs), SHARE_INSIDE)), 2)
    return project(
        identity=9,
        name="Unknown activities",
        kind="classification",
        device="Smart watch",
        sensors=motion.SENSORS,
        window_ms=motion.WINDOW * 1000 // motion.HZ,
        step_ms=motion.STEP * 1000 // motion.HZ,
        impulses={
            "1": [
                {
                    "id": 2,
                    "type": "keras",
                    "name": "NN Classifier",
                    "title": "Classification",
                    "labels": sorted(set(targets)),
                    "thresholds": [motion.confidence()],
                },
                {
                    "id": 3,
                    "type": "anomaly",
                    "name": "Anomaly detection",
                    "title": "Anomaly Detection (K-means)",
                    "labels": ["anomaly"],
                    "thresholds": [motion.distance(suggested)],
                },
            ]
        },
        samples=samples,
    )


def _pieces(half: str) -> list[tuple[np.ndarray, str, dict[str, str]]]:
    """Quarters of the recordings, with what they show and where they come from."""
    return [
        (piece, label.lower(), {"recording": str(number + 1), "part": str(part + 1)})
        for number, (recording, label) in enumerate(zip(*motion.recordings(half), strict=True))
        for part, piece in enumerate(recording.reshape(-1, motion.PIECE, len(motion.SENSORS)))
    ]
