"""The columns of `ei-classify results`, from left to right. A new one is one more entry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from ei_classify.scoring import accuracy, f1_scores

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.outcomes import Outcome


@frozen
class Column:
    """One column of the table: a sample's cell in it is what `fill` returns for its outcome."""

    title: str
    fill: Callable[[Outcome], str]
    justify: Literal["left", "right"] = "left"


def _predicted(outcome: Outcome) -> str:
    """What was predicted, the most frequent first, with the number of windows where they differ."""
    counts = Counter(str(prediction.prediction) for prediction in outcome.predictions)
    if len(counts) < 2:
        return "".join(counts)
    return ", ".join(f"{prediction} ×{count}" for prediction, count in counts.most_common())


def _correct(outcome: Outcome) -> str:
    """How many windows are right or, where they are not judged, the F1 scores."""
    found = accuracy(prediction.prediction_correct for prediction in outcome.predictions)
    if found.judged:
        return f"{found.right}/{found.judged}"
    return ", ".join(f"F1 {score:.2f}" for score in f1_scores(outcome.predictions))


COLUMNS: Final = (
    Column("sample", lambda outcome: str(outcome.sample_id)),
    Column("file", lambda outcome: str(outcome.sample.filename)),
    Column("expected", lambda outcome: str(outcome.sample.label)),
    Column("predicted", _predicted),
    Column("correct", _correct, justify="right"),
)
