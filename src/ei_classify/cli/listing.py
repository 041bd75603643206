"""`ei-classify results`: prints one line per sample, or whole answers as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ei_classify.outcomes import key_of_predictions
from ei_classify.scoring import is_wrong

from .columns import COLUMNS
from .session import NothingFoundError, samples
from .terminal import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ei_classify.outcomes import Outcome

    from .session import Session


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

    Raises:
        NothingFoundError: There are no samples to print.
    """
    # With a limit, the first page is often enough, so no pages are requested ahead.
    page_size = 100 if limit is None or wrong_only else min(limit, 100)
    with session.client.results(
        session.project_id, page_size=page_size, concurrency=concurrency if limit is None else 1, **filters
    ) as results:
        chosen = _chosen(results, wrong_only=wrong_only, limit=limit)
        count = {"table": _print_table, "json": _print_json, "jsonl": _print_lines}[form](session, chosen)
        if not count:
            raise NothingFoundError(
                "no wrong predictions" if wrong_only and results.total else "no samples for these options"
            )


def _chosen(outcomes: Iterable[Outcome], *, wrong_only: bool, limit: int | None) -> Iterator[Outcome]:
    count = 0
    for outcome in outcomes:
        if wrong_only and not is_wrong(outcome):
            continue
        yield outcome
        count += 1
        if count == limit:
            return


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


def _print_json(session: Session, outcomes: Iterator[Outcome]) -> int:
    answers = [_answer(outcome) for outcome in outcomes]
    if answers:
        session.write(msgspec.json.format(msgspec.json.encode(answers), indent=2) + b"\n")
    return len(answers)


def _print_lines(session: Session, outcomes: Iterator[Outcome]) -> int:
    count = 0
    for outcome in outcomes:
        session.write(msgspec.json.encode(_answer(outcome)) + b"\n")
        count += 1
    return count


def _answer(outcome: Outcome) -> dict[str, Any]:
    entry = outcome.result.to_dict()
    return {**entry, key_of_predictions(entry): [each.to_dict() for each in outcome.predictions]}
