"""Projects from the committed data: real recordings and rendered images with the outputs of real models."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from . import answers
from .queries import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .answers import View

VARIANTS = ("float32", "int8")
_IMAGE_KINDS = {"visual-anomaly", "object-detection"}
_LONG_MS = 10_000  # a sample of this length or more is classified by a job


class Project(Protocol):
    """What the application asks of a project. Positions count a category's samples from 0."""

    @property
    def id(self) -> int:
        """The project's id."""

    @property
    def name(self) -> str:
        """The project's name."""

    @property
    def kind(self) -> str:
        """What its models do, such as `classification`."""

    @property
    def impulses(self) -> tuple[int, ...]:
        """The ids of its impulses, the default one first."""

    @property
    def tested(self) -> frozenset[str]:
        """The categories whose classify job has run before the Studio starts."""

    def count(self, category: str) -> int:
        """The number of samples in a category."""

    def select(self, category: str, filters: Mapping[str, Callable[[Facts], bool]]) -> Sequence[int]:
        """The positions of the samples that pass all filters, in order."""

    def piece(self, category: str, position: int, view: View) -> tuple[bytes, bytes]:
        """A sample's `ModelResult`, and its `ModelPrediction`s separated by commas, both encoded."""

    def needs_job(self, sample_id: int) -> bool | None:
        """Whether classifying the sample takes a job; None if there is no such sample."""

    def classify(self, sample_id: int, view: View, variants: list[str], *, debug: bool) -> bytes:
        """The sample as the variants classify it, encoded."""


class StoredProject:
    """A project of the committed data.

    Args:
        file: the name of its file, without `.json`.
        identity: the id, in place of the one in the file.
        name: the name, in place of the one in the file.
        tested: the categories whose classify job has run; left out, all that have samples.
        mapped: whether its samples are labelled with a map.
    """

    def __init__(
        self,
        file: str,
        *,
        identity: int | None = None,
        name: str | None = None,
        tested: frozenset[str] | None = None,
        mapped: bool = False,
    ) -> None:
        stored = _read(file)
        self._document = {
            **stored,
            "id": identity or stored["id"],
            "name": name or stored["name"],
            "mapped": mapped,
        }
        self.id: int = self._document["id"]
        self.name: str = self._document["name"]
        self.kind: str = stored["kind"]
        self.impulses = tuple(int(impulse) for impulse in stored["impulses"])
        self._samples: dict[str, list[dict[str, Any]]] = {}
        for sample in stored["samples"]:
            self._samples.setdefault(sample["category"], []).append(sample)
        self._by_id = {sample["id"]: sample for sample in stored["samples"]}
        self._facts = {
            category: [self._facts_of(s) for s in some] for category, some in self._samples.items()
        }
        self._pieces: dict[tuple[str, int, View], tuple[bytes, bytes]] = {}
        self.tested = frozenset(self._samples) if tested is None else tested

    def count(self, category: str) -> int:
        """The number of samples in a category."""
        return len(self._samples.get(category, ()))

    def select(self, category: str, filters: Mapping[str, Callable[[Facts], bool]]) -> Sequence[int]:
        """The positions of the samples that pass all filters, in order."""
        facts = self._facts.get(category, [])
        if not filters:
            return range(len(facts))
        return [i for i, sample in enumerate(facts) if all(keep(sample) for keep in filters.values())]

    def piece(self, category: str, position: int, view: View) -> tuple[bytes, bytes]:
        """A sample's `ModelResult`, and its `ModelPrediction`s separated by commas, both encoded."""
        key = category, position, view
        if key not in self._pieces:
            stored = self._samples[category][position]
            result = {
                "sampleId": stored["id"],
                "sample": answers.sample(self._document, stored, view),
                "classifications": answers.classifications(self._document, stored, view),
            }
            predictions = answers.predictions(self._document, stored, view)
            self._pieces[key] = msgspec.json.encode(result), msgspec.json.encode(predictions)[1:-1]
        return self._pieces[key]

    def needs_job(self, sample_id: int) -> bool | None:
        """Whether classifying the sample takes a job, as long or resampled ones do."""
        sample = self._by_id.get(sample_id)
        if sample is None:
            return None
        frequency = sample["frequencyHz"]
        return bool(frequency) and len(sample["values"]) * 1000 / frequency >= _LONG_MS

    def classify(self, sample_id: int, view: View, variants: list[str], *, debug: bool) -> bytes:
        """The sample as the variants classify it, encoded."""
        return answers.classified_sample(self._document, self._by_id[sample_id], view, variants, debug=debug)

    def _facts_of(self, sample: Mapping[str, Any]) -> Facts:
        frequency = sample["frequencyHz"]
        structured = [label for _, _, label in sample["structured"]]
        return Facts(
            id=sample["id"],
            filename=answers.filename(sample),
            label=sample["label"],
            labels=frozenset(structured or sample["label"].split(", ")),
            length_ms=len(sample["values"]) * 1000 / frequency if frequency else 0,
            frequency_hz=frequency,
            signed=sample["signed"],
            data_type="image" if self.kind in _IMAGE_KINDS else "",
            metadata=sample["metadata"],
            added=answers.added(sample["id"]),
        )


@functools.cache
def stored_projects() -> tuple[Project, ...]:
    """The projects of every Studio: 1 to 4 with results, 5 without until its classify job has run.

    They hold nothing that changes but encoded answers, so all Studios of a process share them.
    """
    return (
        StoredProject("motion"),
        StoredProject("regression"),
        StoredProject("surfaces"),
        StoredProject("scenes"),
        StoredProject(
            "motion", identity=5, name="Wrist motion, not yet tested", tested=frozenset(), mapped=True
        ),
    )


@functools.cache
def _read(file: str) -> dict[str, Any]:
    stored: dict[str, Any] = msgspec.json.decode((files(__package__) / "data" / f"{file}.json").read_bytes())
    return stored
