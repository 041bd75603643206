"""A project of any size, which repeats a small set of patterns.

Only the id, the file name and the dates tell two samples of one pattern apart, so a page is put together from
pieces that are already encoded.
"""

from __future__ import annotations

import dataclasses
import hashlib
from bisect import bisect_left
from typing import TYPE_CHECKING, Generic, NamedTuple

import msgspec

from ei_classify_mocks.studio.answers import (
    SampleData,
    Subject,
    added,
    classifications,
    classified_sample,
    predictions,
    sample_answer,
    written,
)
from ei_classify_mocks.studio.kinds import Output
from ei_classify_mocks.studio.projects import Facts

from .periodic import Periodic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ei_classify_mocks.studio.answers import View
    from ei_classify_mocks.studio.projects import Filter

    from .patterns import Patterns

_PATTERNS = 64
_ID, _FILE, _ADDED = (f"@{name}@" for name in ("id", "file", "added"))
# Filters that pass or fail from some position on. True: they pass from there on.
_RISING = {"minId": True, "maxId": False, "minDate": True, "maxDate": False}
_SCANNING = {"filename", "search"}  # filters that look at what no pattern decides


class _Template(NamedTuple):
    """The encoded pieces of a pattern's answer."""

    head: bytes  # a format for the id, the file name and the dates
    tail: bytes
    predictions: list[bytes]  # to be joined by the id


class ScaleProject(Generic[Output]):
    """A project of generated samples.

    Args:
        identity: The project's id.
        samples: The number of samples in its testing set.
        patterns: What the samples repeat.
    """

    impulses = (1,)
    tested = frozenset({"testing"})

    def __init__(self, identity: int, samples: int, patterns: Patterns[Output]) -> None:
        self.id = identity
        self.name = f"{samples} samples"
        self.kind = patterns.kind.name
        self._samples = samples
        self._patterns = patterns
        self._subject = Subject(
            id=identity,
            name=self.name,
            kind=patterns.kind,
            device="Generator",
            sensors=[dict(zip(("name", "units"), patterns.sensor, strict=True))],
            window_ms=patterns.window_ms,
            step_ms=patterns.step_ms,
            impulses={1: [patterns.block]},
        )
        self._pattern_facts = [self._facts_of_pattern(pattern) for pattern in range(_PATTERNS)]
        self._templates: dict[tuple[int, View], _Template] = {}

    def retrained(self) -> ScaleProject[Output]:
        """The project after another training. Each one puts out scores of its own."""
        return ScaleProject(self.id, self._samples, self._patterns.retrained())

    def count(self, category: str) -> int:
        """The number of samples in a category."""
        return self._samples if category == "testing" else 0

    def select(self, category: str, filters: Mapping[str, Filter]) -> Sequence[int]:
        """The positions of the samples that pass all filters, in order.

        Filters on ids, on dates and on what a pattern decides cost nothing, however many samples there are;
        those on the file name and on free text look at every sample.
        """
        first, last = 0, self.count(category)
        for name, rises in _RISING.items():
            if name in filters:
                passes = filters[name]
                edge = bisect_left(range(last), True, key=lambda i: passes(self._facts(i)) is rises)
                first, last = (max(first, edge), last) if rises else (first, min(last, edge))
        others = [passes for name, passes in filters.items() if name not in _RISING and name not in _SCANNING]
        chosen = [p for p, facts in enumerate(self._pattern_facts) if all(passes(facts) for passes in others)]
        positions = Periodic(first, max(first, last), chosen, _PATTERNS)
        scanning = [passes for name, passes in filters.items() if name in _SCANNING]
        if not scanning:
            return positions
        return [i for i in positions if all(passes(self._facts(i)) for passes in scanning)]

    def piece(self, category: str, position: int, view: View) -> tuple[bytes, bytes]:
        """A sample's `ModelResult`, and its `ModelPrediction`s separated by commas, both encoded."""
        pattern = position % _PATTERNS
        template = self._templates.get((pattern, view))
        if template is None:
            template = self._templates[pattern, view] = self._template(category, pattern, view)
        identity = b"%d" % (position + 1)
        date = written(added(position + 1)).encode()
        own = {b"id": identity, b"file": _filename(position).encode(), b"added": date}
        return template.head % own + template.tail, identity.join(template.predictions)

    def needs_job(self, sample_id: int) -> bool | None:
        """False, as no sample takes a job; None if there is no such sample."""
        return False if 1 <= sample_id <= self._samples else None

    def classify(self, sample_id: int, view: View, variants: Sequence[str], *, debug: bool) -> bytes:
        """The sample as the variants classify it, encoded."""
        sample = self._sample("testing", sample_id - 1)
        return classified_sample(self._subject, sample, view, variants, debug=debug)

    def _template(self, category: str, pattern: int, view: View) -> _Template:
        sample = self._sample(category, pattern)
        answer = sample_answer(self._subject, sample, view) | {
            "id": _ID,
            "filename": _FILE,
            "coldstorageFilename": f"project-{self.id}/{category}/{_FILE}.cbor",
            **dict.fromkeys(("created", "lastModified", "added"), _ADDED),
        }
        head = msgspec.json.encode({"sampleId": _ID, "sample": answer}).replace(b"%", b"%%")
        for placeholder, field in ((f'"{_ID}"', b"id"), (_FILE, b"file"), (_ADDED, b"added")):
            head = head.replace(placeholder.encode(), b"%(" + field + b")b")
        tail = msgspec.json.encode({"classifications": classifications(self._subject, sample, view)})
        predicted = msgspec.json.encode(
            [one | {"sampleId": _ID} for one in predictions(self._subject, sample, view)]
        )
        return _Template(head[:-1] + b",", tail[1:], predicted[1:-1].split(f'"{_ID}"'.encode()))

    def _sample(self, category: str, position: int) -> SampleData[Output]:
        pattern = position % _PATTERNS
        facts = self._facts(position)
        return SampleData(
            id=position + 1,
            label=facts.label,
            category=category,
            frequency_hz=self._patterns.frequency_hz,
            sha256=hashlib.sha256(b"%d/%d" % (self.id, position)).hexdigest(),
            metadata=dict(facts.metadata),
            structured=[],
            signed=True,
            crop=[],
            expected=[facts.label] * self._patterns.windows,
            boxes=self._patterns.boxes(pattern),
            values=self._patterns.values,
            outputs={1: {self._patterns.block.id: self._patterns.outputs(pattern)}},
        )

    def _facts(self, position: int) -> Facts:
        return dataclasses.replace(
            self._pattern_facts[position % _PATTERNS],
            id=position + 1,
            filename=_filename(position),
            added=added(position + 1),
        )

    def _facts_of_pattern(self, pattern: int) -> Facts:
        label = self._patterns.label(pattern)
        return Facts(
            id=pattern + 1,
            filename=_filename(pattern),
            label=label,
            labels=frozenset(label.split(", ")),
            length_ms=self._patterns.length_ms,
            frequency_hz=self._patterns.frequency_hz,
            signed=True,
            data_type=self._patterns.kind.medium.data_type,
            metadata={"pattern": str(pattern)},
            added=added(pattern + 1),
        )


def _filename(position: int) -> str:
    return f"scale.{position + 1:08x}"
