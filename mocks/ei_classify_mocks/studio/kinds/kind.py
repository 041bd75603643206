"""The base of the kinds: how the outputs of a project's models are judged and written into answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NotRequired, TypeAlias, TypedDict, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .media import Medium

Number: TypeAlias = int | float
JsonObject: TypeAlias = dict[str, object]
Output = TypeVar("Output")
"""What a learn block puts out for one window."""


class Threshold(TypedDict):
    """An adjustable threshold of a learn block, in the shape of the contract."""

    key: str
    description: str
    helpText: str
    suggestedValue: NotRequired[Number]
    suggestedValueText: NotRequired[str]
    value: Number


class Block(msgspec.Struct, frozen=True, rename="camel"):
    """A learn block of an impulse.

    Attributes:
        type: What it is in the contract's `LearnBlockType`.
        labels: The labels of its scores, in the order of its outputs.
        last_layer: The contract's `objectDetectionLastLayer`, for blocks that have one.
    """

    id: int
    type: str
    name: str
    title: str
    labels: list[str]
    thresholds: list[Threshold]
    last_layer: str | None = None

    @property
    def bound(self) -> Number:
        """The value of its first threshold."""
        return self.thresholds[0]["value"]


class Kind(ABC, Generic[Output]):
    """A kind of project. `Output` is what a learn block puts out for one window.

    Args:
        name: What the projects' data and the list of projects call it.
        medium: What the samples are made of.
    """

    output: ClassVar[Any]
    """The type of an output, by which stored outputs are decoded."""

    labeling: ClassVar[str] = "single_label"
    """How the samples are labelled, unless with a map: the contract's `projectLabelingMethod`."""

    def __init__(self, name: str, medium: Medium) -> None:
        self.name = name
        self.medium = medium

    @abstractmethod
    def scores(self, block: Block, output: Output) -> dict[str, Number]:
        """The scores of a window, by label: an item of the contract's `Classification.result`."""

    @abstractmethod
    def predict(self, blocks: Sequence[Block], window: Mapping[int, Output], expected: str) -> JsonObject:
        """What the impulse predicts for a window under its thresholds, and whether that is correct.

        Args:
            blocks: The learn blocks of the impulse, the deciding one first.
            window: The output of each block, by the block's id.
            expected: The label that the window should have.
        """

    def classification(self, _block: Block, _outputs: Sequence[Output], *, debug: bool) -> JsonObject:
        """What the kind adds to the `Classification` of a block, beyond what all kinds have."""
        return {}

    def later_prediction(self, _block: Block, _output: Output) -> JsonObject:
        """What the kind adds to the `ModelPrediction` of a window at the age `today`."""
        return {}
