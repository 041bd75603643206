"""What answers are made from: a sample with the outputs of the models, and what its project says of all."""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003  # msgspec reads the types of fields
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

import msgspec

from ei_classify_mocks.studio.kinds import Number, Output, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ei_classify_mocks.studio.kinds import Block, Kind

    from .view import View


class SampleData(msgspec.Struct, Generic[Output], frozen=True, rename="camel"):
    """A sample, and what the learn blocks put out for its windows.

    Attributes:
        frequency_hz: The readings per second; 0 if they are not a series in time.
        structured: The structured labels: first reading, last reading (inclusive), label.
        crop: The first reading of the recording that is kept, and the one after the last; empty if all are.
        expected: The label that each window should have.
        values: The readings.
        outputs: Impulse → block → variant (`any` where all are alike) → one output per window.
        boxes: The objects in an image: label, x, y, width, height, in pixels.
    """

    id: int
    label: str
    category: str
    frequency_hz: Number
    sha256: str
    metadata: dict[str, str]
    structured: list[tuple[int, int, str]]
    signed: bool
    crop: list[int]
    expected: list[str]
    values: Sequence[Row]
    outputs: dict[int, dict[int, dict[str, list[Output]]]]
    boxes: list[tuple[str, int, int, int, int]] = []

    @property
    def interval_ms(self) -> Number:
        """The time from one reading to the next; 0 if they are not a series in time."""
        return 1000 / self.frequency_hz if self.frequency_hz else 0

    def outputs_of(self, block: Block, view: View) -> list[Output]:
        """The outputs of a learn block, one per window."""
        by_variant = self.outputs[view.impulse][block.id]
        return by_variant["any"] if "any" in by_variant else by_variant[view.variant]


@dataclass(frozen=True)
class Subject(Generic[Output]):
    """What all samples of a project share.

    Attributes:
        window_ms: The length of a window.
        step_ms: The time from the start of one window to the start of the next; 0 if there is one window.
        impulses: The learn blocks of each impulse, by its id.
        mapped: Whether the samples are labelled with a map.
    """

    id: int
    name: str
    kind: Kind[Output]
    device: str
    sensors: Sequence[Mapping[str, str]]
    window_ms: Number
    step_ms: Number
    impulses: Mapping[int, Sequence[Block]]
    mapped: bool = False

    def has_map(self, view: View) -> bool:
        """Whether answers carry the map of a label."""
        return self.mapped and view.today

    def watches_anomalies(self, view: View) -> bool:
        """Whether one of the impulse's blocks detects anomalies."""
        types = {block.type for block in self.impulses[view.impulse]}
        return bool(types & {"anomaly", "keras-visual-anomaly"})
