"""A call of an operation, as its handler sees it: checked against the contract and opened by its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from ei_classify_mocks.studio.answers import View
from ei_classify_mocks.studio.error_answers import DeclinedError, ForbiddenError
from ei_classify_mocks.studio.projects import VARIANTS
from ei_classify_mocks.studio.testing import DataSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify_mocks.studio.projects import Project
    from ei_classify_mocks.studio.requests.parameters import Values
    from ei_classify_mocks.studio.state import State

Wanted = TypeVar("Wanted", str, int, float, bool)
Spoilt = TypeVar("Spoilt")


class Spoil(Protocol):
    """Returns a value as the faults that strike the call leave it."""

    def __call__(self, value: Spoilt, /) -> Spoilt:
        """The value, or another of its type."""


@dataclass(frozen=True)
class Call:
    """A call of an operation.

    Attributes:
        state: The Studio that is called.
        path: The parameters in the path, by name.
        query: The declared parameters of the query that are given, by name.
        body: The decoded request body; None if there is none.
        opened: The projects that the key or token opens.
        may_change: Whether the key or token may start and cancel jobs.
        spoil: Returns a value as the faults that strike the call leave it; see `Handler.spoils`.
    """

    state: State
    path: Values
    query: Values
    body: object
    opened: Sequence[Project]
    may_change: bool
    spoil: Spoil

    @property
    def project(self) -> Project:
        """The project that the path names."""
        return self.state.projects[self.number("projectId")]

    def number(self, name: str) -> int:
        """A whole number from the path."""
        return _typed(name, self.path[name], int)

    def given(self, name: str, default: Wanted) -> Wanted:
        """A parameter of the query, which is of the type of its default; or the default."""
        return _typed(name, self.query[name], type(default)) if name in self.query else default

    def data(self) -> DataSet:
        """The project, the category and the impulse that the call is about."""
        category = self.given("category", "testing")
        return DataSet(self.project.id, category, self.given("impulseId", self.project.impulses[0]))

    def check_may_change(self) -> None:
        """Check that the key may start and cancel jobs.

        Raises:
            ForbiddenError: It may only read.
        """
        if not self.may_change:
            raise ForbiddenError("This API key may only read")

    def view(self, variant: str) -> View:
        """What of a sample the call asks for.

        Raises:
            DeclinedError: The project has no such impulse, or no such variant.
        """
        impulse = self.given("impulseId", self.project.impulses[0])
        if impulse not in self.project.impulses:
            raise DeclinedError("No such impulse in this project")
        if variant not in VARIANTS:
            raise DeclinedError(f"This project has no such variant; it has {', '.join(VARIANTS)}")
        return View(self.state.age, impulse, variant, self.given("truncateStructuredLabels", False))


def _typed(name: str, value: object, wanted: type[Wanted]) -> Wanted:
    if not isinstance(value, wanted):
        raise TypeError(f"the contract has changed: {name} is no longer of type {wanted.__name__}")
    return value
