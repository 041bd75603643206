"""What a block was most confident of in each window, and how far that is from what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .counts import Array

NOTHING = -1
"""The code of no label."""


def judged(rows: Mapping[str, Array]) -> dict[str, Array]:
    """Return one row per window for one row per window and label, whatever their order.

    Args:
        rows: The window's `key`, the `code` of the label, its `score`, and the code of the label that is
            `expected`, or -1.

    Returns:
        By window: `key`; `top`, the code of the label with the highest score, the lowest of those that tie;
        `confidence`, its score; `own_code`, the code of the expected label if it has a score, otherwise -1;
        `own`, its score, otherwise NaN; `brier`, the squared distance of the scores from what is expected.
    """
    rows = _sorted(rows)
    keys = rows["key"]
    starts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
    sizes = np.diff(np.append(starts, len(keys)))
    parts = []
    for size in np.unique(sizes).tolist() or [1]:
        chosen = sizes == size
        if chosen.all():
            matrices = {name: each.reshape(-1, size) for name, each in rows.items()}
        else:
            places = starts[chosen][:, None] + np.arange(size)
            matrices = {name: each[places] for name, each in rows.items()}
        parts.append(_of_equal_size(**matrices))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _sorted(rows: Mapping[str, Array]) -> Mapping[str, Array]:
    """Return the rows in the order of their keys."""
    keys = rows["key"]
    if (keys[1:] >= keys[:-1]).all():
        return rows
    order = np.argsort(keys, kind="stable")
    return {name: each[order] for name, each in rows.items()}


def _of_equal_size(key: Array, code: Array, score: Array, expected: Array) -> dict[str, Array]:
    """Return one row per window. Each row of the matrices is a window."""
    if (code[:, 1:] < code[:, :-1]).any():
        order = np.argsort(code, axis=1, kind="stable")
        code, score = (np.take_along_axis(each, order, axis=1) for each in (code, score))
    first = np.arange(len(key))
    place = score.argmax(axis=1)
    confidence = score[first, place]
    is_own = code == expected
    has_own = is_own.any(axis=1)
    own = np.where(has_own, np.where(is_own, score, -np.inf).max(axis=1), np.nan)
    # Column by column, so that the sum is the same wherever the rows lie.
    squares = sum((column * column for column in score.T), start=np.zeros(len(key)))
    return {
        "key": key[:, 0],
        "top": code[first, place],
        "confidence": confidence,
        "brier": squares - 2 * own + 1,
        "own": own,
        "own_code": np.where(has_own, np.where(is_own, code, NOTHING).max(axis=1), NOTHING),
    }
