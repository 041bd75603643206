"""The columns of `ei-classify results`. To add one, add an entry to `COLUMNS`, and its name to `picking`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from ei_classify.scoring import f1_scores
from ei_classify.showing import cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from ei_classify.outcomes import Outcome


@frozen
class Column:
    """One column of the table. `fill` returns the text of a sample's cell."""

    title: str
    fill: Callable[[Outcome], str]
    justify: Literal["left", "right"] = "left"


def _correct(outcome: Outcome) -> str:
    """Return how many windows are right or, if they were not judged, the F1 scores."""
    verdicts = [
        each.prediction_correct for each in outcome.predictions if isinstance(each.prediction_correct, bool)
    ]
    if verdicts:
        return f"{sum(verdicts)}/{len(verdicts)}"
    return ", ".join(f"F1 {score:.2f}" for score in f1_scores(outcome.predictions))


def _length(outcome: Outcome) -> str:
    length_ms = outcome.sample.total_length_ms
    return "" if length_ms is None else f"{length_ms:g}"


def _added(outcome: Outcome) -> str:
    added = outcome.sample.added
    return "" if added is None else added.isoformat(sep=" ", timespec="seconds")


COLUMNS: Final = (
    Column("sample", lambda outcome: cell(outcome.sample_id)),
    Column("file", lambda outcome: cell(outcome.sample.filename)),
    Column("expected", lambda outcome: cell(outcome.sample.label)),
    Column("predicted", lambda outcome: outcome.predicted),
    Column("correct", _correct, justify="right"),
    Column("windows", lambda outcome: str(len(outcome.predictions)), justify="right"),
    Column("length_ms", _length, justify="right"),
    Column("added", _added),
    Column("category", lambda outcome: cell(outcome.sample.category)),
    Column("device", lambda outcome: cell(outcome.sample.device_name)),
)
