"""`ei-classify export`: runs an export and shows its progress."""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any, Self

from ei_classify.decoding import SetAsideCounts
from ei_classify.export import Format, Progress, export
from ei_classify.progress import NowAndThen, Pace

from .session import NothingFoundError, samples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .session import Session


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
    elif session.err.is_live:
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
        self._pace = Pace()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def __call__(self, progress: Progress) -> None:
        rate = self._pace.rate(progress.variant, progress.samples, progress.resumed)
        if progress.variant not in self._tasks:
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
            rate="" if rate is None else f"{rate:.0f} samples/s",
            received=f"{progress.bytes / 1e6:.1f} MB",
        )


class _Log:
    """Prints a line of progress now and then."""

    def __init__(self, session: Session) -> None:
        self._print = NowAndThen(session.say)
        self._pace = Pace()

    def __call__(self, progress: Progress) -> None:
        words = self._pace.words(progress.variant, progress.samples, progress.total, progress.resumed)
        self._print(f"{words}, {progress.bytes / 1e6:.1f} MB", is_last=progress.samples == progress.total)
