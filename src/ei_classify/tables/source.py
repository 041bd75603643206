"""The data that tables are built from, whether the answer is a page or a single sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import define, field

from ei_classify.decoding.shapes import PLAIN

from .arrays import array_of
from .schemas import CATEGORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify.decoding import views
    from ei_classify.decoding.pages import PageAnswer
    from ei_classify.decoding.shapes import Shape

    from .arrow import pa


class SlidingWindow(NamedTuple):
    """The position of the windows of a sample."""

    size_ms: int
    """The length of a window, in milliseconds."""
    increase_ms: int
    """The time from the start of a window to the start of the next, in milliseconds."""


@define(eq=False, kw_only=True)
class Source:
    """The samples of an answer, with their classifications and predictions."""

    ids: list[int]
    samples: list[views.Sample]
    blocks: list[list[views.Classification]]
    """The classifications of each sample, one per learn block."""
    predictions: list[views.ModelPrediction] = field(factory=list)
    shape: Shape = PLAIN
    """The form in which the answer was decoded."""
    total_count: int | None = None
    """The number of samples over all pages; None if the server did not send it."""
    sliding: SlidingWindow | None = None
    total_payload_length: int | None = None
    already_in_database: bool | None = None
    counts: list[list[int]] = field(init=False)
    """The number of windows of each learn block of each sample."""

    filenames: pa.Array = field(init=False)
    """The file name of each sample, dictionary-encoded."""

    def __attrs_post_init__(self) -> None:
        self.filenames = array_of([each.filename for each in self.samples], "filename", CATEGORY)
        self.counts = [list(map(_window_count, own)) for own in self.blocks]

    @classmethod
    def of_page(cls, page: PageAnswer) -> Source:
        """Return the data of a page."""
        results = page.decoded.result
        return cls(
            ids=page.sample_ids,
            samples=[result.sample for result in results],
            blocks=[result.classifications for result in results],
            predictions=page.decoded.predictions,
            shape=page.shape,
            total_count=page.total,
        )

    @classmethod
    def of_sample(cls, answer: views.ClassifiedSample, variant: views.VariantResult) -> Source:
        """Return the data for one variant, from the answer for a single sample."""
        raw = answer.sample
        return cls(
            ids=[raw.sample.id],
            samples=[raw.sample],
            blocks=[variant.classifications],
            sliding=_sliding(answer.window_size_ms, answer.window_increase_ms),
            total_payload_length=raw.total_payload_length,
            already_in_database=answer.already_in_database,
        )


def _sliding(size_ms: int | None, increase_ms: int | None) -> SlidingWindow | None:
    return None if size_ms is None or increase_ms is None else SlidingWindow(size_ms, increase_ms)


def _window_count(block: views.Classification) -> int:
    """Return the number of windows that the data of a learn block covers."""
    by_window: tuple[Sequence[object] | None, ...] = (
        block.result,
        block.expected_labels,
        block.anomaly_result,
        block.structured_result,
        block.details,
        block.expected_anomaly_outcome,
        block.label_map_result,
        block.label_map_scores,
    )
    return max(map(len, filter(None, by_window)), default=0)
