"""Gathering the pages of a run until a part is worth writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO

    from ei_classify.decoding import PageAnswer


class PartFile(NamedTuple):
    """A file of a part, yet to be written."""

    folder: str
    rows: int
    write: Callable[[IO[bytes]], object]


class Gatherer(Protocol):
    """Gathers pages until a part is worth writing."""

    extension: ClassVar[str]

    def add(self, page: PageAnswer) -> None:
        """Add the next page."""

    @property
    def rows(self) -> int:
        """The number of rows added since the last part."""

    def take(self) -> Iterable[PartFile]:
        """Returns the files of the next part, and starts to gather the one after."""

    def finish(self) -> Iterable[PartFile]:
        """Returns the files that a complete run has besides its parts."""

    @property
    def facts(self) -> dict[str, object]:
        """What is needed of the pages so far to continue the run later, as JSON."""
