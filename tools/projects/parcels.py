"""Object detection with boxes: rendered scenes of parcels and tins, of any size, on a belt.

A small network says for each cell of an 8 × 8 grid whether an object has its centre there; a second one says
where the sides of its box are. Boxes therefore overlap objects by degrees.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from sklearn.neural_network import MLPClassifier, MLPRegressor

from . import images, network
from .document import SEED, project, sample, threshold
from .matching import Box, assess_boxes

LABELS = ["parcel", "tin"]
FOR_TRAINING, FOR_TESTING = 240, 48
CELL = 12  # pixels
GRID = images.SIZE // CELL
VIEW = 36  # pixels that the networks see around a cell
POOL = 2  # pixels a side that they see as one
SIDES = (12, 33)  # of objects, in pixels, the last one excluded
MIN_SCORE = 0.5
MAX_OVERLAP = 0.3  # of two detections of one label

Scene = tuple[np.ndarray, list[Box]]


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with models that were trained from a seed."""
    generator = np.random.default_rng(SEED)
    training = [_scene(generator) for _ in range(FOR_TRAINING)]
    testing = [_scene(generator) for _ in range(FOR_TESTING)]
    classifier, sides = _networks(training, seed)
    inputs = images.inputs([image for image, _ in testing])
    heat = {v: classifier.run(v, inputs) for v in network.VARIANTS}
    distances = {v: sides.run(v, inputs) for v in network.VARIANTS}
    samples = []
    for number, (image, truth) in enumerate(testing):
        label = ", ".join(sorted({box.label for box in truth})) or "-"
        one = sample(
            identity=1 + number,
            label=label,
            category="testing",
            frequency_hz=0,
            values=images.rows(image),
            expected=[label],
            metadata={"objects": str(len(truth))},
            boxes=[[b.label, int(b.x), int(b.y), int(b.width), int(b.height)] for b in truth],
        )
        expected = [box.scaled(1 / images.SIZE) for box in truth]
        outputs = {}
        for variant in network.VARIANTS:
            detected = _detections(variant, heat[variant][number], distances[variant][number])
            outputs[variant] = [assess_boxes(expected, detected)]
        samples.append(one | {"outputs": {"1": {"2": outputs}}})
    block = {
        "id": 2,
        "type": "keras-object-detection",
        "name": "Object detection",
        "title": "Object Detection (Images)",
        "labels": LABELS,
        "lastLayer": "mobilenet-ssd",
        "thresholds": [
            threshold("min_score", "Score threshold", "A detection with a lower score is dropped.", MIN_SCORE)
        ],
    }
    return project(
        identity=7,
        name="Parcels and tins",
        kind="object-detection",
        device="Renderer",
        sensors=images.SENSORS,
        window_ms=0,
        step_ms=0,
        impulses={"1": [block]},
        samples=samples,
    )


def _scene(generator: np.random.Generator) -> Scene:
    size = images.SIZE
    image = 0.3 + generator.normal(size=(size, size)) * 0.03
    truth: list[Box] = []
    for _ in range(generator.integers(0, 5)):
        label = LABELS[generator.integers(2)]
        width, height = (int(side) for side in generator.integers(*SIDES, size=2))
        x, y = (int(generator.integers(1, size - side)) for side in (width, height))
        box = Box(label, x, y, width, height)
        if any(box.overlaps(other) for other in truth):
            continue
        truth.append(box)
        part = image[y : y + height, x : x + width]
        part += _drawn(label, height, width) * generator.uniform(0.3, 0.6)
    return images.quantized(image), truth


def _drawn(label: str, height: int, width: int) -> np.ndarray:
    """How much each pixel of an object is brighter than the belt, 0..1: a box with tape, or an oval lid."""
    rows, columns = np.mgrid[:height, :width]
    if label == "parcel":
        return np.where(np.abs(columns - (width - 1) / 2) < width / 10, 0.4, 1.0)
    across, down = (2 * columns + 1) / width - 1, (2 * rows + 1) / height - 1
    return (across**2 + down**2 <= 1).astype(float)


def _networks(training: list[Scene], seed: int) -> tuple[network.Network, network.Network]:
    """What is in each cell, and the distances from its middle to the sides of its object's box."""
    views: list[np.ndarray] = []
    classes: list[int] = []
    sides: list[list[float]] = []
    inside: list[int] = []
    for image, truth in training:
        seen = _views(image)
        centres = {box.cell(CELL): box for box in truth}
        for row, column in np.ndindex(GRID, GRID):
            box = centres.get((row, column))
            if box:
                inside.append(len(views))
                sides.append(_sides(box, row, column))
            views.append(seen[row, column])
            classes.append(1 + LABELS.index(box.label) if box else 0)
    inputs = np.stack(views)
    classifier = MLPClassifier((24,), alpha=0.01, max_iter=25, random_state=seed)
    regressor = MLPRegressor(hidden_layer_sizes=(24,), alpha=0.1, max_iter=120, random_state=seed)
    network.fit(classifier, inputs, classes)
    network.fit(regressor, inputs[inside], sides)
    calibration = images.inputs([image for image, _ in training[:100]])
    return (
        network.Network(_convolved(classifier, softmax=True), calibration),
        network.Network(_convolved(regressor, softmax=False), calibration),
    )


def _views(image: np.ndarray) -> np.ndarray:
    """What the networks see around each cell: row × column × pixel."""
    pooled = images.inputs([image])[0, 0].reshape(images.SIZE // POOL, POOL, -1, POOL).mean(axis=(1, 3))
    cell, view = CELL // POOL, VIEW // POOL
    padded = np.pad(pooled, (view - cell) // 2)
    return np.lib.stride_tricks.sliding_window_view(padded, (view, view))[::cell, ::cell].reshape(
        GRID, GRID, -1
    )


def _sides(box: Box, row: int, column: int) -> list[float]:
    """The distances of the left, upper, right and lower side from the middle of the cell, in cells."""
    x, y = (column + 0.5) * CELL, (row + 0.5) * CELL
    return [n / CELL for n in (x - box.x, y - box.y, box.x + box.width - x, box.y + box.height - y)]


def _convolved(perceptron: Any, *, softmax: bool) -> onnx.ModelProto:
    """A perceptron that looks at the view around each cell of an image."""
    (first, first_bias), (second, second_bias) = network.layers(perceptron)
    cell, view = CELL // POOL, VIEW // POOL
    make = onnx.helper.make_node
    nodes = [
        make("AveragePool", ["input"], ["pooled"], kernel_shape=[POOL, POOL], strides=[POOL, POOL]),
        make("Conv", ["pooled", "w0", "b0"], ["seen"], strides=[cell] * 2, pads=[(view - cell) // 2] * 4),
        make("Relu", ["seen"], ["positive"]),
        make("Conv", ["positive", "w1", "b1"], ["cells"]),
    ]
    if softmax:
        nodes.append(make("Softmax", ["cells"], ["scores"], axis=1))
    constants = [
        network.constant("w0", first.T.reshape(-1, 1, view, view)),
        network.constant("b0", first_bias),
        network.constant("w1", second.T.reshape(second.shape[1], -1, 1, 1)),
        network.constant("b1", second_bias),
    ]
    size, output = images.SIZE, nodes[-1].output[0]
    return network.graph(nodes, constants, [1, 1, size, size], output, [1, second.shape[1], GRID, GRID])


def _detections(variant: str, heat: np.ndarray, distances: np.ndarray) -> list[Box]:
    """The box of each cell that has an object, in ratios, without those that a better one covers."""
    found = []
    for row, column in np.ndindex(GRID, GRID):
        kind = int(heat[1:, row, column].argmax())
        score = network.scores(variant, heat[1 + kind, row, column])
        if score >= MIN_SCORE:
            found.append(_box(LABELS[kind], row, column, distances[:, row, column], score))
    kept: list[Box] = []
    for box in sorted(found, key=lambda box: (-box.score, box.y, box.x)):
        if all(box.label != one.label or box.intersection_over_union(one) <= MAX_OVERLAP for one in kept):
            kept.append(box)
    return kept


def _box(label: str, row: int, column: int, distances: np.ndarray, score: float) -> Box:
    """The box around the middle of a cell, cut at the edges of the image."""
    left, upper, right, lower = (float(n) / GRID for n in distances)
    x, y = (column + 0.5) / GRID, (row + 0.5) / GRID
    x_edges = np.clip([x - left, x + right], 0, 1).round(4)
    y_edges = np.clip([y - upper, y + lower], 0, 1).round(4)
    width, height = float(np.ptp(x_edges)), float(np.ptp(y_edges))
    return Box(label, float(x_edges[0]), float(y_edges[0]), width, height, score)
