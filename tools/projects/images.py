"""Grey images in 16 levels, as the renderers draw them and as projects store them."""

from __future__ import annotations

import numpy as np

SIZE = 96  # pixels a side
LEVELS = 16
SENSORS = [{"name": "image", "units": "rgba"}]


def quantized(image: np.ndarray) -> np.ndarray:
    """Brightness 0..1 in whole levels, 0..15. Models see what is stored, so this comes before them."""
    return np.clip(np.round(image * (LEVELS - 1)), 0, LEVELS - 1).astype(int)


def rows(image: np.ndarray) -> list[str]:
    """A quantized image as text: a row a string, a pixel a hexadecimal digit."""
    return ["".join(f"{level:x}" for level in row) for row in image]


def inputs(images: list[np.ndarray]) -> np.ndarray:
    """Quantized images as a network takes them: image × 1 channel × row × column, from -1 to 1."""
    return np.stack(images)[:, None] / (LEVELS - 1) * 2 - 1
