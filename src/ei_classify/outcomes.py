"""Pages of results, and the outcome of each sample: the sample joined with its predictions."""

from __future__ import annotations

import reprlib
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from ei_classify_api.models import (
        Classification,
        ClassifyJobResultPage,
        ModelPrediction,
        ModelResult,
        Sample,
    )
    from ei_classify_api.types import SetAside


@frozen(repr=False)
class Outcome:
    """One sample with all results that a classify job has for it."""

    result: ModelResult
    """The sample's entry in the page, as the server sent it."""
    predictions: list[ModelPrediction]
    """The predictions for the sample's windows, in the order of the page; empty if there are none."""

    def __repr__(self) -> str:
        verdicts = [each.prediction_correct for each in self.predictions]
        judged = [each for each in verdicts if each is not None]
        correct = f", {judged.count(True)} of {len(judged)} correct" if judged else ""
        name = reprlib.repr(self.sample.filename)
        return f"<Outcome: sample {self.sample_id} {name}, predictions: {len(verdicts)}{correct}>"

    @property
    def sample_id(self) -> int:
        """The sample's id."""
        return self.result.sample_id

    @property
    def sample(self) -> Sample:
        """The sample, with its file name, label, length and so on."""
        return self.result.sample

    @property
    def classifications(self) -> list[Classification]:
        """The result of each learn block for the sample, with one entry per window."""
        return self.result.classifications


@frozen(eq=False, repr=False)
class ResultPage:
    """A page of a project's results."""

    offset: int
    """The number of samples before this page."""
    answer: ClassifyJobResultPage
    """The page, as the server sent it."""
    content: bytes
    """The body of the answer, as JSON."""

    def __repr__(self) -> str:
        answer = self.answer
        return (
            f"<ResultPage: samples {self.offset} to {self.offset + len(answer.result)} of "
            f"{'unknown' if self.total is None else self.total}, predictions: {len(answer.predictions)}>"
        )

    @property
    def total(self) -> int | None:
        """The number of samples over all pages; None if the server does not send it."""
        return self.answer.total_count

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The values of the page that do not fit the contract and were left out, at most 1000.

        The attribute of such a value is None. The value itself is in the object's `additional_properties`.
        """
        return self.answer.set_aside

    @property
    def sample_ids(self) -> list[int]:
        """The ids of the page's samples, in the order of the page."""
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
        """The predictions for samples that the page does not contain; a valid page has none."""
        ids = {result.sample_id for result in self.answer.result}
        return [each for each in self.answer.predictions if each.sample_id not in ids]
