"""The table `detections`, from object detection: expected and predicted boxes, each with its source."""

from __future__ import annotations

import functools
from array import array
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from ei_classify.tables.arrays import array_of, floats, integers, parents, some
from ei_classify.tables.arrow import pa, pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ei_classify.decoding import views
    from ei_classify.tables.arrays import Columns, Rows
    from ei_classify.tables.predictions import Predictions
    from ei_classify.tables.source import Source

_SIDES = ("x", "y", "width", "height")
_NO_SIDES = (float("nan"),) * 4

T = TypeVar("T")


def detection_rows(source: Source, predictions: Predictions) -> Iterable[Rows]:
    """Yield the rows of the table `detections`, separately for each source of boxes."""
    yield _expected_boxes(source.ids, source.samples)
    yield _predicted_boxes(predictions)
    structured: list[_Found] = []
    details: list[_Found] = []
    for sample_id, own in zip(source.ids, source.blocks, strict=True):
        for block in own:
            if block.structured_result or block.details:
                _find(sample_id, block, structured, details)
    yield _block_boxes("structured_result", structured)
    yield _block_boxes("details", details)


def _expected_boxes(ids: list[int], samples: list[views.Sample]) -> Rows:
    found = [sample.bounding_boxes or () for sample in samples]
    boxes = list(chain.from_iterable(found))
    if not boxes:
        return 0, {}
    sample_of_box = parents(list(map(len, found)))
    pixels = {
        "x": floats([box.x for box in boxes]),
        "y": floats([box.y for box in boxes]),
        "width": floats([box.width for box in boxes]),
        "height": floats([box.height for box in boxes]),
    }
    sizes = [sample.image_dimensions for sample in samples]
    # An image with a side of 0 pixels has no ratios. Its boxes stay in pixels, as without dimensions.
    sides = [
        (float(size.width) or None, float(size.height) or None) if size else (None, None) for size in sizes
    ]
    widths = array_of([width for width, _ in sides], "image_width_px", pa.float64())
    heights = array_of([height for _, height in sides], "image_height_px", pa.float64())
    widths, heights = widths.take(sample_of_box), heights.take(sample_of_box)
    return len(boxes), {
        "sample_id": integers(ids, "sample_id").take(sample_of_box),
        "kind": "expected",
        "source": "sample",
        "label": [box.label for box in boxes],
        **{f"{side}_px": values for side, values in pixels.items()},
        **{
            f"{side}_ratio": pc.divide(values, widths if side in ("x", "width") else heights)
            for side, values in pixels.items()
        },
    }


def _predicted_boxes(predictions: Predictions) -> Rows:
    found = predictions.with_boxes()
    if not found:
        return 0, {}
    rows = [row for row, _, _ in found]
    boxes = list(chain.from_iterable(own for _, _, own in found))
    index = parents([len(own) for _, _, own in found])
    return len(boxes), {
        "sample_id": integers([each.sample_id for _, each, _ in found], "sample_id").take(index),
        "window": predictions.windows.take(integers(rows, "rows").take(index)),
        "kind": "predicted",
        "source": "prediction",
        "label": [box.label for box in boxes],
        "score": array_of([box.score for box in boxes], "score", pa.float64()),
        "x_ratio": floats([box.x for box in boxes]),
        "y_ratio": floats([box.y for box in boxes]),
        "width_ratio": floats([box.width for box in boxes]),
        "height_ratio": floats([box.height for box in boxes]),
    }


class _Found(NamedTuple):
    """The detections of a learn block in a window. The lists have the same length; short ones end in None."""

    sample_id: int
    learn_block_id: int
    window: int
    boxes: Sequence[list[float] | None]
    labels: Sequence[str | None]
    class_numbers: Sequence[float | None]
    scores: Sequence[float | None]


def _find(
    sample_id: int, block: views.Classification, structured: list[_Found], details: list[_Found]
) -> None:
    """Find the detections of a block, window by window.

    If `details` has the same boxes as `structured_result`, its class numbers are added to those boxes.
    """
    windows = zip_longest(block.structured_result or (), block.details or ())
    for window, (text, number) in enumerate(windows):
        key = sample_id, block.learn_block.id, window
        same = bool(text and number) and text.boxes == number.boxes and text.scores == number.scores
        if text is not None:
            numbers = number.labels if same else None
            structured.append(_found(key, text.boxes, text.labels, numbers, text.scores))
        if number is not None and not same:
            details.append(_found(key, number.boxes, None, number.labels, number.scores))


def _found(
    key: tuple[int, int, int],
    boxes: list[list[float]] | None,
    labels: list[str] | None,
    class_numbers: list[float] | None,
    scores: list[float] | None,
) -> _Found:
    most = max(len(boxes or ()), len(labels or ()), len(class_numbers or ()), len(scores or ()))
    return _Found(
        *key,
        boxes if boxes and len(boxes) == most else _filled(boxes, most),
        labels if labels and len(labels) == most else _filled(labels, most),
        class_numbers if class_numbers and len(class_numbers) == most else _filled(class_numbers, most),
        scores if scores and len(scores) == most else _filled(scores, most),
    )


def _filled(values: Sequence[T] | None, count: int) -> Sequence[T | None]:
    there = values or ()
    return [*there, *[None] * (count - len(there))]


def _block_boxes(source: str, found: list[_Found]) -> Rows:
    if not found:
        return 0, {}
    boxes = list(chain.from_iterable(each.boxes for each in found))
    index = parents([len(each.boxes) for each in found])
    columns: Columns = {
        "sample_id": integers([each.sample_id for each in found], "sample_id").take(index),
        "learn_block_id": integers([each.learn_block_id for each in found], "learn_block_id").take(index),
        "window": integers([each.window for each in found], "window").take(index),
        "kind": "predicted",
        "source": source,
        "label": some(list(chain.from_iterable(each.labels for each in found))),
        "class_number": some(list(chain.from_iterable(each.class_numbers for each in found))),
        "score": some(list(chain.from_iterable(each.scores for each in found))),
    }
    # A box that does not have four numbers is kept as it is.
    whole = [box if box is not None and len(box) == 4 else None for box in boxes]
    are_whole = None not in whole
    numbers = whole if are_whole else [_NO_SIDES if box is None else box for box in whole]
    sides = floats(list(chain.from_iterable(cast("list[list[float]]", numbers))))
    if not are_whole:
        columns["box"] = [box if there is None else None for box, there in zip(boxes, whole, strict=True)]
    for number, side in enumerate(_SIDES):
        values = sides.take(_every_fourth(number, len(boxes)))
        columns[f"{side}_ratio"] = values if are_whole else pc.if_else(pc.is_nan(values), None, values)
    return len(boxes), columns


@functools.lru_cache(maxsize=64)
def _every_fourth(first: int, count: int) -> pa.Array:
    return array_of(array("q", range(first, 4 * count, 4)), "box", pa.int64())
