"""What a page says of each sample: the sample, its classifications and its own predictions, joined."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen
from msgspec import UnsetType

if TYPE_CHECKING:
    from collections.abc import Container

    from ei_classify_api.models import (
        Classification,
        ClassifyJobResultPage,
        ModelPrediction,
        ModelResult,
        Sample,
    )


def key_of_predictions(entry: Container[str]) -> str:
    """The name of a sample's predictions in its entry, once the two are joined as JSON: `predictions`.

    The API may one day give an entry a property of that name. It stays, and ours gets an underscore.
    """
    key = "predictions"
    while key in entry:
        key = f"_{key}"
    return key


@frozen
class Outcome:
    """One sample with everything that a classify job made of it."""

    result: ModelResult
    """The sample's entry in the page, as the wire has it."""
    predictions: list[ModelPrediction]
    """The predictions for the sample's windows in the page's order; empty if there are none."""

    @property
    def sample_id(self) -> int:
        """The sample's id."""
        return self.result.sample_id

    @property
    def sample(self) -> Sample:
        """The sample: file name, label, length and the like."""
        return self.result.sample

    @property
    def classifications(self) -> list[Classification]:
        """What each learn block made of the sample, window by window."""
        return self.result.classifications


@frozen(eq=False)
class ResultPage:
    """A page on its way through a project's results."""

    offset: int
    """How many samples come before this page."""
    answer: ClassifyJobResultPage
    """The page as the wire has it."""
    content: bytes
    """The body that it was read from."""

    @property
    def total(self) -> int | None:
        """The number of samples over all pages, if the server tells it."""
        count = self.answer.total_count
        return None if isinstance(count, UnsetType) else count

    @property
    def sample_ids(self) -> list[int]:
        """The ids of the page's samples, in its order."""
        return [result.sample_id for result in self.answer.result]

    @cached_property
    def outcomes(self) -> list[Outcome]:
        """The page's samples with their own predictions, joined by `sampleId`."""
        own: dict[int, list[ModelPrediction]] = {}
        for prediction in self.answer.predictions:
            own.setdefault(prediction.sample_id, []).append(prediction)
        return [Outcome(result, own.get(result.sample_id, [])) for result in self.answer.result]

    @cached_property
    def unmatched(self) -> list[ModelPrediction]:
        """Predictions for samples that are not in the page; a sound page has none."""
        ids = {result.sample_id for result in self.answer.result}
        return [each for each in self.answer.predictions if each.sample_id not in ids]
