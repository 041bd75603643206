"""The answers of a run as JSON lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ei_classify.decoding import raw_page_reader
from ei_classify.errors import UnmatchedPredictionsError

from .gathering import PartFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ei_classify.dataset import RunEntry
    from ei_classify.decoding import RawPage


class JsonLines:
    """Gathers answers as JSON lines.

    There is one line per sample: its entry in the page's `result` as the server sent it, with its own
    `predictions`. Apart from the ids, nothing in it needs to fit the contract.
    """

    extension: ClassVar[str] = "jsonl"

    def __init__(self, _entry: RunEntry) -> None:
        self._lines: list[bytes] = []

    def add(self, page: RawPage) -> None:
        """Add the next page.

        Raises:
            UnmatchedPredictionsError: The page has predictions for a sample that it does not contain.
        """
        if page.unmatched_ids:
            raise UnmatchedPredictionsError.of_page(page, page.offset, page.unmatched_ids)
        self._lines += page.lines

    def reader(self) -> Callable[[int, bytes], RawPage]:
        """Return what reads the pages of a run."""
        return raw_page_reader()

    @property
    def rows(self) -> int:
        """The size of the samples added since the last part, in kB. A row of a table has about this size."""
        return sum(map(len, self._lines)) // 1000

    def take(self) -> Iterable[PartFile]:
        """Return the file of the gathered part, and start to gather the next one."""
        lines, self._lines = self._lines, []
        yield PartFile("results", len(lines), lambda file: file.writelines(line + b"\n" for line in lines))

    def finish(self) -> Iterable[PartFile]:
        """Return nothing: the parts contain everything."""
        return ()

    def merge(self, facts: Mapping[str, object]) -> None:
        """Return: there are no facts."""

    @property
    def facts(self) -> dict[str, object]:
        """No facts: lines do not depend on earlier pages."""
        return {}
