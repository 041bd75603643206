"""Object detection: images in which boxes are found."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import evolve, frozen

from ei_classify.errors import MissingExtraError
from ei_classify.scoring.average_precision import average_precision
from ei_classify.scoring.confusion import Margins, class_figures
from ei_classify.scoring.counting import Listed, Tally, nulls_last
from ei_classify.scoring.counts import CountTable, sums_by
from ei_classify.scoring.estimates import Estimate
from ei_classify.scoring.metrics import UNBOUNDED
from ei_classify.scoring.resampling import Resampler

from .measured import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from ei_classify.scoring.counting import Counting
    from ei_classify.scoring.engine import Engine
    from ei_classify.scoring.resampling import Floats
    from ei_classify.scoring.results import Kind

    from .measured import Options

MAX_DISTANCE = 0.2
"""The largest distance between two centres that match, as a ratio of the image."""
MAX_NAMED = 10
NOTHING_EXPECTED = "no object is expected"

_REPLICATES_AT_ONCE = 50


@frozen(eq=False, kw_only=True)
class DetectionCounts:
    """What is counted of detections. Labels are codes: their places in `labels`."""

    labels: tuple[str, ...]
    checks: Tally
    images: CountTable
    """Images by `cluster`."""
    boxes: CountTable
    """Expected, detected and matched boxes by `cluster` and `code`."""
    matches: Mapping[str, NDArray[Any]]
    """By detected box, the most confident first: `cluster`, `sample_id`, `code`, `score`, and at which
    overlaps it is `matched`."""
    wrong: Listed
    """The images with the most confident false alarms, then those with missed objects."""
    unusable: Listed
    """The images that cannot be judged."""

    def merge(self, other: Self) -> Self:
        """Return the counts of both."""
        labels = tuple(sorted({*self.labels, *other.labels}))
        mine, others = (each._relabelled(labels) for each in (self, other))
        matches = {
            name: np.concatenate([each, others.matches[name]], axis=-1) for name, each in mine.matches.items()
        }
        return type(self)(
            labels=labels,
            checks=self.checks.merge(other.checks),
            wrong=self.wrong.merge(other.wrong),
            unusable=self.unusable.merge(other.unusable),
            images=mine.images.merge(others.images),
            boxes=mine.boxes.merge(others.boxes),
            matches=_most_confident_first(matches),
        )

    def _relabelled(self, labels: Sequence[str]) -> Self:
        places = {label: place for place, label in enumerate(labels)}
        numbers = np.array([places[label] for label in self.labels] or [0], np.int64)
        return evolve(
            self,
            labels=tuple(labels),
            boxes=self.boxes.renumbered("code", numbers.tolist()),
            matches={**self.matches, "code": numbers[self.matches["code"]]},
        )


def count(engine: Engine, worst: int = 0) -> DetectionCounts:
    """Count what is in the tables `images` and `boxes`, and list the matched boxes in the table `matched`."""
    unusable = engine.rows("unusable_images")
    images = engine.columns("image_list")
    boxes = engine.columns("box_list")
    labels, codes = np.unique(boxes["label"].astype(str), return_inverse=True)
    matched = _matched_centres(engine, boxes["number"])
    engine.offer("matched", {"number": boxes["number"][matched]})
    engine.do("detection_verdicts")
    expected = boxes["is_expected"].astype(bool)
    per_box = {
        "cluster": boxes["cluster"].astype(np.int64),
        "code": codes.astype(np.int64),
        "expected": expected.astype(float),
        "detected": (~expected).astype(float),
        "hits": (matched & expected).astype(float),
    }
    return DetectionCounts(
        labels=tuple(labels.tolist()),
        checks=Tally({"images": len(images["sample_id"]), "unusable": len(unusable)}),
        wrong=Listed.of(engine.rows("wrong_images", limit=worst), worst, _most_confident_image_first),
        unusable=Listed.of(unusable, MAX_NAMED, _by_id),
        images=CountTable.of(
            {"cluster": images["cluster"].astype(np.int64), "images": np.ones(len(images["cluster"]))},
            "cluster",
        ).grouped(),
        boxes=CountTable.of(per_box, "cluster", "code").grouped(),
        matches=_overlaps(images["sample_id"], boxes, codes),
    )


def _most_confident_image_first(row: Mapping[str, Any]) -> tuple[Any, ...]:
    confidence = row["confidence"]
    return nulls_last(None if confidence is None else -confidence), row["sample_id"]


def _by_id(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["sample_id"], nulls_last(row["filename"])


def _matched_centres(engine: Engine, numbers: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which boxes are matched, where the nearest pair goes first and a box has one partner."""
    pairs = engine.columns("near_pairs", distance=MAX_DISTANCE)
    taken = set[int]()
    for detected, expected in zip(pairs["detected"].tolist(), pairs["expected"].tolist(), strict=True):
        if detected not in taken and expected not in taken:
            taken |= {detected, expected}
    matched: NDArray[np.bool_] = np.isin(numbers, list(taken))
    return matched


def _overlaps(
    images: NDArray[Any], boxes: Mapping[str, NDArray[Any]], codes: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Match the boxes by their overlap, with hotcoco."""
    try:
        import hotcoco
    except ImportError as error:
        raise MissingExtraError("hotcoco", "scoring") from error
    corners = np.stack([boxes[f"{name}_ratio"] for name in ("x", "y", "width", "height")], axis=-1)
    expected = boxes["is_expected"].astype(bool)
    number_of = {sample: number for number, sample in enumerate(images.tolist(), start=1)}
    image_of = [number_of[sample] for sample in boxes["sample_id"].tolist()]
    entries: list[dict[str, Any]] = [
        {"image_id": image, "category_id": int(code) + 1, "bbox": corner, "area": corner[2] * corner[3]}
        for image, code, corner in zip(image_of, codes, corners.tolist(), strict=True)
    ]
    truth = hotcoco.COCO(
        {
            "images": [{"id": number, "width": 1, "height": 1} for number in number_of.values()],
            "categories": [
                {"id": code + 1, "name": str(code)} for code in range(int(codes.max(initial=-1)) + 1)
            ],
            "annotations": [
                {**entries[row], "id": place, "iscrowd": 0}
                for place, row in enumerate(np.flatnonzero(expected), start=1)
            ],
        }
    )
    rows = np.flatnonzero(~expected)
    scores = boxes["score"].astype(np.float64)
    found = truth.load_res([{**entries[row], "score": float(scores[row])} for row in rows])
    evaluation = hotcoco.COCOeval(truth, found, "bbox")
    evaluation.params.area_rng = [[0.0, 1e10]]
    evaluation.params.area_rng_lbl = ["all"]
    evaluation.params.max_dets = [len(rows) or 1]
    evaluation.evaluate()
    matched = np.zeros((len(evaluation.params.iou_thrs), len(rows)), bool)
    for image in evaluation.eval_imgs:
        if image is not None and image["dtIds"]:
            matched[:, np.asarray(image["dtIds"]) - 1] = image["dtMatched"]
    return _most_confident_first(
        {
            "cluster": boxes["cluster"][rows].astype(np.int64),
            "sample_id": boxes["sample_id"][rows].astype(np.int64),
            "code": codes[rows].astype(np.int64),
            "score": scores[rows],
            "matched": matched,
        }
    )


def _most_confident_first(matches: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    order = np.lexsort((matches["sample_id"], -matches["score"]))
    return {name: each[..., order] for name, each in matches.items()}


class Figures:
    """The figures that follow from counts."""

    def __init__(self, counts: DetectionCounts, resampler: Resampler) -> None:
        self._counts = counts
        self._resampler = resampler
        labels = len(counts.labels)
        table = counts.boxes
        self._whole = {name: sums_by(table["code"], table[name], labels) for name in table.sums}
        drawn = {
            name: resampler.sums(table["cluster"], table["code"], table[name], labels) for name in table.sums
        }
        self._drawn: dict[str, Floats] | None = None
        if all(each is not None for each in drawn.values()):
            self._drawn = drawn  # type: ignore[assignment]
        self._areas = [self._area(code) for code in range(labels)]

    def metrics(self) -> dict[str, Estimate]:
        """Return the figures over all labels."""
        values = self._centroids(self._whole, np.asarray(self._counts.images.total("images")))
        replicates: Mapping[str, Floats] = {}
        if self._drawn is not None:
            table = self._counts.images
            nothing = np.zeros(len(table), np.int64)
            images = self._resampler.sums(table["cluster"], nothing, table["images"], 1)
            replicates = self._centroids(self._drawn, images[:, 0])  # type: ignore[index]
        estimates = {"map": self._mean_area(0), "map_50": self._mean_area(1)}
        for name, value in values.items():
            estimates[name] = Estimate(
                float(value),
                replicates.get(name),
                reason="nothing is detected" if name == "centroid_precision" else NOTHING_EXPECTED,
                samples=int(self._counts.images.total("images")),
                is_share=name not in UNBOUNDED,
            )
        return estimates

    def classes(self) -> Iterator[tuple[str, int, dict[str, Estimate]]]:
        """Yield each label with its support and figures."""
        values = class_figures(_margins(self._whole))
        replicates = None if self._drawn is None else class_figures(_margins(self._drawn))
        for code, label in enumerate(self._counts.labels):
            support = int(self._whole["expected"][code])
            figures = {
                name: Estimate(
                    float(each[code]) if support or name == "precision" else float("nan"),
                    None if replicates is None else replicates[name][:, code],
                    reason="no object with this label is detected" if support else NOTHING_EXPECTED,
                    samples=self._samples(code),
                )
                for name, each in values.items()
            }
            yield label, support, {**figures, "average_precision": self._areas[code][0]}

    def _samples(self, code: int) -> int:
        return len(np.unique(self._counts.boxes["cluster"][self._counts.boxes["code"] == code]))

    @staticmethod
    def _centroids(boxes: Mapping[str, Floats], images: Floats) -> dict[str, Floats]:
        expected, detected, hits = (boxes[name].sum(-1) for name in ("expected", "detected", "hits"))
        with np.errstate(invalid="ignore", divide="ignore"):
            return {
                "centroid_precision": hits / detected,
                "centroid_recall": hits / expected,
                "centroid_f1": 2 * hits / (expected + detected),
                "false_alarms_per_image": (detected - hits) / images,
                "missed_objects": expected - hits,
            }

    def _mean_area(self, which: int) -> Estimate:
        each = [areas[which] for areas in self._areas if not np.isnan(areas[which].value)]
        drawn = [one.replicates for one in each]
        both = bool(each) and all(one is not None for one in drawn)
        with np.errstate(invalid="ignore"):
            return Estimate(
                float(np.mean([one.value for one in each])) if each else float("nan"),
                np.ma.masked_invalid(np.array(drawn)).mean(0).filled(np.nan) if both else None,
                reason=NOTHING_EXPECTED,
                samples=len(self._resampler.clusters),
            )

    def _area(self, code: int) -> tuple[Estimate, Estimate]:
        """Return the average precision of a label: over overlaps from 0.5 to 0.95, and at 0.5."""
        rows = self._counts.matches["code"] == code
        matched = self._counts.matches["matched"][:, rows]
        clusters = self._counts.matches["cluster"][rows]
        estimates = []
        for chosen in (matched, matched[:1]):
            ones = np.ones((1, len(clusters)))
            value = average_precision(chosen, ones, self._whole["expected"][[code]])[0]
            drawn = None
            if self._drawn is not None and not np.isnan(value):
                drawn = np.concatenate(
                    [
                        average_precision(
                            chosen,
                            self._resampler.per_value(clusters, slice(first, first + _REPLICATES_AT_ONCE)),
                            self._drawn["expected"][first : first + _REPLICATES_AT_ONCE, code],
                        )
                        for first in range(0, self._resampler.replicates, _REPLICATES_AT_ONCE)
                    ]
                )
            samples = self._samples(code)
            estimates.append(Estimate(float(value), drawn, reason=NOTHING_EXPECTED, samples=samples))
        return estimates[0], estimates[1]


def _margins(boxes: Mapping[str, Floats]) -> Margins:
    return Margins(boxes["expected"], boxes["detected"], boxes["hits"])


@frozen
class ObjectDetection:
    """The score of an object detection block."""

    learn_block_id: int | None
    kind: Kind = "object_detection"
    label_map_key: str | None = None

    def prepare(self, engine: Engine) -> None:
        """Create the views of everything that the task is about."""
        engine.let(learn_block_id=self.learn_block_id)
        engine.do("no_confidences")
        engine.do("decided_by_detection")

    def measure(self, options: Options) -> Counting[Measured | None]:
        """Return the figures; None if there is no image that can be judged."""
        structured: Tally = yield self.structured
        source = "structured_result" if structured["boxes"] else "prediction"
        counts: DetectionCounts = yield partial(self.match_and_count, source=source, worst=options.worst)
        if not counts.checks["images"]:
            return None
        resampler = Resampler(counts.images["cluster"], replicates=options.replicates, seed=options.seed)
        figures = Figures(counts, resampler)
        images = counts.checks["images"]
        return Measured(
            windows=images,
            samples=images,
            metrics=figures.metrics(),
            classes=list(figures.classes()),
            notes=list(_notes(counts)),
            extras={"wrong_windows": counts.wrong.rows},
        )

    @staticmethod
    def structured(engine: Engine) -> Tally:
        """Count the boxes that are from the structured results of the block."""
        return Tally(engine.rows("structured_boxes")[0])

    @staticmethod
    def match_and_count(engine: Engine, *, source: str, worst: int) -> DetectionCounts:
        """Count the images and boxes.

        Args:
            engine: The database.
            source: Where the detected boxes are from.
            worst: The largest number of wrong images that are listed.
        """
        engine.let(source_of_boxes=source)
        engine.do("boxes")
        engine.do("images")
        return count(engine, worst)


def _notes(counts: DetectionCounts) -> Iterator[str]:
    unusable = counts.checks["unusable"]
    if unusable:
        named = ", ".join(f"{each['sample_id']} ({each['filename']})" for each in counts.unusable.rows)
        more = f" and {unusable - MAX_NAMED} more" if unusable > MAX_NAMED else ""
        yield f"{unusable} images have boxes that cannot be judged, and do not count: {named}{more}"
