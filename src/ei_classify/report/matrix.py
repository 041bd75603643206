"""The confusion as the page shows it: of so many labels as can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ei_classify.scoring.kinds.classification import OUTCOMES, UNCERTAIN

if TYPE_CHECKING:
    from .gathering import Section

MAX_LABELS = 30


@frozen(kw_only=True)
class Cell:
    """One cell of the matrix."""

    windows: int
    share: float
    """The share of the windows that expect the label of the row."""
    is_right: bool


@frozen(kw_only=True)
class Matrix:
    """The confusion of some labels."""

    expected: tuple[str, ...]
    predicted: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    left_out: int
    """The number of labels that are not in it."""


def matrix_of(section: Section) -> Matrix | None:
    """Return the matrix of a score; None if there is none.

    Of many labels, it has those with most mistakes.
    """
    confusion = section.score.confusion
    if confusion is None:
        return None
    outcomes = [label for label in confusion.predicted if label in OUTCOMES - {*confusion.expected}]
    if section.details.sweep is not None and UNCERTAIN not in confusion.predicted:
        outcomes.append(UNCERTAIN)
    labels = [label for label in confusion.predicted if label not in outcomes]
    labels += [label for label in confusion.expected if label not in labels]
    counts = {
        (expected, predicted): confusion.counts[row][column]
        for row, expected in enumerate(confusion.expected)
        for column, predicted in enumerate(confusion.predicted)
    }
    wrong = dict.fromkeys(labels, 0)
    for (expected, predicted), windows in counts.items():
        for label in {expected, predicted} & wrong.keys() if expected != predicted else ():
            wrong[label] += windows
    kept = sorted(sorted(labels, key=lambda label: (-wrong[label], label))[:MAX_LABELS])
    rows = [label for label in kept if label in confusion.expected]
    totals = {label: sum(row) for label, row in zip(confusion.expected, confusion.counts, strict=True)}
    columns = [*kept, *sorted(outcomes)]
    return Matrix(
        expected=tuple(rows),
        predicted=tuple(columns),
        cells=tuple(
            tuple(
                _cell(counts.get((expected, predicted), 0), totals[expected], expected == predicted)
                for predicted in columns
            )
            for expected in rows
        ),
        left_out=len(labels) - len(kept),
    )


def _cell(windows: int, total: int, is_right: bool) -> Cell:
    return Cell(windows=windows, share=windows / total if total else 0.0, is_right=is_right)
