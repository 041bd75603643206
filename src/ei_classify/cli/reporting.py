"""`ei-classify report`: writes a page about scores."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ei_classify.errors import CallError, JobError
from ei_classify.report import Report, Signal, report

from .checking import verdict_of
from .progress import working
from .session import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ei_classify.models import SamplePayload
    from ei_classify.scoring import Score

    from .checking import Requirements
    from .session import Session

DEFAULT_VARIANT = "int8"


def write_report(
    session: Session,
    sources: Sequence[Any],
    path: str,
    *,
    variants: Sequence[str] | None = None,
    by: str | None = None,
    target: str = "f1",
    against: str | None = None,
    wanted: Requirements | None = None,
    signals: int = 0,
    replicates: int = 1000,
    seed: int = 0,
) -> None:
    """Write a page about the sources, and print its path.

    Raises:
        OutputError: The file cannot be written.
    """
    with working(session, "scoring"):
        verdict = None
        if wanted is not None:
            verdict = verdict_of(sources, wanted, variants=variants, replicates=replicates, seed=seed)
        found = report(
            sources,
            by=by,
            against=against or (wanted.against if wanted else None),
            variants=variants,
            target=target,
            replicates=replicates,
            seed=seed,
            verdict=verdict,
        )
    if signals:
        found = found.with_signals(dict(_signals(session, found, signals)))
    _write(path, found)
    session.print(path, fold=False)


def _signals(session: Session, found: Report, number: int) -> Iterator[tuple[tuple[int, int], Signal]]:
    """Yield the raw signals of the worst samples. One that cannot be read is left out, and said."""
    worst = list(found.worst(number))
    begun = time.monotonic()
    with working(session, "reading signals") as change:
        for read, (score, sample_id) in enumerate(worst):
            change(_signals_read(read, len(worst), time.monotonic() - begun))
            try:
                signal = _signal(session, score, sample_id)
            except (CallError, JobError) as error:
                session.say(f"the signal of sample {sample_id} is left out: {error}")
                continue
            if signal is not None:
                yield (score.project_id, sample_id), signal


def _signals_read(read: int, total: int, elapsed_s: float) -> str:
    left = f", {elapsed_s / read * (total - read):.0f} s left" if read and elapsed_s > 0.5 else ""
    return f"signals: {read} of {total}{left}"


def _signal(session: Session, score: Score, sample_id: int) -> Signal | None:
    answer = session.client.classify_sample(
        sample_id,
        project_id=score.project_id,
        variants=[score.variant or DEFAULT_VARIANT],
        impulse_id=score.impulse_id,
    )
    payload = answer.sample.payload
    return None if payload is None else _of_payload(payload)


def _of_payload(payload: SamplePayload) -> Signal | None:
    """Return the signal; None if there are no readings over time, as of an image."""
    names = [sensor.name or "" for sensor in payload.sensors or ()]
    if not payload.values or not payload.interval_ms or not names or "image" in names:
        return None
    return Signal.of(payload.interval_ms, names, payload.values)


def _write(path: str, found: Report) -> None:
    try:
        Path(path).write_bytes(found.html.encode())
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
