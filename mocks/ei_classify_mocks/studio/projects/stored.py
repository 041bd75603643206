"""Projects from the committed data: real recordings and rendered images with the outputs of real models."""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic

import msgspec

from ei_classify_mocks.studio.answers import (
    SampleData,
    Subject,
    added,
    classifications,
    classified_sample,
    filename,
    predictions,
    sample_answer,
)
from ei_classify_mocks.studio.kinds import KINDS, Block, Number, Output

from .facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ei_classify_mocks.studio.answers import View
    from ei_classify_mocks.studio.kinds import Kind

    from .facts import Filter
    from .project import Project

_DATA = files("ei_classify_mocks.studio") / "data"
STORED = ("motion", "regression", "surfaces", "scenes", "digits", "parcels", "keywords", "anomalies")
"""The files of the committed data, one a project, without `.json`."""

_LONG_MS = 10_000  # a sample of this length or more is classified by a job


class _Head(msgspec.Struct, rename="camel"):
    """What stands before the samples in a file of project data."""

    id: int
    name: str
    kind: str
    device: str
    sensors: list[dict[str, str]]
    window_ms: Number
    step_ms: Number
    impulses: dict[int, list[Block]]


class _Outputs(msgspec.Struct, Generic[Output]):
    """What the learn blocks put out for a sample: `SampleData.outputs`."""

    id: int
    outputs: dict[int, dict[int, dict[str, list[Output]]]]


class StoredProject(Generic[Output]):
    """A project of the committed data.

    Args:
        subject: What all its samples share.
        samples: Its samples.
        tested: The categories that have results when the Studio starts; all of them if left out.
        retrained: Returns the project after another training, or raises a `LookupError`.
    """

    def __init__(
        self,
        subject: Subject[Output],
        samples: Sequence[SampleData[Output]],
        tested: frozenset[str] | None,
        retrained: Callable[[], Project],
    ) -> None:
        self._subject = subject
        self._retrained = retrained
        self._samples: dict[str, list[SampleData[Output]]] = {}
        for sample in samples:
            self._samples.setdefault(sample.category, []).append(sample)
        self._by_id = {sample.id: sample for sample in samples}
        self._facts = {
            category: [self._facts_of(one) for one in some] for category, some in self._samples.items()
        }
        self._pieces: dict[tuple[str, int, View], tuple[bytes, bytes]] = {}
        self.id = subject.id
        self.name = subject.name
        self.kind = subject.kind.name
        self.impulses = tuple(subject.impulses)
        self.tested = frozenset(self._samples) if tested is None else tested

    def retrained(self) -> Project:
        """The project after another training. There are the models of two, which take turns.

        Raises:
            LookupError: There are the models of one training only.
        """
        return self._retrained()

    def count(self, category: str) -> int:
        """The number of samples in a category."""
        return len(self._samples.get(category, ()))

    def select(self, category: str, filters: Mapping[str, Filter]) -> Sequence[int]:
        """The positions of the samples that pass all filters, in order."""
        facts = self._facts.get(category, [])
        if not filters:
            return range(len(facts))
        return [i for i, sample in enumerate(facts) if all(passes(sample) for passes in filters.values())]

    def piece(self, category: str, position: int, view: View) -> tuple[bytes, bytes]:
        """A sample's `ModelResult`, and its `ModelPrediction`s separated by commas, both encoded."""
        key = category, position, view
        if key not in self._pieces:
            sample = self._samples[category][position]
            result = {
                "sampleId": sample.id,
                "sample": sample_answer(self._subject, sample, view),
                "classifications": classifications(self._subject, sample, view),
            }
            predicted = predictions(self._subject, sample, view)
            self._pieces[key] = msgspec.json.encode(result), msgspec.json.encode(predicted)[1:-1]
        return self._pieces[key]

    def needs_job(self, sample_id: int) -> bool | None:
        """Whether classifying the sample takes a job, as it does for long or resampled ones."""
        sample = self._by_id.get(sample_id)
        if sample is None:
            return None
        return len(sample.values) * sample.interval_ms >= _LONG_MS

    def classify(self, sample_id: int, view: View, variants: Sequence[str], *, debug: bool) -> bytes:
        """The sample as the variants classify it, encoded."""
        return classified_sample(self._subject, self._by_id[sample_id], view, variants, debug=debug)

    def _facts_of(self, sample: SampleData[Output]) -> Facts:
        structured = [label for _, _, label in sample.structured]
        return Facts(
            id=sample.id,
            filename=filename(sample.id, sample.label),
            label=sample.label,
            labels=frozenset(structured or sample.label.split(", ")),
            length_ms=len(sample.values) * sample.interval_ms,
            frequency_hz=sample.frequency_hz,
            signed=sample.signed,
            data_type=self._subject.kind.medium.data_type,
            metadata=sample.metadata,
            added=added(sample.id),
        )


@functools.cache
def stored_projects() -> tuple[Project, ...]:
    """The projects of every Studio. 5 has no results until its classify job has finished.

    Nothing in them changes but a cache of encoded answers, so all Studios of a process share them.
    """
    untested = load_project(
        "motion", identity=5, name="Wrist motion, not yet tested", tested=frozenset(), mapped=True
    )
    return tuple(sorted([*map(load_project, STORED), untested], key=lambda project: project.id))


@functools.cache
def load_project(
    file: str,
    *,
    identity: int | None = None,
    name: str | None = None,
    tested: frozenset[str] | None = None,
    mapped: bool = False,
    retrained: bool = False,
) -> Project:
    """The project in a file of the committed data.

    Args:
        file: The name of the file, without `.json`.
        identity: The id, in place of the one in the file.
        name: The name, in place of the one in the file.
        tested: The categories that have results when the Studio starts; all of them if left out.
        mapped: Whether the samples are labelled with a map.
        retrained: Whether the models are those of the second training.

    Raises:
        LookupError: There was no second training.
    """
    head, kind, samples = _read(file)
    impulses = head.impulses
    if retrained:
        impulses, samples = _read_retrained(file)
    subject = Subject(
        id=identity or head.id,
        name=name or head.name,
        kind=kind,
        device=head.device,
        sensors=head.sensors,
        window_ms=head.window_ms,
        step_ms=head.step_ms,
        impulses=impulses,
        mapped=mapped,
    )
    again = functools.partial(
        load_project,
        file,
        identity=identity,
        name=name,
        tested=tested,
        mapped=mapped,
        retrained=not retrained,
    )
    return StoredProject(subject, samples, tested, again)


@functools.cache
def _read(file: str) -> tuple[_Head, Kind[Any], list[SampleData[Any]]]:
    data = (_DATA / f"{file}.json").read_bytes()
    head = msgspec.json.decode(data, type=_Head)
    kind = KINDS[head.kind]
    # The type of the outputs is known only now, so the type of the file is made now.
    samples = list[SampleData[kind.output]]  # type: ignore[name-defined]
    tail: Any = msgspec.json.decode(data, type=msgspec.defstruct("Tail", [("samples", samples)]))
    return head, kind, tail.samples


@functools.cache
def _read_retrained(file: str) -> tuple[dict[int, list[Block]], list[SampleData[Any]]]:
    """What the second training decides: the learn blocks, and the samples with what they put out."""
    _, kind, samples = _read(file)
    fields = [("impulses", dict[int, list[Block]]), ("samples", list[_Outputs[kind.output]])]  # type: ignore[name-defined]
    data = _DATA / f"{file}-retrained.json"
    if not data.is_file():
        raise LookupError(f"there are no models of another training of the project in {file}.json")
    found: Any = msgspec.json.decode(data.read_bytes(), type=msgspec.defstruct("Retrained", fields))
    outputs = {one.id: one.outputs for one in found.samples}
    return found.impulses, [msgspec.structs.replace(one, outputs=outputs[one.id]) for one in samples]
