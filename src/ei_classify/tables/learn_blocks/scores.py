"""The table `scores`, from learn blocks that return a score per label."""

from __future__ import annotations

from array import array
from itertools import accumulate, chain
from typing import TYPE_CHECKING, TypeAlias, cast

from msgspec.structs import astuple

from ei_classify.tables.arrays import array_of, floats, grid, parents
from ei_classify.tables.arrow import pa, pc
from ei_classify.tables.schemas import CATEGORY

if TYPE_CHECKING:
    import msgspec

    from ei_classify.decoding import Shape
    from ei_classify.tables.arrays import Rows

    from .windows import Windows

    Scores: TypeAlias = tuple[pa.Array, pa.Array, pa.Array]
    """For each score: the row of its window, its label, and the score."""


def score_rows(windows: Windows, shape: Shape) -> Rows:
    """Return the rows of the table `scores`.

    Args:
        windows: The windows.
        shape: The form in which the windows were decoded.
    """
    if not any(block.result for block in windows.blocks):
        return 0, {}
    window, label, score = (
        _from_dicts(windows)
        if shape.labels is None
        else _from_fields(windows, shape.labels, nulls=shape.has_null_scores)
    )
    return len(score), {
        **windows.key_at(window),
        "label": label,
        "score": score,
        "expected_label": windows.expected_label.take(window),
    }


def _from_dicts(windows: Windows) -> Scores:
    found = windows.aligned(lambda block: cast("list[dict[str, float]]", block.result)) or ()
    in_order = [sorted(each.items()) if each else [] for each in found]
    scores = list(chain.from_iterable(in_order))
    return (
        parents(list(map(len, in_order))),
        array_of([label for label, _ in scores], "label", CATEGORY),
        array_of([score for _, score in scores], "score", pa.float64()),
    )


def _from_fields(windows: Windows, labels: tuple[str, ...], *, nulls: bool) -> Scores:
    found = [cast("list[msgspec.Struct]", block.result) for block in windows.blocks]
    every = list(chain.from_iterable(found))
    window, label = grid(len(every), len(labels))
    values = list(chain.from_iterable(map(astuple, every)))
    scores = array_of(values, "score", pa.float64()) if nulls else floats(values)
    if len(every) < windows.rows:  # some blocks have more windows than results
        own = chain.from_iterable(
            range(first, first + len(each))
            for first, each in zip(accumulate(windows.counts, initial=0), found, strict=False)
        )
        window = array_of(array("q", own), "window", pa.int64()).take(window)
    named = pa.DictionaryArray.from_arrays(label, pa.array(labels, pa.string()))
    absent = pc.is_null(scores, nan_is_null=True)
    if pc.any(absent).as_py():
        there = pc.invert(absent)
        return window.filter(there), named.filter(there), scores.filter(there)
    return window, named, scores
