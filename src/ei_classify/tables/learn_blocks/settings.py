"""The settings of learn blocks, with name, type and thresholds, for the table `runs`."""

from __future__ import annotations

import datetime
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ei_classify.decoding import views


class ThresholdOption(msgspec.Struct, frozen=True):
    """A value that can be chosen for a threshold."""

    description: str | None
    value: str | None


class ThresholdSettings(msgspec.Struct, frozen=True):
    """A threshold of a learn block. Its value is either a number or text."""

    key: str
    description: str | None
    help_text: str | None
    value: float | None
    value_text: str | None
    suggested_value: float | None
    suggested_value_text: str | None
    dropdown_options: tuple[ThresholdOption, ...] | None


class BlockSettings(msgspec.Struct, frozen=True):
    """A learn block and its settings."""

    id: int
    type: str | None
    name: str | None
    title: str | None
    dsp: tuple[int, ...] | None
    created_by: str | None
    created_at: datetime.datetime | None
    training_processor: str | None
    minimum_confidence_rating: float | None
    object_detection_last_layer: str | None
    thresholds: tuple[ThresholdSettings, ...] | None

    def as_row(self) -> object:
        """Return the value for the column `learn_blocks` of the table `runs`."""
        return msgspec.to_builtins(self, builtin_types=(datetime.datetime,))


def block_settings(blocks: Iterable[Iterable[views.Classification]]) -> tuple[BlockSettings, ...]:
    """Return the different learn blocks of some samples, in the order in which they first occur."""
    # The parts of blocks are mostly the same objects. Comparing those is cheaper than comparing their values.
    alike = {
        (
            id(block.learn_block),
            block.minimum_confidence_rating,
            block.object_detection_last_layer,
            id(block.thresholds),
        ): block
        for block in chain.from_iterable(blocks)
    }
    return tuple(dict.fromkeys(map(_settings, alike.values())))


def _settings(block: views.Classification) -> BlockSettings:
    learn_block, thresholds = block.learn_block, block.thresholds
    return BlockSettings(
        id=learn_block.id,
        type=learn_block.type_,
        name=learn_block.name,
        title=learn_block.title,
        dsp=None if learn_block.dsp is None else tuple(learn_block.dsp),
        created_by=learn_block.created_by,
        created_at=learn_block.created_at,
        training_processor=learn_block.training_processor,
        minimum_confidence_rating=block.minimum_confidence_rating,
        object_detection_last_layer=block.object_detection_last_layer,
        thresholds=None if thresholds is None else tuple(map(_threshold, thresholds)),
    )


def _threshold(threshold: views.Threshold) -> ThresholdSettings:
    value, options = threshold.value, threshold.dropdown_options
    return ThresholdSettings(
        key=threshold.key,
        description=threshold.description,
        help_text=threshold.help_text,
        value=None if isinstance(value, str) else value,
        value_text=value if isinstance(value, str) else None,
        suggested_value=threshold.suggested_value,
        suggested_value_text=threshold.suggested_value_text,
        dropdown_options=None
        if options is None
        else tuple(ThresholdOption(each.description, each.value) for each in options),
    )
