"""Gathers the pages of a run until there are enough for a part."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, TypeVar

from ei_classify.walking import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ei_classify_api.types import SetAside

    from ei_classify.dataset import ChecksummedStream


class RunPage(Page, Protocol):
    """A page of a run. `Page` has the ids of its samples and the total."""

    @property
    def content(self) -> bytes:
        """The body of the answer, as JSON."""

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """The values that do not fit and were left out, at most 1000."""


P = TypeVar("P", bound=RunPage)


class PartFile(NamedTuple):
    """A file of a part that has not been written yet."""

    folder: str
    """The folder of the file within that of the run."""
    rows: int
    """The number of rows or, in JSON lines, of lines."""
    write: Callable[[ChecksummedStream], object]
    """Writes the content of the file to a stream."""


class Gatherer(Protocol[P]):
    """Gathers the pages of a part, in one format."""

    extension: ClassVar[str]

    def reader(self) -> Callable[[int, bytes], P]:
        """Return what reads the pages, from their offset and body."""

    def add(self, page: P) -> None:
        """Add the next page."""

    @property
    def rows(self) -> int:
        """The number of rows added since the last part."""

    def take(self) -> Iterable[PartFile]:
        """Return the files of the gathered part, and start to gather the next one."""

    def finish(self) -> Iterable[PartFile]:
        """Return the files that a complete run has in addition to its parts."""

    def merge(self, facts: Mapping[str, object]) -> None:
        """Add the facts about pages that another gatherer has had after those of this one."""

    @property
    def facts(self) -> dict[str, object]:
        """The facts about the pages so far that are needed to continue the run later, as JSON values."""
