"""Regression: patients' measurements and how far their illness has come a year later.

The rows are the diabetes data of Efron, Hastie, Johnstone and Tibshirani (2004), as scikit-learn has them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.neural_network import MLPRegressor

from . import network
from .document import SEED, project, sample, threshold

UNITS = {"age": "year", "sex": "1", "bmi": "kg/m2", "bp": "mmHg", "s4": "1", "s5": "1"}  # else mg/dl
MAX_ERROR = 60.0


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with a model that was trained from a seed."""
    rows, targets = load_diabetes(return_X_y=True, scaled=False)
    names = load_diabetes().feature_names
    order = np.random.default_rng(SEED).permutation(len(rows))
    training, testing = order[: len(order) // 2], order[len(order) // 2 :]
    standardize = network.standardizer(rows[training])
    centre, spread = targets[training].mean(), targets[training].std()

    perceptron = MLPRegressor(hidden_layer_sizes=(8,), alpha=1.0, max_iter=400, random_state=seed)
    network.fit(perceptron, standardize(rows[training]), (targets[training] - centre) / spread)
    layers = network.layers(perceptron)
    layers[-1] = (layers[-1][0] * spread, layers[-1][1] * spread + centre)
    regressor = network.Network(network.dense(layers, softmax=False), standardize(rows[training]))

    samples = []
    for number, index in enumerate(testing):
        one = sample(
            identity=1 + number,
            label=f"{targets[index]:g}",
            category="testing",
            frequency_hz=0,
            values=[rows[index].tolist()],
            expected=[f"{targets[index]:g}"],
            metadata={"row": str(index)},
        )
        inputs = standardize(rows[index : index + 1])
        values = {v: np.round(regressor.run(v, inputs)[:, 0], 2).tolist() for v in network.VARIANTS}
        samples.append(one | {"outputs": {"1": {"2": values}}})
    errors = np.abs(regressor.run("float32", standardize(rows[training]))[:, 0] - targets[training])
    error = threshold(
        "max_error",
        "Maximum absolute error",
        "A window counts as correct when its value is this close to the label.",
        MAX_ERROR,
        suggested=round(float(np.median(errors)), 1),
    )
    block = {
        "id": 2,
        "type": "keras-regression",
        "name": "Regression",
        "title": "Regression",
        "labels": ["value"],
        "thresholds": [error],
    }
    return project(
        identity=2,
        name="Diabetes progression",
        kind="regression",
        device="Clinic",
        sensors=[{"name": name, "units": UNITS.get(name, "mg/dl")} for name in names],
        window_ms=0,
        step_ms=0,
        impulses={"1": [block]},
        samples=samples,
    )
