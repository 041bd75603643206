"""`ei-classify sample`: the results of several variants for one sample, side by side."""

from __future__ import annotations

import contextlib
from itertools import zip_longest
from typing import TYPE_CHECKING

import msgspec

from ei_classify.decoding import SetAsideCounts
from ei_classify.scoring import best_label

from .session import NothingFoundError
from .terminal import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ei_classify_api.models import Classification, ClassifiedSample, Job

    from .session import Session
    from .terminal import Table


def compare_variants(
    session: Session,
    sample_id: int,
    *,
    variants: Sequence[str],
    impulse_id: int | None,
    as_json: bool,
    job_id: int | None,
    job_timeout_s: float,
) -> None:
    """Classify the sample, and print the results of the variants.

    Raises:
        NothingFoundError: No variant has a result.
    """

    def note(job_id: int) -> None:
        if not session.demo:
            session.how_to_go_on = (
                f"The job continues on the server: add --job-id {job_id} to continue following it"
            )

    def on_state(job: Job) -> None:
        note(job.id)
        show(job)

    if job_id is not None:
        note(job_id)
    with _status(session, f"classifying sample {sample_id}") as show:
        answer = session.client.classify_sample(
            sample_id,
            project_id=session.project_id,
            variants=variants,
            impulse_id=impulse_id,
            job_id=job_id,
            job_timeout_s=job_timeout_s,
            on_state=on_state,
        )
    session.set_aside = SetAsideCounts.of(answer.set_aside)
    if not answer.results:
        raise NothingFoundError(f"the server has no result for sample {sample_id}")
    if as_json:
        session.write(msgspec.json.format(msgspec.json.encode(answer.to_dict()), indent=2) + b"\n")
        return
    for title, windows in _tables(answer):
        session.print(title, style="table.title")
        session.print(windows)


@contextlib.contextmanager
def _status(session: Session, text: str) -> Iterator[Callable[[Job], object]]:
    """Show the state of the job: in one live line on a terminal, and in a line per new state elsewhere."""
    if session.quiet:
        yield lambda _job: None
    elif session.err.is_live:
        with session.err.working(text) as change:
            yield lambda job: change(f"{text}: job {job.id} {_state(job)}")
    else:
        said: list[str] = []

        def show(job: Job) -> None:
            line = f"{text}: job {job.id} {_state(job)}"
            if line not in said:
                said.append(line)
                session.say(line)

        yield show


def _state(job: Job) -> str:
    if job.finished is not None:
        return "has ended"
    return "waits" if job.started is None else "runs"


def _tables(answer: ClassifiedSample) -> Iterator[tuple[str, Table]]:
    """Yield a title and a table per learn block, with a row per window and a column per variant.

    Rows in which the variants disagree are highlighted.
    """
    sample = answer.sample.sample
    blocks: dict[int, dict[str, Classification]] = {}
    for result in answer.results:
        for classification in result.classifications:
            blocks.setdefault(classification.learn_block.id, {})[str(result.variant)] = classification
    for by_variant in blocks.values():
        block = next(iter(by_variant.values())).learn_block
        title = f"{sample.filename} (expected: {sample.label or '-'}) by {block.name or block.id}"
        windows = table("window", "from (ms)", "expected", *by_variant)
        columns = [list(_windows(each)) for each in by_variant.values()]
        expected = [label.label or "" for label in next(iter(by_variant.values())).expected_labels or ()]
        for number, row in enumerate(zip_longest(*columns)):
            shown = [("", "") if each is None else each for each in row]
            differ = len({decision for decision, _ in shown}) > 1
            windows.add_row(
                str(number),
                "" if answer.window_increase_ms is None else f"{number * answer.window_increase_ms:g}",
                expected[number] if number < len(expected) else "",
                *(text for _, text in shown),
                style="yellow" if differ else "",
            )
        yield title, windows


def _windows(classification: Classification) -> Iterator[tuple[str, str]]:
    """Yield the decision for each window, and the decision with its scores."""
    structured = classification.structured_result
    if structured is not None:
        for found in structured:
            labels = found.labels or []
            boxes = [f"{label} {score:.2f}" for label, score in zip(labels, found.scores, strict=False)]
            yield ", ".join(sorted(labels)), ", ".join(boxes) or "nothing"
        return
    for scores in classification.result:
        best = best_label(scores)
        if best is None:
            yield "", ", ".join(f"{score:g}" for score in scores.values())
        else:
            yield best, f"{best} {scores[best]:.2f}"
