"""What a scale project repeats: a small set of patterns, whose content is invented."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, Self

from ei_classify_mocks.studio.kinds import Block, Output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_mocks.studio.kinds import Kind, Row, Threshold

_WORDS = ("noise", "unknown", "yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
_THRESHOLD: Threshold = {
    "key": "min_score",
    "description": "Score threshold",
    "helpText": "What scores less is uncertain, or not a detection.",
    "value": 0.5,
}


class Patterns(ABC, Generic[Output]):
    """The patterns of a scale project. Each method takes the number of a pattern.

    Args:
        windows: The windows per sample.
        labels: The number of labels of the model.
        training: How often the model was trained again. Each time, it puts out other scores.

    Attributes:
        sensor: The name of the sensor, and the units of its readings.
        window_ms: The length of a window; 0 for images.
        step_ms: The time from the start of one window to the start of the next; 0 for images.
        frequency_hz: The readings per second; 0 for images.
    """

    kind: Kind[Output]
    sensor: tuple[str, str]
    window_ms: int
    step_ms: int
    frequency_hz: int

    def __init__(self, windows: int, labels: int, training: int = 0) -> None:
        self.windows = windows
        self.training = training
        self.labels = [*_WORDS[:labels], *(f"word{n}" for n in range(len(_WORDS), labels))]

    def retrained(self) -> Self:
        """The patterns after another training."""
        return type(self)(self.windows, len(self.labels), self.training + 1)

    @property
    def length_ms(self) -> int:
        """The length of a sample; 0 for images."""
        return self.window_ms + (self.windows - 1) * self.step_ms

    @property
    @abstractmethod
    def block(self) -> Block:
        """The learn block."""

    @property
    @abstractmethod
    def values(self) -> Sequence[Row]:
        """The readings, which are the same in all patterns."""

    @abstractmethod
    def label(self, pattern: int) -> str:
        """The label."""

    @abstractmethod
    def outputs(self, pattern: int) -> dict[str, list[Output]]:
        """The outputs of the learn block for each window, by variant."""

    def boxes(self, _pattern: int) -> list[tuple[str, int, int, int, int]]:
        """The objects in an image: label, x, y, width, height, in pixels."""
        return []

    def _block(self, type_: str, name: str, title: str, last_layer: str | None = None) -> Block:
        return Block(2, type_, name, title, self.labels, [_THRESHOLD], last_layer)
