"""Visual anomaly detection: rendered surfaces of brushed metal, some with a scratch, a dent or a stain.

Scores are distances from a memory of patches seen on sound surfaces, one a cell of a 5 × 5 grid.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
from sklearn.decomposition import PCA

from . import images, network
from .document import SEED, project, sample, threshold

SOUND_FOR_TRAINING = 60
SOUND, FAULTY = 24, 24  # in the test set
PATCH = 8  # pixels
FILTERS = 12
POOL, POOL_STEP = 4, 2  # in patches


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with a model that has seen the sound surfaces of a seed."""
    generator = np.random.default_rng(SEED)
    training = _sound(generator)
    drawn = []
    for number in range(SOUND + FAULTY):
        image, fault = _surface(generator), "none"
        if number % 2:
            fault = ("scratch", "dent", "stain")[number // 2 % 3]
            _spoil(image, fault, generator)
        drawn.append((images.quantized(image), fault))

    if seed != SEED:
        training = _sound(np.random.default_rng(seed))
    extractor = _extractor(training)
    memory = _patches(extractor, "float32", training)
    usual = np.array([_distances(m, np.delete(memory, i, axis=0)) for i, m in enumerate(memory[:40])])
    grids = {
        variant: [
            np.round(_distances(grid, memory) / usual.mean(), 3).tolist()
            for grid in _patches(extractor, variant, [image for image, _ in drawn])
        ]
        for variant in network.VARIANTS
    }
    samples = []
    for number, (image, fault) in enumerate(drawn):
        label = "no anomaly" if fault == "none" else "anomaly"
        one = sample(
            identity=1 + number,
            label=label,
            category="testing",
            frequency_hz=0,
            values=images.rows(image),
            expected=[label],
            metadata={"fault": fault},
        )
        outputs = {variant: [grids[variant][number]] for variant in network.VARIANTS}
        samples.append(one | {"outputs": {"1": {"2": outputs}}})
    suggested = round(float(np.quantile((usual / usual.mean()).reshape(len(usual), -1).max(axis=1), 0.9)), 2)
    block = {
        "id": 2,
        "type": "keras-visual-anomaly",
        "name": "Visual anomaly",
        "title": "Visual Anomaly Detection",
        "labels": ["anomaly"],
        "thresholds": [
            threshold(
                "min_anomaly_score",
                "Minimum anomaly score",
                "A cell counts as anomalous at or above this score.",
                suggested,
                suggested=suggested,
            )
        ],
    }
    return project(
        identity=3,
        name="Metal surfaces",
        kind="visual-anomaly",
        device="Renderer",
        sensors=images.SENSORS,
        window_ms=0,
        step_ms=0,
        impulses={"1": [block]},
        samples=samples,
    )


def _sound(generator: np.random.Generator) -> list[np.ndarray]:
    return [images.quantized(_surface(generator)) for _ in range(SOUND_FOR_TRAINING)]


def _surface(generator: np.random.Generator) -> np.ndarray:
    """Streaks along the rows under uneven light."""
    size = images.SIZE
    streaks = generator.normal(size=(size, 1)) * 0.05
    grain = generator.normal(size=(size, size + 16))
    grain = np.stack([grain[:, shift : shift + size] for shift in range(16)]).mean(axis=0) * 0.16
    light = np.linspace(-0.1, 0.1, size)[None] * generator.uniform(-1, 1)
    surface: np.ndarray = 0.55 + streaks + grain + light
    return surface


def _spoil(image: np.ndarray, fault: str, generator: np.random.Generator) -> None:
    size = images.SIZE
    row, column = generator.uniform(16, size - 16, 2)
    rows, columns = np.mgrid[:size, :size]
    if fault == "scratch":
        slope = generator.uniform(0.5, 2.0) * generator.choice([-1, 1])
        length = generator.uniform(8, 24)
        across = np.abs((rows - row) - slope * (columns - column)) / np.hypot(1, slope)
        along = np.hypot(rows - row, columns - column)
        image[(across < 0.8) & (along < length)] += generator.uniform(0.15, 0.35)
    else:
        radius = generator.uniform(3, 9)
        inside = np.hypot(rows - row, columns - column) < radius
        image[inside] += generator.uniform(-0.3, -0.1) if fault == "stain" else 0
        if fault == "dent":
            image[inside] += ((rows - row) / radius * generator.uniform(0.1, 0.3))[inside]


def _extractor(training: list[np.ndarray]) -> network.Network:
    """Principal components of patches as filters, each with both signs; the strongest answer in a cell."""
    side = images.SIZE // PATCH
    cut = images.inputs(training).reshape(-1, side, PATCH, side, PATCH).swapaxes(2, 3)
    components = PCA(FILTERS, svd_solver="full").fit(cut.reshape(-1, PATCH * PATCH)).components_
    # The sign of a component is free, so it is fixed, and both signs are used.
    components *= np.sign(components[np.arange(FILTERS), np.abs(components).argmax(axis=1)])[:, None]
    filters = np.concatenate([components, -components]).reshape(-1, 1, PATCH, PATCH)
    cells = (side - POOL) // POOL_STEP + 1
    nodes = [
        onnx.helper.make_node("Conv", ["input", "filters"], ["answers"], strides=[PATCH, PATCH]),
        onnx.helper.make_node("Relu", ["answers"], ["positive"]),
        onnx.helper.make_node(
            "MaxPool", ["positive"], ["cells"], kernel_shape=[POOL, POOL], strides=[POOL_STEP, POOL_STEP]
        ),
    ]
    model = network.graph(
        nodes,
        [network.constant("filters", filters)],
        [1, 1, images.SIZE, images.SIZE],
        "cells",
        [1, len(filters), cells, cells],
    )
    return network.Network(model, images.inputs(training))


def _patches(extractor: network.Network, variant: str, taken: list[np.ndarray]) -> np.ndarray:
    """Image × row × column × filter."""
    return np.moveaxis(extractor.run(variant, images.inputs(taken)), 1, -1)


def _distances(grid: np.ndarray, memory: np.ndarray) -> np.ndarray:
    """For each cell the distance to the nearest patch in memory, wherever on the surface that was."""
    known = memory.reshape(-1, memory.shape[-1])
    nearest: np.ndarray = np.sqrt(((grid[:, :, None] - known) ** 2).sum(axis=-1)).min(axis=-1)
    return nearest
