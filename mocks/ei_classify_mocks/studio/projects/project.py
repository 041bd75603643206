"""What the double asks of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ei_classify_mocks.studio.answers import View

    from .facts import Filter

VARIANTS = ("float32", "int8")
"""The model variants of every project, the default one first."""


class Project(Protocol):
    """What the double asks of a project. Positions count a category's samples from 0."""

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
        """The categories that have results when the Studio starts."""

    def retrained(self) -> Project:
        """The project after another training: the same samples, and models with other outputs.

        Raises:
            LookupError: It has the models of one training only.
        """

    def count(self, category: str) -> int:
        """The number of samples in a category."""

    def select(self, category: str, filters: Mapping[str, Filter]) -> Sequence[int]:
        """The positions of the samples that pass all filters, in order."""

    def piece(self, category: str, position: int, view: View) -> tuple[bytes, bytes]:
        """A sample's `ModelResult`, and its `ModelPrediction`s separated by commas, both encoded."""

    def needs_job(self, sample_id: int) -> bool | None:
        """Whether classifying the sample takes a job; None if there is no such sample."""

    def classify(self, sample_id: int, view: View, variants: Sequence[str], *, debug: bool) -> bytes:
        """The sample as the variants classify it, encoded."""
