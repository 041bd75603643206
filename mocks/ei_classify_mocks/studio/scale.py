"""Projects of any size, each sample computed from its index: for load tests.

What is in the samples is invented. A project repeats a small set of patterns; the id, the file's name and the
dates are all that tell two samples of one pattern apart, so a page is put together from encoded pieces.
"""

from __future__ import annotations

import functools
import hashlib
import math
import random
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, overload

import msgspec

from . import answers
from .queries import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .answers import View

KINDS = ("kws", "detection")
_PATTERNS = 64
_WORDS = ("noise", "unknown", "yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go")
_WINDOW_MS, _STEP_MS, _RATE_HZ = 1000, 500, 16_000
_MOST = 1_000_000_000  # samples, so that the dates stay within the calendar
_SIDE = 96  # pixels
_AUDIO, _IMAGE = {"name": "audio", "units": "wav"}, {"name": "image", "units": "rgba"}
_ID, _FILE, _ADDED = (f"@{name}@" for name in ("id", "file", "added"))
_RISING = {
    "minId": True,
    "maxId": False,
    "minDate": True,
    "maxDate": False,
}  # True: passes from some index on
_SCANNING = {"filename", "search"}


class ScaleProject:
    """A project of `samples` samples.

    Args:
        identity: the project's id.
        samples: how many samples its testing set has.
        kind: `kws`, keyword spotting in audio, or `detection`, object detection in images.
        windows: windows a sample; images have one.
        labels: labels of the model.
    """

    impulses = (1,)
    tested = frozenset({"testing"})

    def __init__(
        self, identity: int, samples: int, kind: str = "kws", windows: int = 10, labels: int = 12
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"a scale project is of kind {' or '.join(KINDS)}, not {kind!r}")
        if not 0 <= samples <= _MOST or windows < 1 or labels < 1:
            raise ValueError(
                f"a scale project has 0 to {_MOST} samples, 1 window or more and 1 label or more"
            )
        self.id = identity
        self.name = f"{samples} samples"
        self.kind = {"kws": "classification", "detection": "object-detection"}[kind]
        self._samples = samples
        self._windows = 1 if kind == "detection" else windows
        self._labels = [*_WORDS[:labels], *(f"word{n}" for n in range(len(_WORDS), labels))]
        self._pattern_facts = [self._facts_of_pattern(pattern) for pattern in range(_PATTERNS)]
        self._templates: dict[tuple[int, View], tuple[bytes, bytes, list[bytes]]] = {}
        self._document = {
            "id": identity,
            "name": self.name,
            "kind": self.kind,
            "device": "Generator",
            "mapped": False,
            "sensors": [
                {"name": "audio", "units": "wav"} if kind == "kws" else {"name": "image", "units": "rgba"}
            ],
            "windowMs": _WINDOW_MS if kind == "kws" else 0,
            "stepMs": _STEP_MS if kind == "kws" else 0,
            "impulses": {"1": [self._block()]},
        }

    @classmethod
    def parse(cls, spec: str, identity: int) -> Self:
        """A project as it is written: `scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT]`.

        Raises:
            ValueError: it is not written so.
        """
        head, *rest = spec.split(",")
        name, _, samples = head.partition(":")
        options = dict(part.partition("=")[::2] for part in rest)
        if name != "scale" or not samples.isdecimal() or options.keys() - {"kind", "windows", "labels"}:
            raise ValueError(
                "a project is written scale:COUNT[,kind=kws|detection][,windows=COUNT][,labels=COUNT], "
                f"not {spec!r}"
            )
        numbers = {key: int(options[key]) for key in ("windows", "labels") if key in options}
        return cls(identity, int(samples), options.get("kind", "kws"), **numbers)

    def count(self, category: str) -> int:
        """The number of samples in a category."""
        return self._samples if category == "testing" else 0

    def select(self, category: str, filters: Mapping[str, Callable[[Facts], bool]]) -> Sequence[int]:
        """The positions of the samples that pass all filters, in order.

        Filters on what a pattern decides, on ids and on dates cost nothing, however many samples there are;
        those on the file's name and on free text look at every sample.
        """
        first, last = 0, self.count(category)
        for name, rises in _RISING.items():
            if name in filters:
                keep = filters[name]
                edge = bisect_left(range(last), True, key=lambda i: keep(self._facts(i)) is rises)
                first, last = (max(first, edge), last) if rises else (first, min(last, edge))
        others = [keep for name, keep in filters.items() if name not in _RISING and name not in _SCANNING]
        chosen = [p for p, facts in enumerate(self._pattern_facts) if all(keep(facts) for keep in others)]
        positions = Periodic(first, max(first, last), chosen, _PATTERNS)
        scanning = [keep for name, keep in filters.items() if name in _SCANNING]
        if not scanning:
            return positions
        return [i for i in positions if all(keep(self._facts(i)) for keep in scanning)]

    def piece(self, category: str, position: int, view: View) -> tuple[bytes, bytes]:
        """A sample's `ModelResult`, and its `ModelPrediction`s separated by commas, both encoded."""
        pattern = position % _PATTERNS
        template = self._templates.get((pattern, view))
        if template is None:
            template = self._templates[pattern, view] = self._template(category, pattern, view)
        head, tail, predictions = template
        identity = b"%d" % (position + 1)
        own = {b"id": identity, b"file": self._filename(position).encode(), b"added": _added(position + 1)}
        return head % own + tail, identity.join(predictions)

    def needs_job(self, sample_id: int) -> bool | None:
        """None takes a job; None if there is no such sample."""
        return False if 1 <= sample_id <= self._samples else None

    def classify(self, sample_id: int, view: View, variants: list[str], *, debug: bool) -> bytes:
        """The sample as the variants classify it, encoded."""
        return answers.classified_sample(
            self._document, self._stored("testing", sample_id - 1), view, variants, debug=debug
        )

    def _template(self, category: str, pattern: int, view: View) -> tuple[bytes, bytes, list[bytes]]:
        """The encoded pieces of a pattern's answer: a format of the sample, the rest, and the predictions."""
        stored = self._stored(category, pattern)
        sample = answers.sample(self._document, stored, view) | {
            "id": _ID,
            "filename": _FILE,
            "coldstorageFilename": f"project-{self.id}/{category}/{_FILE}.cbor",
            **dict.fromkeys(("created", "lastModified", "added"), _ADDED),
        }
        head = msgspec.json.encode({"sampleId": _ID, "sample": sample}).replace(b"%", b"%%")
        for placeholder, field in ((f'"{_ID}"', b"id"), (_FILE, b"file"), (_ADDED, b"added")):
            head = head.replace(placeholder.encode(), b"%(" + field + b")b")
        classifications = answers.classifications(self._document, stored, view)
        tail = msgspec.json.encode({"classifications": classifications})
        predictions = msgspec.json.encode(
            [one | {"sampleId": _ID} for one in answers.predictions(self._document, stored, view)]
        )
        return head[:-1] + b",", tail[1:], predictions[1:-1].split(f'"{_ID}"'.encode())

    def _stored(self, category: str, position: int) -> dict[str, Any]:
        """A sample in the form in which the other projects are stored."""
        pattern = position % _PATTERNS
        facts = self._facts(position)
        image = self.kind == "object-detection"
        outputs = (
            _detections(pattern, self._labels)
            if image
            else _scores(pattern, self._windows, len(self._labels))
        )
        return {
            "id": position + 1,
            "label": facts.label,
            "category": category,
            "frequencyHz": facts.frequency_hz,
            "sha256": hashlib.sha256(b"%d/%d" % (self.id, position)).hexdigest(),
            "metadata": facts.metadata,
            "structured": [],
            "signed": True,
            "crop": [],
            "expected": [facts.label] * self._windows,
            "boxes": outputs["truth"] if image else [],
            "values": ["8" * _SIDE] * _SIDE if image else _Tone(round(facts.length_ms * _RATE_HZ / 1000)),
            "outputs": {"1": {"2": outputs["scores"]}},
        }

    def _facts(self, position: int) -> Facts:
        pattern = self._pattern_facts[position % _PATTERNS]
        return Facts(
            position + 1,
            self._filename(position),
            pattern.label,
            pattern.labels,
            pattern.length_ms,
            pattern.frequency_hz,
            pattern.signed,
            pattern.data_type,
            pattern.metadata,
            answers.added(position + 1),
        )

    def _facts_of_pattern(self, pattern: int) -> Facts:
        image = self.kind == "object-detection"
        label = (
            ", ".join(sorted({box[0] for box in _detections(pattern, self._labels)["truth"]})) or "-"
            if image
            else self._labels[pattern % len(self._labels)]
        )
        return Facts(
            id=pattern + 1,
            filename=self._filename(pattern),
            label=label,
            labels=frozenset(label.split(", ")),
            length_ms=0 if image else _WINDOW_MS + (self._windows - 1) * _STEP_MS,
            frequency_hz=0 if image else _RATE_HZ,
            signed=True,
            data_type="image" if image else "audio",
            metadata={"pattern": str(pattern)},
            added=answers.added(pattern + 1),
        )

    def _filename(self, position: int) -> str:
        return f"scale.{position + 1:08x}"

    def _block(self) -> dict[str, Any]:
        audio = self.kind == "classification"
        block = {
            "id": 2,
            "type": "keras-transfer-kws" if audio else "keras-object-detection",
            "name": "Keyword spotting" if audio else "Object detection",
            "title": "Transfer Learning (Keyword Spotting)" if audio else "Object Detection (Images)",
            "labels": self._labels,
            "thresholds": [
                {
                    "key": "min_score",
                    "description": "Score threshold",
                    "helpText": "What scores less is uncertain, or not a detection.",
                    "value": 0.5,
                }
            ],
        }
        return block if audio else block | {"lastLayer": "mobilenet-ssd"}


class Periodic(Sequence[int]):
    """The numbers from `first` up to `last` (exclusive) that leave one of the remainders by `period`."""

    def __init__(self, first: int, last: int, remainders: Sequence[int], period: int) -> None:
        self._remainders, self._period = remainders, period
        self._skipped = self._below(first)
        self._length = self._below(last) - self._skipped

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._length))]
        if not 0 <= index < self._length:
            raise IndexError(index)
        turn, place = divmod(self._skipped + index, len(self._remainders))
        return turn * self._period + self._remainders[place]

    def _below(self, bound: int) -> int:
        turns, rest = divmod(bound, self._period)
        return turns * len(self._remainders) + bisect_left(self._remainders, rest)


class _Tone(Sequence[list[float]]):
    """A tone of that many readings."""

    def __init__(self, readings: int) -> None:
        self._readings = readings

    def __len__(self) -> int:
        return self._readings

    @overload
    def __getitem__(self, index: int) -> list[float]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[float]]: ...
    def __getitem__(self, index: int | slice) -> list[float] | list[list[float]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._readings))]
        return [float(round(8000 * math.sin(index / 6)))]


@functools.lru_cache(maxsize=4 * _PATTERNS)
def _scores(pattern: int, windows: int, labels: int) -> dict[str, Any]:
    """Confidences of each window: float32 to 4 decimals, int8 in steps of 1/256."""
    generator = random.Random(f"kws {pattern} {windows} {labels}")  # noqa: S311  # no secret
    rows = []
    for _ in range(windows):
        raw = [generator.random() ** 8 for _ in range(labels)]
        raw[pattern % labels] += 1.5 * generator.random()
        rows.append([score / sum(raw) for score in raw])
    return {
        "scores": {
            "float32": [[round(score, 4) for score in row] for row in rows],
            "int8": [[round(score * 256) / 256 for score in row] for row in rows],
        }
    }


@functools.lru_cache(maxsize=4 * _PATTERNS)
def _detections_of(pattern: int, labels: tuple[str, ...]) -> dict[str, Any]:
    """Objects on a grid of 4 × 4 places, of which most are found where they are and as what they are."""
    generator = random.Random(f"detection {pattern} {labels}")  # noqa: S311  # no secret
    places = generator.sample(range(16), generator.randrange(6))
    truth: list[list[Any]] = [
        [generator.choice(labels), place % 4 * 24 + 4, place // 4 * 24 + 4, 16, 16] for place in places
    ]
    seen = [box for box in truth if generator.random() < 0.9]
    share = len(seen) / len(truth) if truth else 1.0
    scores = [generator.uniform(0.5, 1) for _ in seen]
    found = {
        "boxes": [[round(n / _SIDE, 4) for n in box[1:]] for box in seen],
        "labels": [box[0] for box in seen],
        "mAP": round(share, 4),
        "f1": round(2 * share / (1 + share), 4),
        "precision": 1.0 if seen or not truth else 0.0,
        "recall": round(share, 4),
        "debug": {},
    }
    return {
        "truth": truth,
        "scores": {
            "float32": [found | {"scores": [round(score, 4) for score in scores]}],
            "int8": [found | {"scores": [round(score * 256) / 256 for score in scores]}],
        },
    }


def _detections(pattern: int, labels: Sequence[str]) -> dict[str, Any]:
    return _detections_of(pattern, tuple(labels))


def _added(identity: int) -> bytes:
    return answers.written(answers.added(identity)).encode()
