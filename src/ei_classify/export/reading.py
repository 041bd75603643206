"""Reads the pages of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic

from .checking import SampleFound
from .gathering import P

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from ei_classify.client import ClassifyClient
    from ei_classify.dataset import RunEntry
    from ei_classify.operations import PageFilters


class RunReader(Generic[P]):
    """Reads the pages of a run."""

    def __init__(
        self,
        client: ClassifyClient,
        entry: RunEntry,
        read: Callable[[int, bytes], P],
        filters: PageFilters,
        page_size: int,
        concurrency: int,
    ) -> None:
        self._client = client
        self._project_id = entry.project_id
        self._filters: PageFilters = {**filters, "variant": entry.variant}
        self._page_size = page_size
        self._concurrency = concurrency
        self._read_page = read

    def pages(self, offset: int, end: int | None = None) -> Generator[P, None, None]:
        """Yield the pages between two offsets. Close the generator to stop the calls in progress."""
        return self._read(offset, end, self._page_size, self._concurrency)

    def sample(self, offset: int) -> SampleFound | None:
        """Return the sample at an offset; None if there is none."""
        pages = self._read(offset, None, 1, 1)
        try:
            page = next(pages, None)
        finally:
            pages.close()
        return None if page is None else SampleFound.of(page)

    def _read(
        self, offset: int, end: int | None, page_size: int, concurrency: int
    ) -> Generator[P, None, None]:
        with self._client.read_pages(
            self._project_id,
            self._read_page,
            page_size=page_size,
            offset=offset,
            end=end,
            concurrency=concurrency,
            **self._filters,
        ) as pages:
            yield from pages
