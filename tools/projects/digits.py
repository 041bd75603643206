"""Image classification: handwritten digits, named by a small network. Impulse 2 sees them at half the size.

The digits are the 8 × 8 images of Alpaydin and Kaynak (1998) that `scikit-learn` carries. They are labelled
in words, since numbers as labels are those of a regression.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sklearn.datasets import load_digits
from sklearn.neural_network import MLPClassifier

from . import images, network
from .document import SEED, project, sample, threshold

if TYPE_CHECKING:
    import numpy as np

SIZE = 8  # pixels a side
BRIGHTEST = 16  # in the data
FOR_TRAINING = 1200  # the first ones
FOR_TESTING = 240  # the last ones
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
MIN_SCORE = 0.6


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with models that were trained from a seed."""
    data = load_digits()
    drawn = [images.quantized(image / BRIGHTEST) for image in data.images]
    written = [WORDS[digit] for digit in data.target]
    inputs = images.inputs(drawn)[:, 0]
    known = slice(0, FOR_TRAINING)
    tested = slice(len(drawn) - FOR_TESTING, len(drawn))
    fine, coarse = inputs.reshape(len(inputs), -1), _coarse(inputs)
    outputs = {
        "1": {"2": _outputs(fine[known], written[known], fine[tested], 12, seed)},
        "2": {"5": _outputs(coarse[known], written[known], coarse[tested], 12, seed)},
    }
    samples = []
    for number, (image, label) in enumerate(zip(drawn[tested], written[tested], strict=True)):
        one = sample(
            identity=1 + number,
            label=label,
            category="testing",
            frequency_hz=0,
            values=images.rows(image),
            expected=[label],
            metadata={"row": str(tested.start + number)},
        )
        own = {
            impulse: {
                block: {variant: [rows[number]] for variant, rows in variants.items()}
                for block, variants in blocks.items()
            }
            for impulse, blocks in outputs.items()
        }
        samples.append(one | {"outputs": own})
    block = {
        "type": "keras",
        "title": "Classification",
        "labels": sorted(WORDS),  # as the network has them
        "thresholds": [
            threshold(
                "min_score",
                "Score threshold",
                "An image counts as uncertain when no label reaches this score.",
                MIN_SCORE,
            )
        ],
    }
    return project(
        identity=6,
        name="Handwritten digits",
        kind="image-classification",
        device="Tablet",
        sensors=images.SENSORS,
        window_ms=0,
        step_ms=0,
        impulses={
            "1": [{"id": 2, "name": "Classifier, 8 × 8 pixels", **block}],
            "2": [{"id": 5, "name": "Classifier, 4 × 4 pixels", **block}],
        },
        samples=samples,
    )


def _coarse(inputs: np.ndarray) -> np.ndarray:
    """The images at half the size: the mean of each 2 × 2 pixels."""
    half = SIZE // 2
    return inputs.reshape(-1, half, 2, half, 2).mean(axis=(2, 4)).reshape(len(inputs), -1)


def _outputs(
    known: np.ndarray, labels: list[str], tested: np.ndarray, hidden: int, seed: int
) -> dict[str, list[list[float]]]:
    """The scores of each tested image, by variant."""
    perceptron = MLPClassifier((hidden,), alpha=0.01, learning_rate_init=0.01, max_iter=40, random_state=seed)
    network.fit(perceptron, known, labels)
    model = network.Network(network.dense(network.layers(perceptron), softmax=True), known)
    return {variant: network.scores(variant, model.run(variant, tested)) for variant in network.VARIANTS}
