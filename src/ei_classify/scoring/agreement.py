"""Whether figures equal what the server counts, and if not, what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .results import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ei_classify_api.models import Accuracy

    from .estimates import Estimate
    from .results import Confusion, Kind

COUNTED: Final[Mapping[str, str]] = {"classification": "accuracy", "regression": "within_tolerance"}
"""The figure that is the server's share of right predictions, by kind of score."""
MAX_CELLS: Final = 5
"""The largest number of differing cells of the confusion that are named."""


def agreement_of(
    kind: Kind,
    metrics: Mapping[str, Estimate],
    windows: int,
    confusion: Confusion | None,
    server: Accuracy,
) -> Iterator[Agreement]:
    """Yield the figures that the server reports as well.

    Args:
        kind: The kind of the score.
        metrics: Our figures.
        windows: The number of windows that they are about.
        confusion: How often which label was decided for which, if that is known.
        server: The summary of the server, whose shares are in percent.
    """
    share = COUNTED.get(kind)
    if share is None:
        return
    names = {share: server.accuracy_score}
    if kind == "classification":
        names["balanced_accuracy"] = server.balanced_accuracy_score
    for name, percent in names.items():
        if percent is None:
            continue
        ours, theirs = metrics[name].value, percent / 100
        agrees = abs(ours - theirs) < 1e-9
        difference = "" if agrees else _difference(name, ours, theirs, windows, confusion, server)
        yield Agreement(name=name, ours=ours, server=theirs, agrees=agrees, difference=difference)


def _difference(
    name: str, ours: float, theirs: float, windows: int, confusion: Confusion | None, server: Accuracy
) -> str:
    text = f"the server's {name} is {theirs:.6g}, and that of these windows {ours:.6g}"
    total = server.total_summary
    if total is not None and total.good is not None and total.bad is not None:
        text += f"; it counts {total.good + total.bad} windows, and here are {windows}"
    cells = list(_cells(confusion, server))
    if cells:
        more = f" and {len(cells) - MAX_CELLS} more" if len(cells) > MAX_CELLS else ""
        text += f"; what differs: {', '.join(cells[:MAX_CELLS])}{more}"
    return f"{text}. The results may have been read with filters, or tested again since"


def _cells(confusion: Confusion | None, server: Accuracy) -> Iterator[str]:
    """Yield the pairs of labels that the server counts another number of windows of."""
    if confusion is None or server.confusion_matrix_values is None:
        return
    theirs = server.confusion_matrix_values
    ours = {
        expected: dict(zip(confusion.predicted, row, strict=True))
        for expected, row in zip(confusion.expected, confusion.counts, strict=True)
    }
    for expected in sorted({*ours, *theirs}):
        mine, others = ours.get(expected, {}), theirs.get(expected, {})
        for predicted in sorted({*mine, *others}):
            here, there = mine.get(predicted, 0), others.get(predicted, 0)
            if here != there:
                yield f"{expected} as {predicted} {there:g} times, here {here}"
