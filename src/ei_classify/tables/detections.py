"""The columns of `detections`, apart for each source of boxes."""

from __future__ import annotations

import functools
from array import array
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from .columns import array_of, floats, integers, parents, some

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIDES = ("x", "y", "width", "height")


def detection_columns(
    ids: list[int],
    samples: list[Any],
    blocks: list[list[Any]],
    predictions: list[Any],
    windows: pa.Array,
) -> Iterable[tuple[int, dict[str, Any]]]:
    """The rows and columns of detections, apart for each source."""
    yield _expected_boxes(ids, samples)
    yield _predicted_boxes(predictions, windows)
    structured: list[_Found] = []
    details: list[_Found] = []
    for sample_id, own in zip(ids, blocks, strict=True):
        for block in own:
            if block.structured_result or block.details:
                _find(sample_id, block, structured, details)
    yield _block_boxes("structured_result", structured)
    yield _block_boxes("details", details)


def _expected_boxes(ids: list[int], samples: list[Any]) -> tuple[int, dict[str, Any]]:
    boxes = list(chain.from_iterable(sample.bounding_boxes for sample in samples))
    if not boxes:
        return 0, {}
    sample_of_box = parents([len(sample.bounding_boxes) for sample in samples])
    pixels = {
        "x": integers([box.x for box in boxes], "x_px"),
        "y": integers([box.y for box in boxes], "y_px"),
        "width": integers([box.width for box in boxes], "width_px"),
        "height": integers([box.height for box in boxes], "height_px"),
    }
    sizes = [sample.image_dimensions for sample in samples]
    # A side of 0 pixels would be no image: its boxes stay in pixels, as those without dimensions.
    widths = array_of([(size and size.width) or None for size in sizes], "image_width_px", pa.float64())
    heights = array_of([(size and size.height) or None for size in sizes], "image_height_px", pa.float64())
    widths, heights = widths.take(sample_of_box), heights.take(sample_of_box)
    return len(boxes), {
        "sample_id": integers(ids, "sample_id").take(sample_of_box),
        "kind": "expected",
        "source": "sample",
        "label": [box.label for box in boxes],
        **{f"{side}_px": values for side, values in pixels.items()},
        **{
            f"{side}_ratio": pc.divide(
                values.cast(pa.float64(), safe=False), widths if side in ("x", "width") else heights
            )
            for side, values in pixels.items()
        },
    }


def _predicted_boxes(predictions: list[Any], windows: pa.Array) -> tuple[int, dict[str, Any]]:
    with_boxes = [row for row, each in enumerate(predictions) if each.bounding_boxes]
    if not with_boxes:
        return 0, {}
    found = [predictions[row] for row in with_boxes]
    boxes = list(chain.from_iterable(each.bounding_boxes for each in found))
    index = parents([len(each.bounding_boxes) for each in found])
    return len(boxes), {
        "sample_id": integers([each.sample_id for each in found], "sample_id").take(index),
        "window": windows.take(integers(with_boxes, "rows").take(index)),
        "kind": "predicted",
        "source": "prediction",
        "label": [box.label for box in boxes],
        "score": floats([box.score for box in boxes]),
        "x_ratio": floats([box.x for box in boxes]),
        "y_ratio": floats([box.y for box in boxes]),
        "width_ratio": floats([box.width for box in boxes]),
        "height_ratio": floats([box.height for box in boxes]),
    }


class _Found(NamedTuple):
    """The detections of a learn block in a window. The lists run in step; a shorter one ends in None."""

    sample_id: int
    learn_block_id: int
    window: int
    boxes: list[Any]
    labels: list[Any]
    class_numbers: list[Any]
    scores: list[Any]


def _find(sample_id: int, block: Any, structured: list[_Found], details: list[_Found]) -> None:
    """What a block found, window by window. Details of the same boxes give these their class numbers."""
    key = sample_id, block.learn_block.id
    for window, (text, number) in enumerate(zip_longest(block.structured_result or (), block.details or ())):
        if text is None:
            details.append(_Found(*key, window, *_in_step(number.boxes, None, number.labels, number.scores)))
        elif number is None:
            structured.append(_Found(*key, window, *_in_step(text.boxes, text.labels, None, text.scores)))
        elif text.boxes == number.boxes and text.scores == number.scores:
            found = _in_step(text.boxes, text.labels, number.labels, text.scores)
            structured.append(_Found(*key, window, *found))
        else:
            structured.append(_Found(*key, window, *_in_step(text.boxes, text.labels, None, text.scores)))
            details.append(_Found(*key, window, *_in_step(number.boxes, None, number.labels, number.scores)))


def _in_step(*lists: list[Any] | None) -> list[list[Any]]:
    counts = [0 if each is None else len(each) for each in lists]
    most = max(counts)
    return [
        each if each is not None and count == most else [*(each or ()), *[None] * (most - count)]
        for each, count in zip(lists, counts, strict=True)
    ]


def _block_boxes(source: str, found: list[_Found]) -> tuple[int, dict[str, Any]]:
    if not found:
        return 0, {}
    ids, learn_blocks, windows, *lists = zip(*found, strict=True)
    boxes, labels, class_numbers, scores = (list(chain.from_iterable(each)) for each in lists)
    index = parents(list(map(len, lists[0])))
    columns = {
        "sample_id": integers(ids, "sample_id").take(index),
        "learn_block_id": integers(learn_blocks, "learn_block_id").take(index),
        "window": integers(windows, "window").take(index),
        "kind": "predicted",
        "source": source,
        "label": some(labels),
        "class_number": some(class_numbers),
        "score": some(scores),
    }
    whole = boxes
    if None in boxes or set(map(len, boxes)) != {4}:
        whole = [box if box is not None and len(box) == 4 else None for box in boxes]
        columns["box"] = [box if there is None else None for box, there in zip(boxes, whole, strict=True)]
        whole = [(float("nan"),) * 4 if box is None else box for box in whole]
    sides = floats(list(chain.from_iterable(whole)))
    for number, side in enumerate(_SIDES):
        values = sides.take(_every_fourth(number, len(boxes)))
        columns[f"{side}_ratio"] = values if whole is boxes else pc.if_else(pc.is_nan(values), None, values)
    return len(boxes), columns


@functools.lru_cache(maxsize=64)
def _every_fourth(first: int, count: int) -> pa.Array:
    return array_of(array("q", range(first, 4 * count, 4)), "box", pa.int64())
