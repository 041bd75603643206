"""`ei-classify export`: runs an export and shows its progress."""

from __future__ import annotations

import contextlib
import functools
import time
from typing import TYPE_CHECKING, Any, Self

from ei_classify.decoding import SetAsideCounts
from ei_classify.export import Format, Progress, export

from .session import NothingFoundError, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .session import Session

LOG_EVERY_S = 5.0


def export_results(
    session: Session,
    folder: str,
    *,
    variants: list[str | None],
    format: Format,  # the word of the command line  # noqa: A002
    restart: bool,
    verify: bool,
    raw_csv: bool,
    page_size: int,
    concurrency: int,
    filters: dict[str, Any],
) -> None:
    """Export the results, and print the folder.

    Raises:
        NothingFoundError: There are no samples.
    """
    session.how_to_go_on = f"What was written to {folder} is kept: run the same command again to continue"
    session.how_to_start_over = "run the same command with --restart"
    with exported_progress(session) as on_progress:
        done = export(
            session.client,
            folder,
            session.project_id,
            variants=variants,
            format=format,
            restart=restart,
            verify=verify,
            raw_csv=raw_csv,
            page_size=page_size,
            concurrency=concurrency,
            on_progress=on_progress,
            **filters,
        )
    if not done.samples:
        raise NothingFoundError("no samples for these options")
    session.say(f"exported {samples(done.samples)}, {done.new} of them new")
    session.print(str(done.folder), fold=False)


@contextlib.contextmanager
def exported_progress(session: Session) -> Iterator[Callable[[Progress], object]]:
    """Show the progress of an export for the length of a `with` block, and count what is set aside."""
    set_aside: dict[str | None, SetAsideCounts] = {}
    with _shown(session) as show:

        def on_progress(progress: Progress) -> None:
            set_aside[progress.variant] = progress.set_aside
            session.set_aside = functools.reduce(SetAsideCounts.merge, set_aside.values())
            show(progress)

        yield on_progress


@contextlib.contextmanager
def _shown(session: Session) -> Iterator[Callable[[Progress], object]]:
    if session.quiet:
        yield lambda _progress: None
    elif session.err.is_terminal:
        with _Bars(session) as bars:
            yield bars
    else:
        yield _Log(session)


class _Bars:
    """Shows a progress bar per variant, with samples, rate, bytes and remaining time."""

    def __init__(self, session: Session) -> None:
        self._bars = session.err.bars(
            "{task.description}",
            "{task.completed:.0f}/{task.fields[of]}",
            "{task.fields[rate]}",
            "{task.fields[received]}",
        )
        self._tasks: dict[str | None, Any] = {}
        self._begun: dict[str | None, float] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def __call__(self, progress: Progress) -> None:
        if progress.variant not in self._tasks:
            self._begun[progress.variant] = time.monotonic()
            self._tasks[progress.variant] = self._bars.add_task(
                progress.variant or "results",
                total=None,
                completed=progress.resumed,
                of="? samples",
                rate="",
                received="",
            )
        self._bars.update(
            self._tasks[progress.variant],
            completed=progress.samples,
            total=progress.total,
            of="? samples" if progress.total is None else samples(progress.total),
            rate=_rate(progress, self._begun[progress.variant]),
            received=f"{progress.bytes / 1e6:.1f} MB",
        )


class _Log:
    """Prints a line of progress every few seconds."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._begun: dict[str | None, float] = {}
        self._last = 0.0

    def __call__(self, progress: Progress) -> None:
        now = time.monotonic()
        self._begun.setdefault(progress.variant, now)
        if now - self._last < LOG_EVERY_S and progress.samples != progress.total:
            return
        self._last = now
        read = samples(progress.samples)
        if progress.total is not None:
            read = f"{progress.samples} of {samples(progress.total)}"
        rate = _rate(progress, self._begun[progress.variant])
        self._session.say(
            f"{progress.variant or 'results'}: {read}{rate and ', ' + rate}, {progress.bytes / 1e6:.1f} MB"
        )


def _rate(progress: Progress, begun: float) -> str:
    elapsed_s = time.monotonic() - begun
    new = progress.samples - progress.resumed
    return f"{new / elapsed_s:.0f} samples/s" if elapsed_s > 0.5 and new else ""
