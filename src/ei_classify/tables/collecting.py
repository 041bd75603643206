"""Collects the answers of a run in tables."""

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
    """Builds the tables of one run from its pages, one page at a time."""

    def __init__(self, run: Run, reader: PageReader | None = None) -> None:
        """Create a collector without pages.

        Args:
            run: The run that the pages belong to.
            reader: The reader of the pages. For several runs of a project, pass the same reader, which is
                faster.
        """
        self._run = run
        self._reader = reader or PageReader()
        self._facts = RunFacts()
        self._batches: Batches = {name: [] for name in SCHEMAS}

    def read(self, _offset: int, content: bytes) -> PageAnswer:
        """Return the page in a body. This method can be passed to `ClassifyClient.read_pages`.

        Raises:
            ei_classify_api.errors.MismatchError: The JSON is not a page. The error says where and why.
            msgspec.DecodeError: The body is not JSON.
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
        """Return the tables of all answers that were added."""
        return Tables.from_batches({**self._batches, "runs": [run_batch(self._run, self._facts)]})

    def _add(self, step: Step) -> None:
        for name, batches in step.batches.items():
            self._batches[name] += batches
        self._facts = self._facts.merge(step.facts)


def of_page(content: bytes, run: Run, reader: PageReader | None = None) -> Tables:
    """Return the tables of a single page.

    Args:
        content: The body of the page, as JSON.
        run: The run that the page belongs to.
        reader: The reader of the page. For several pages of a project, pass the same reader, which is faster.

    Raises:
        ei_classify_api.errors.MismatchError: The JSON is not a page. The error says where and why.
        msgspec.DecodeError: The body is not JSON.
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
    """Return the tables of an answer of `classify_sample`, with one run per variant.

    The answer has no predictions, so the table `predictions` is empty.

    Args:
        answer: The answer.
        project_id: The project's id.
        impulse_id: The impulse that was requested; None for the project's default impulse.
        read_at: The time of the answer, with a time zone. The default is now.

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
