"""Pages of results, and the outcome of each sample: the sample joined with its predictions."""

from __future__ import annotations

import reprlib
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from .showing import cell, html_table

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
        correct = f", {self._correct} correct" if self._correct else ""
        name = reprlib.repr(self.sample.filename)
        return f"<Outcome: sample {self.sample_id} {name}, predictions: {len(self.predictions)}{correct}>"

    def _repr_html_(self) -> str:
        rows = (
            tuple(map(cell, (one.start_ms, one.end_ms, one.label, one.prediction, one.prediction_correct)))
            for one in self.predictions
        )
        title = f"sample {self.sample_id} {cell(self.sample.filename)}"
        return html_table(title, ("from (ms)", "to (ms)", "expected", "predicted", "correct"), rows)

    def row(self) -> tuple[str, str, str, str, str]:
        """Return id, file name, label, predictions and the number of right windows, as a row of a table."""
        name, label = cell(self.sample.filename), cell(self.sample.label)
        return str(self.sample_id), name, label, self.predicted, self._correct

    @property
    def predicted(self) -> str:
        """The predictions, the most frequent first. If they differ, each has its number of windows."""
        counts = Counter(cell(each.prediction) for each in self.predictions)
        if len(counts) < 2:
            return "".join(counts)
        return ", ".join(f"{prediction} ×{count}" for prediction, count in counts.most_common())

    @property
    def _correct(self) -> str:
        """How many of the windows that were judged are right; empty if none was."""
        judged = [each.prediction_correct for each in self.predictions if each.prediction_correct is not None]
        return f"{judged.count(True)} of {len(judged)}" if judged else ""

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

    def _repr_html_(self) -> str:
        head = ("sample", "file", "expected", "predicted", "correct")
        return html_table(repr(self)[1:-1], head, (each.row() for each in self.outcomes))

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
