"""Keyword spotting: rendered words and noise, told apart by their mel-frequency cepstral coefficients.

A word is a pulse train through two resonators, whose frequencies move from those of one vowel to those of
another, as in Klatt's synthesis (1980); some have a hiss at their start or end. Impulse 2 sees the energies
of the mel bands themselves.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.fft import dct
from scipy.signal import lfilter
from sklearn.neural_network import MLPClassifier

from . import network
from .document import SEED, project, sample, threshold

HZ = 4000
LENGTH = 6000  # readings a sample
WINDOW, STEP = 4000, 1000  # readings
WORD_START = (2000, 2200)  # a word lies in all windows of its sample
FOR_TRAINING, FOR_TESTING = 200, 40
LOUDEST = 127
FRAME, HOP = 160, 80  # readings
BANDS, COEFFICIENTS = 16, 8
PARTS = 8  # of a window, in each of which the frames are averaged
LABELS = ["go", "no", "noise", "yes"]
VOWELS = {"go": ((500, 900), (400, 750)), "no": ((500, 1000), (420, 780)), "yes": ((350, 1900), (550, 1700))}
"""The frequencies of the two resonators at the start of a word, and at its end."""
MIN_SCORE = 0.6


def build(seed: int = SEED) -> dict[str, Any]:
    """The project's document, with models that were trained from a seed."""
    generator = np.random.default_rng(SEED)
    training = [_sound(LABELS[number % 4], generator) for number in range(FOR_TRAINING)]
    testing = [_sound(LABELS[number % 4], generator) for number in range(FOR_TESTING)]
    known = np.concatenate([_energies(sound) for sound in training])
    count = (LENGTH - WINDOW) // STEP + 1
    targets = [LABELS[number // count % 4] for number in range(len(known))]
    cepstral = _Spotter(_cepstrum(known), targets, 16, seed)
    spectral = _Spotter(known, targets, 8, seed)
    samples = []
    for number, sound in enumerate(testing):
        label = LABELS[number % 4]
        one = sample(
            identity=1 + number,
            label=label,
            category="testing",
            frequency_hz=HZ,
            values=[[int(reading)] for reading in sound],
            expected=[label] * count,
            metadata={"speaker": "synthetic"},
        )
        energies = _energies(sound)
        outputs = {"1": {"2": cepstral.scores(_cepstrum(energies))}, "2": {"5": spectral.scores(energies)}}
        samples.append(one | {"outputs": outputs})
    block = {
        "type": "keras",
        "title": "Classification",
        "labels": LABELS,
        "thresholds": [
            threshold(
                "min_score",
                "Score threshold",
                "A window counts as uncertain when no label reaches this score.",
                MIN_SCORE,
            )
        ],
    }
    return project(
        identity=8,
        name="Spoken words",
        kind="keyword-spotting",
        device="Synthesizer",
        sensors=[{"name": "audio", "units": "wav"}],
        window_ms=WINDOW * 1000 // HZ,
        step_ms=STEP * 1000 // HZ,
        impulses={
            "1": [{"id": 2, "name": "Classifier, MFCC", **block}],
            "2": [{"id": 5, "name": "Classifier, mel bands", **block}],
        },
        samples=samples,
    )


class _Spotter:
    """A network that names the word of a window."""

    def __init__(self, features: np.ndarray, targets: list[str], hidden: int, seed: int) -> None:
        self._standardize = network.standardizer(features)
        inputs = self._standardize(features)
        perceptron = MLPClassifier(
            (hidden,), alpha=0.1, learning_rate_init=0.01, max_iter=60, random_state=seed
        )
        network.fit(perceptron, inputs, targets)
        self._network = network.Network(network.dense(network.layers(perceptron), softmax=True), inputs)

    def scores(self, features: np.ndarray) -> dict[str, Any]:
        """The scores of each window, by variant."""
        inputs = self._standardize(features)
        return {v: network.scores(v, self._network.run(v, inputs)) for v in network.VARIANTS}


def _sound(label: str, generator: np.random.Generator) -> np.ndarray:
    """A word in noise, or noise alone, in 8 bits."""
    sound = generator.normal(size=LENGTH) * generator.uniform(0.02, 0.3)
    if label == "noise":
        sound += _hum(generator)
    else:
        word = _word(label, generator)
        start = int(generator.integers(*WORD_START))
        sound[start : start + len(word)] += word
    return np.clip(np.round(sound * LOUDEST / 2), -LOUDEST, LOUDEST).astype(int)


def _hum(generator: np.random.Generator) -> np.ndarray:
    """Noise in one band, for a part of the time."""
    envelope = np.exp(-(((np.arange(LENGTH) - generator.uniform(0, LENGTH)) / 1500) ** 2))
    hum: np.ndarray = _resonance(generator.normal(size=LENGTH), generator.uniform(300, 1800)) * envelope
    return hum * generator.uniform(0, 1)


def _word(label: str, generator: np.random.Generator) -> np.ndarray:
    length = int(generator.integers(1400, 1800))
    pitch = generator.uniform(90, 220) * np.linspace(1.1, 0.9, length)
    pulses = np.diff(np.floor(np.cumsum(pitch) / HZ), prepend=0.0)
    first, last = (np.array(vowel) * generator.uniform(0.85, 1.15) for vowel in VOWELS[label])
    blocks = []
    for part, share in zip(np.array_split(pulses, 8), np.linspace(0, 1, 8), strict=True):
        low, high = first + (last - first) * share
        blocks.append(_resonance(part, low) + 0.7 * _resonance(part, high))
    voice = np.concatenate(blocks) * np.hanning(length)
    voice /= np.abs(voice).max()
    hiss = lfilter([1, -0.9], [1], generator.normal(size=length)) * 0.2
    place = np.linspace(0, 1, length)
    if label == "yes":
        voice += hiss * (place > 0.75)
    if label == "go":
        voice += hiss * (place < 0.06) * 2
    return voice * generator.uniform(0.5, 1.5)


def _resonance(source: np.ndarray, frequency: float) -> np.ndarray:
    """The sound after a resonator with a band of 100 Hz, at about the level that it had."""
    radius = np.exp(-np.pi * 100 / HZ)
    angle = 2 * np.pi * frequency / HZ
    filtered: np.ndarray = lfilter([1 - radius], [1, -2 * radius * np.cos(angle), radius**2], source)
    return filtered * 2


def _energies(sound: np.ndarray) -> np.ndarray:
    """The logarithm of the energy in each mel band: window × (part × band)."""
    frames = np.lib.stride_tricks.sliding_window_view(sound / LOUDEST, FRAME)[::HOP] * np.hamming(FRAME)
    power = np.abs(np.fft.rfft(frames)) ** 2
    bands = np.log(power @ _mel_bands().T + 1e-4)
    in_window = (WINDOW - FRAME) // HOP + 1
    starts = range(0, (LENGTH - WINDOW) // HOP + 1, STEP // HOP)
    windows = np.stack([bands[start : start + in_window] for start in starts])
    return np.stack([part.mean(axis=1) for part in np.array_split(windows, PARTS, axis=1)], axis=1).reshape(
        len(windows), -1
    )


def _mel_bands() -> np.ndarray:
    """Triangular bands, evenly spaced on the mel scale (2595 log10(1 + f / 700)): band × frequency."""
    highest = 2595 * np.log10(1 + HZ / 2 / 700)
    edges = 700 * (10 ** (np.linspace(0, highest, BANDS + 2) / 2595) - 1)
    frequencies = np.fft.rfftfreq(FRAME, 1 / HZ)
    lower, centre, upper = (edges[i : i + BANDS, None] for i in range(3))
    rising = (frequencies - lower) / (centre - lower)
    falling = (upper - frequencies) / (upper - centre)
    return np.clip(np.minimum(rising, falling), 0, None)


def _cepstrum(energies: np.ndarray) -> np.ndarray:
    """The first mel-frequency cepstral coefficients of each part."""
    parts = energies.reshape(len(energies), PARTS, BANDS)
    return dct(parts, norm="ortho")[:, :, :COEFFICIENTS].reshape(len(energies), -1)
