"""Object detection: rendered scenes of bolts and nuts on a shelf, found by a small network in FOMO's manner.

The network looks at each cell of a 12 × 12 grid and says what has its centre there. Neighbouring cells of one
class are joined to one detection.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from sklearn.neural_network import MLPClassifier

from . import images, network
from .document import SEED, project, sample, threshold
from .matching import Box, assess

LABELS = ["bolt", "nut"]
FOR_TRAINING, FOR_TESTING = 160, 48
CELL = 8  # pixels
GRID = images.SIZE // CELL
VIEW = 24  # pixels that the network sees around a cell
MIN_SCORE = 0.5


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with a model that was trained from a seed."""
    generator = np.random.default_rng(SEED)
    training = [_scene(generator) for _ in range(FOR_TRAINING)]
    testing = [_scene(generator) for _ in range(FOR_TESTING)]
    detector = _detector(training, generator, seed)
    samples = []
    heat = {v: detector.run(v, images.inputs([image for image, _ in testing])) for v in network.VARIANTS}
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
        outputs = {v: [assess(expected, _detections(v, heat[v][number]), LABELS)] for v in network.VARIANTS}
        samples.append(one | {"outputs": {"1": {"2": outputs}}})
    block = {
        "id": 2,
        "type": "keras-object-detection",
        "name": "Object detection",
        "title": "Object Detection (Images)",
        "labels": LABELS,
        "lastLayer": "fomo",
        "thresholds": [
            threshold("min_score", "Score threshold", "A detection with a lower score is dropped.", MIN_SCORE)
        ],
    }
    return project(
        identity=4,
        name="Bolts and nuts",
        kind="object-detection",
        device="Renderer",
        sensors=images.SENSORS,
        window_ms=0,
        step_ms=0,
        impulses={"1": [block]},
        samples=samples,
    )


def _scene(generator: np.random.Generator) -> tuple[np.ndarray, list[Box]]:
    size = images.SIZE
    shelf = 0.35 + np.linspace(-0.12, 0.12, size)[:, None] * generator.uniform(-1, 1)
    image = shelf + generator.normal(size=(size, size)) * 0.03
    truth: list[Box] = []
    for _ in range(generator.integers(0, 5)):
        label = LABELS[generator.integers(2)]
        width, height = (20, 10) if label == "bolt" else (13, 13)
        upright = label == "bolt" and bool(generator.integers(2))
        if upright:
            width, height = height, width
        x, y = (int(generator.integers(1, size - side - 1)) for side in (width, height))
        box = Box(label, x, y, width, height)
        if any(box.overlaps(other) for other in truth):
            continue
        truth.append(box)
        part = image[y : y + height, x : x + width]
        part += _drawn(label, part.shape, upright) * generator.uniform(0.15, 0.5)
    return images.quantized(image), truth


def _drawn(label: str, shape: tuple[int, ...], upright: bool) -> np.ndarray:
    """How much each pixel of an object is brighter than the shelf, 0..1."""
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    if label == "nut":
        distance = np.hypot(rows - (shape[0] - 1) / 2, columns - (shape[1] - 1) / 2)
        return ((distance <= 6.5) & (distance >= 2.8)).astype(float)
    along, across = (rows, columns) if upright else (columns, rows)
    head = along < 6
    shaft = (across >= 3) & (across <= 6)
    thread = np.where(~head & (along % 3 == 0), 0.6, 1.0)
    return (head | shaft) * thread


def _detector(
    training: list[tuple[np.ndarray, list[Box]]], generator: np.random.Generator, seed: int
) -> network.Network:
    border = (VIEW - CELL) // 2
    views, classes = [], []
    for image, truth in training:
        padded = np.pad(images.inputs([image])[0, 0], border)
        centres = {box.cell(CELL): 1 + LABELS.index(box.label) for box in truth}
        for row, column in np.ndindex(GRID, GRID):
            kind = centres.get((row, column), 0)
            near = any(abs(row - r) <= 2 and abs(column - c) <= 2 for r, c in centres)
            # Most of a scene is empty shelf: a part of it is enough.
            if kind or near or generator.random() < 0.1:
                views.append(padded[row * CELL : row * CELL + VIEW, column * CELL : column * CELL + VIEW])
                classes.append(kind)
    hidden = 16
    perceptron = MLPClassifier((hidden,), alpha=0.01, max_iter=60, random_state=seed)
    network.fit(perceptron, np.stack(views).reshape(len(views), -1), classes)
    (first, first_bias), (second, second_bias) = network.layers(perceptron)
    nodes = [
        onnx.helper.make_node(
            "Conv", ["input", "w0", "b0"], ["seen"], strides=[CELL, CELL], pads=[border] * 4
        ),
        onnx.helper.make_node("Relu", ["seen"], ["positive"]),
        onnx.helper.make_node("Conv", ["positive", "w1", "b1"], ["kinds"]),
        onnx.helper.make_node("Softmax", ["kinds"], ["scores"], axis=1),
    ]
    constants = [
        network.constant("w0", first.T.reshape(hidden, 1, VIEW, VIEW)),
        network.constant("b0", first_bias),
        network.constant("w1", second.T.reshape(-1, hidden, 1, 1)),
        network.constant("b1", second_bias),
    ]
    size = images.SIZE
    model = network.graph(nodes, constants, [1, 1, size, size], "scores", [1, 1 + len(LABELS), GRID, GRID])
    return network.Network(model, images.inputs([image for image, _ in training]))


def _detections(variant: str, heat: np.ndarray) -> list[Box]:
    """Cells of one class that touch, joined: the box around them, in ratios, with their best score."""
    found = []
    winners = heat.argmax(axis=0)
    for kind, label in enumerate(LABELS, start=1):
        cells = {(int(r), int(c)) for r, c in np.argwhere((winners == kind) & (heat[kind] >= MIN_SCORE))}
        while cells:
            group = _touching(cells)
            cells -= group
            rows, columns = [row for row, _ in group], [column for _, column in group]
            found.append(
                Box(
                    label,
                    min(columns) / GRID,
                    min(rows) / GRID,
                    (max(columns) - min(columns) + 1) / GRID,
                    (max(rows) - min(rows) + 1) / GRID,
                    network.scores(variant, max(heat[kind][cell] for cell in group)),
                )
            )
    return sorted(found, key=lambda box: (-box.score, box.y, box.x))


def _touching(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    todo = [min(cells)]
    group = set(todo)
    while todo:
        row, column = todo.pop()
        for cell in cells - group:
            if abs(cell[0] - row) <= 1 and abs(cell[1] - column) <= 1:
                group.add(cell)
                todo.append(cell)
    return group
