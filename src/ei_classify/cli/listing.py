"""`ei-classify results`: prints one line per sample, or whole answers as JSON."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from ei_classify.decoding import RawPage, SetAsideCounts
from ei_classify.errors import UnmatchedPredictionsError
from ei_classify.operations import outcomes_of
from ei_classify.scoring import is_wrong

from .columns import COLUMNS
from .session import NothingFoundError, samples
from .terminal import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ei_classify.outcomes import Outcome, ResultPage

    from .session import Session

P = TypeVar("P", "ResultPage", "RawPage", "ResultPage | RawPage")


def list_results(
    session: Session,
    *,
    form: str,
    wrong_only: bool,
    limit: int | None,
    concurrency: int,
    filters: dict[str, Any],
) -> None:
    """Print the samples.

    JSON is printed as the server sent it, sample by sample.

    Raises:
        NothingFoundError: There are no samples to print.
    """
    # With a limit, the first page is often enough, so no pages are requested ahead.
    page_size = 100 if limit is None or wrong_only else min(limit, 100)
    concurrency = concurrency if limit is None else 1
    arguments = {"page_size": page_size, "concurrency": concurrency, **filters}
    client, project_id = session.client, session.project_id
    if form == "table":
        with client.pages(project_id, **arguments) as pages:
            outcomes = (each for page in _noted(session, pages) for each in outcomes_of(page))
            chosen = (each for each in outcomes if not wrong_only or is_wrong(each))
            count = _print_table(session, itertools.islice(chosen, limit))
            total = pages.total
    else:
        write = _write_array if form == "json" else _write_lines
        read = client.pages if wrong_only else client.raw_pages
        with read(project_id, **arguments) as json_pages:
            count = write(session, itertools.islice(_lines(_noted(session, json_pages)), limit))
            total = json_pages.total
    if not count:
        found = "wrong predictions" if wrong_only and total else "samples for these options"
        raise NothingFoundError(f"no {found}")


def _noted(session: Session, pages: Iterable[P]) -> Iterator[P]:
    """Yield the pages, and count the values that do not fit the contract for the session."""
    for page in pages:
        session.set_aside = session.set_aside.merge(SetAsideCounts.of(page.set_aside))
        yield page


def _lines(pages: Iterable[ResultPage | RawPage]) -> Iterator[bytes]:
    """Yield the samples of the pages as JSON. Of typed pages, only those with a wrong prediction."""
    for page in pages:
        raw = page if isinstance(page, RawPage) else RawPage.read(page.offset, page.content)
        if raw.unmatched_ids:
            raise UnmatchedPredictionsError.of_page(page, page.offset, raw.unmatched_ids)
        if isinstance(page, RawPage):
            yield from raw.lines
        else:
            yield from itertools.compress(raw.lines, map(is_wrong, page.outcomes))


def _print_table(session: Session, outcomes: Iterator[Outcome]) -> int:
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(column.title, justify=column.justify)
    for outcome in outcomes:
        cells = (column.fill(outcome) for column in COLUMNS)
        table.add_row(*cells, style="red" if is_wrong(outcome) else "")
    if table.row_count:
        session.print(table)
        session.say(samples(table.row_count))
    return table.row_count


def _write_array(session: Session, lines: Iterator[bytes]) -> int:
    count = 0
    for line in lines:
        item = msgspec.json.format(line, indent=2).replace(b"\n", b"\n  ")
        session.write((b",\n  " if count else b"[\n  ") + item)
        count += 1
    if count:
        session.write(b"\n]\n")
    return count


def _write_lines(session: Session, lines: Iterator[bytes]) -> int:
    count = 0
    for line in lines:
        session.write(line + b"\n")
        count += 1
    return count
