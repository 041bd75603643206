"""From the answers of a run to its tables."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ei_classify.decoding import PageReader, convert_sample

from .batches import page_step, run_batch, source_step
from .runs import Run, RunFacts
from .schemas import SCHEMAS
from .source import Source
from .tables import Tables

if TYPE_CHECKING:
    from ei_classify_api.models import ClassifiedSample

    from ei_classify.decoding import PageAnswer

    from .batches import Batches, Step


class Collector:
    """Makes the tables of one run from its pages, as they come."""

    def __init__(self, run: Run, reader: PageReader | None = None) -> None:
        """A collector without pages.

        Args:
            run: The run that the pages belong to.
            reader: Reads the pages. Pass the same one for several runs of a project: it becomes faster.
        """
        self._run = run
        self._reader = reader or PageReader()
        self._facts = RunFacts()
        self._batches: Batches = {name: [] for name in SCHEMAS}

    def read(self, _offset: int, content: bytes) -> PageAnswer:
        """Returns the page in a body, for `ClassifyClient.read_pages`.

        Raises:
            MismatchError: The JSON is not a page (from `ei_classify_api.errors`). Says where and why.
            msgspec.DecodeError: It is not JSON.
        """
        return self._reader.read(content)

    def add(self, page: PageAnswer) -> None:
        """Add the next page.

        Raises:
            UnfitValueError: A value is too large for its column.
        """
        self._add(page_step(page, self._run))

    def add_source(self, source: Source) -> None:
        """Add the next answer.

        Raises:
            UnfitValueError: A value is too large for its column.
        """
        self._add(source_step(source, self._run))

    def tables(self) -> Tables:
        """Returns the tables of what was added."""
        return Tables.from_batches({**self._batches, "runs": [run_batch(self._run, self._facts)]})

    def _add(self, step: Step) -> None:
        for name, batches in step.batches.items():
            self._batches[name] += batches
        self._facts = self._facts.merge(step.facts)


def of_page(content: bytes, run: Run, reader: PageReader | None = None) -> Tables:
    """Returns the tables of a single page.

    Args:
        content: The body of the page, as JSON.
        run: The run that it belongs to.
        reader: Reads the page. Pass the same one for several pages of a project: it becomes faster.

    Raises:
        MismatchError: The JSON is not a page (from `ei_classify_api.errors`). Says where and why.
        msgspec.DecodeError: It is not JSON.
        UnfitValueError: A value is too large for its column.
    """
    collector = Collector(run, reader)
    collector.add(collector.read(0, content))
    return collector.tables()


def of_sample(
    answer: ClassifiedSample,
    *,
    project_id: int,
    impulse_id: int | None = None,
    read_at: datetime.datetime | None = None,
) -> Tables:
    """Returns the tables of what `classify_sample` returns, with a run per variant.

    The answer has no predictions, so that table is empty.

    Raises:
        UnfitValueError: A value is too large for its column.
    """
    when = read_at or datetime.datetime.now(datetime.UTC)
    converted = convert_sample(answer)
    parts = []
    for each in converted.results:
        collector = Collector(
            Run(project_id=project_id, impulse_id=impulse_id, variant=each.variant, read_at=when)
        )
        collector.add_source(Source.of_sample(converted, each))
        parts.append(collector.tables())
    return Tables.concat(parts) if parts else Tables.from_batches({name: [] for name in SCHEMAS})
