"""`ei-classify results`: the samples of a run, one a line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
from rich.markup import escape
from rich.table import Table

from ei_classify.outcomes import key_of_predictions

from .session import NothingFoundError, samples

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
        NothingFoundError: There are none.
    """
    # Where few are asked for, pages after the first are not worth asking for ahead.
    page_size = 100 if limit is None or wrong_only else min(limit, 100)
    with session.client.results(
        session.project_id, page_size=page_size, concurrency=concurrency if limit is None else 1, **filters
    ) as results:
        chosen = _chosen(results, wrong_only=wrong_only, limit=limit)
        count = {"table": _print_table, "json": _print_json, "jsonl": _print_lines}[form](session, chosen)
        if not count:
            raise NothingFoundError("no wrong prediction" if wrong_only and results.total else "no sample")


def is_wrong(outcome: Outcome) -> bool:
    """Whether any prediction for the sample is wrong; in object detection, whether F1 is below 1."""
    for prediction in outcome.predictions:
        correct, f1 = prediction.prediction_correct, prediction.f1_score
        if correct is False or (correct is not True and isinstance(f1, int | float) and f1 < 1):
            return True
    return False


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
    table = Table("sample", "file", "expected", "predicted", "correct", box=None, pad_edge=False)
    table.columns[4].justify = "right"
    for outcome in outcomes:
        style = "red" if is_wrong(outcome) else ""
        table.add_row(
            str(outcome.sample_id),
            escape(str(outcome.sample.filename)),
            escape(str(outcome.sample.label)),
            escape(_predicted(outcome)),
            _correct(outcome),
            style=style,
        )
    if table.row_count:
        session.print(table)
        session.say(samples(table.row_count))
    return table.row_count


def _predicted(outcome: Outcome) -> str:
    """What was predicted, the most frequent first, with the number of windows where they differ."""
    counts = Counter(str(prediction.prediction) for prediction in outcome.predictions)
    if len(counts) < 2:
        return "".join(counts)
    return ", ".join(f"{prediction} ×{count}" for prediction, count in counts.most_common())


def _correct(outcome: Outcome) -> str:
    """The share of right windows, or the F1 score."""
    told = [
        each.prediction_correct for each in outcome.predictions if isinstance(each.prediction_correct, bool)
    ]
    if told:
        return f"{sum(told)}/{len(told)}"
    return ", ".join(
        f"F1 {each.f1_score:.2f}" for each in outcome.predictions if isinstance(each.f1_score, int | float)
    )


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
