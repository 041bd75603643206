"""Motion: recordings of a wrist-worn watch, classified window by window, with a K-means anomaly block.

The recordings are BasicMotions (University of East Anglia), as the `aeon` package carries them: four people,
four activities, each recording ten seconds long at 10 Hz, three axes of an accelerometer and three of a
gyroscope, divided into a training and a test half.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from aeon.datasets import load_basic_motions
from sklearn.cluster import KMeans
from sklearn.neural_network import MLPClassifier

from . import network
from .document import SEED, project, sample, threshold

HZ = 10
PIECE = 25  # readings a sample: a quarter of a recording
WINDOW, STEP = 15, 5  # readings
SENSORS = [
    *({"name": f"acc{axis}", "units": "m/s2"} for axis in "XYZ"),
    *({"name": f"gyr{axis}", "units": "rad/s"} for axis in "XYZ"),
]
ACCELEROMETER = 3  # the first sensors
THINNED = 7  # the number of the test recording that is kept at half the rate
SPLICED = (8, 9)  # the numbers of the test recordings whose pieces are strung together
CLUSTERS = 12
MIN_SCORE = 0.6


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with models that were trained from a seed."""
    samples = _samples(*recordings("train"), "training")
    training = list(samples)
    samples += _samples(*recordings("test"), "testing")
    labels = sorted({expected for s in training for expected in s["expected"]})
    seen = [features(windows(_resampled(s))) for s in samples]
    known = np.concatenate(seen[: len(training)])
    standardize = network.standardizer(known)
    targets = [expected for s in training for expected in s["expected"]]

    both = classifier(standardize(known), targets, 12, seed)
    few = _accelerometer(known.shape[1])
    accelerometer = classifier(standardize(known)[:, few], targets, 8, seed)
    anomaly = Anomaly(standardize(known), seed)
    for s, found in zip(samples, seen, strict=True):
        inputs = standardize(found)
        s["outputs"] = {
            "1": {
                "2": {v: network.scores(v, both.run(v, inputs)) for v in network.VARIANTS},
                "3": {"any": anomaly.scores(inputs)},
            },
            "2": {
                "5": {v: network.scores(v, accelerometer.run(v, inputs[:, few])) for v in network.VARIANTS}
            },
        }
    suggested = round(float(np.quantile(anomaly.scores(standardize(known)), 0.995)), 2)
    named = {
        "type": "keras",
        "name": "NN Classifier",
        "title": "Classification",
        "labels": labels,
        "thresholds": [confidence()],
    }
    return project(
        identity=1,
        name="Wrist motion",
        kind="classification",
        device="Smart watch",
        sensors=SENSORS,
        window_ms=WINDOW * 1000 // HZ,
        step_ms=STEP * 1000 // HZ,
        impulses={
            "1": [
                {"id": 2, **named},
                {
                    "id": 3,
                    "type": "anomaly",
                    "name": "Anomaly detection",
                    "title": "Anomaly Detection (K-means)",
                    "labels": ["anomaly"],
                    "thresholds": [distance(suggested)],
                },
            ],
            "2": [{"id": 5, **named, "name": "NN Classifier, accelerometer only"}],
        },
        samples=samples,
    )


def confidence() -> dict[str, Any]:
    """The threshold of a classifier."""
    return threshold(
        "min_score",
        "Score threshold",
        "A window counts as uncertain when no label reaches this score.",
        MIN_SCORE,
    )


def distance(suggested: float) -> dict[str, Any]:
    """The threshold of an anomaly block."""
    return threshold(
        "min_anomaly_score",
        "Minimum anomaly score",
        "A window counts as anomalous at or above this score.",
        suggested,
        suggested=suggested,
    )


def recordings(half: str) -> tuple[np.ndarray, list[str]]:
    """The recordings of a half, `train` or `test`, as recording × reading × sensor, and their activities."""
    values, labels = load_basic_motions(split=half)
    return values.transpose(0, 2, 1), [str(label) for label in labels]


def _samples(values: np.ndarray, labels: list[str], category: str) -> list[dict[str, Any]]:
    """Quarters of the recordings; in the test half also whole ones, thinned, and spliced ones."""
    first = 1 if category == "training" else 1001
    samples: list[dict[str, Any]] = []
    spliced: dict[int, list[tuple[str, np.ndarray]]] = {number: [] for number in SPLICED}
    seen: dict[str, int] = {}

    def add(label: str, values: np.ndarray, **more: Any) -> None:
        taken = sample(
            identity=first + len(samples), label=label, category=category, values=values.tolist(), **more
        )
        samples.append(taken)

    for recording, label in zip(values, labels, strict=True):
        number = seen[label] = seen.get(label, -1) + 1
        if category == "testing" and number in SPLICED:
            spliced[number] += [(label, piece) for piece in recording.reshape(-1, PIECE, len(SENSORS))]
        elif category == "testing" and number == THINNED:
            thinned = recording[::2]
            count = (2 * len(thinned) - WINDOW) // STEP + 1
            add(label, thinned, frequency_hz=HZ / 2, expected=[label] * count)
        else:
            for part, piece in enumerate(recording.reshape(-1, PIECE, len(SENSORS))):
                metadata = {"recording": str(number + 1), "part": str(part + 1)}
                expected = [label] * ((PIECE - WINDOW) // STEP + 1)
                crop = (part * PIECE, (part + 1) * PIECE)
                add(label, piece, frequency_hz=HZ, expected=expected, metadata=metadata, crop=crop)
    for pieces in spliced.values():
        if category != "testing":
            break
        # Round and round through the activities, so that neighbours differ.
        order = [pieces[start::4] for start in range(4)]
        turns = [piece for turn in order for piece in turn]
        ends = [min(start + WINDOW, len(turns) * PIECE) - 1 for start in _starts(len(turns) * PIECE)]
        add(
            turns[0][0],
            np.concatenate([piece for _, piece in turns]),
            frequency_hz=HZ,
            # A window that spans two activities is expected to show the one in which it ends.
            expected=[turns[end // PIECE][0] for end in ends],
            structured=[[i * PIECE, (i + 1) * PIECE - 1, label] for i, (label, _) in enumerate(turns)],
            signed=False,
            metadata={"spliced": "yes"},
        )
    return samples


def _starts(readings: int) -> range:
    return range(0, readings - WINDOW + 1, STEP)


def _resampled(one: dict[str, Any]) -> np.ndarray:
    """The readings at the impulse's rate, by linear interpolation where the sample has another."""
    values = np.array(one["values"])
    if one["frequencyHz"] == HZ:
        return values
    times = np.arange(len(values)) / one["frequencyHz"]
    wanted = np.arange(round(len(values) * HZ / one["frequencyHz"])) / HZ
    return np.stack([np.interp(wanted, times, column) for column in values.T], axis=1)


def windows(values: np.ndarray) -> np.ndarray:
    """The windows of the readings: window × reading × sensor."""
    return np.stack([values[start : start + WINDOW] for start in _starts(len(values))])


def features(windows: np.ndarray) -> np.ndarray:
    """Per axis: mean, standard deviation, mean absolute step and skewness about the mean."""
    mean, deviation = windows.mean(axis=1), windows.std(axis=1)
    step = np.abs(np.diff(windows, axis=1)).mean(axis=1)
    cubes = np.cbrt(((windows - mean[:, None]) ** 3).mean(axis=1))
    return np.concatenate([mean, deviation, step, cubes], axis=1)


def _accelerometer(features: int) -> np.ndarray:
    return np.flatnonzero(np.arange(features) % len(SENSORS) < ACCELEROMETER)


def classifier(inputs: np.ndarray, targets: list[str], hidden: int, seed: int) -> network.Network:
    """A network that names the activity of a window, from its standardized features."""
    perceptron = MLPClassifier((hidden,), solver="adam", alpha=0.01, max_iter=300, random_state=seed)
    network.fit(perceptron, inputs, targets)
    return network.Network(network.dense(network.layers(perceptron), softmax=True), inputs)


class Anomaly:
    """Distance to the nearest cluster, less the radius of that cluster: below 0 is inside."""

    def __init__(self, inputs: np.ndarray, seed: int) -> None:
        clusters = KMeans(CLUSTERS, n_init=5, random_state=seed).fit(inputs)
        self._centres = clusters.cluster_centers_
        distances, nearest = self._nearest(inputs)
        self._radii = np.array([np.quantile(distances[nearest == k], 0.9) for k in range(CLUSTERS)])

    def scores(self, inputs: np.ndarray) -> list[float]:
        """The score of each window."""
        distances, nearest = self._nearest(inputs)
        rounded: list[float] = np.round(distances - self._radii[nearest], 4).tolist()
        return rounded

    def _nearest(self, inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        distances = np.sqrt(((inputs[:, None] - self._centres) ** 2).sum(axis=2))
        return distances.min(axis=1), distances.argmin(axis=1)
