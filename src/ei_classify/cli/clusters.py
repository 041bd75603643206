"""`ei-classify export --cluster`: exports many projects, and shows the progress over all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from ei_classify.cluster import ProjectRun, export, read_projects
from ei_classify.progress import Pace

from .messages import message
from .progress import working
from .session import FAILED, NothingFoundError, samples

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ei_classify.cluster import ClusterProgress
    from ei_classify.dataset import Format

    from .session import Session


def export_on_cluster(
    session: Session,
    folder: str,
    *,
    cluster: str,
    projects: str | None,
    variants: Sequence[str | None],
    format: Format,  # the word of the command line  # noqa: A002
    filters: dict[str, Any],
    **options: Any,
) -> None:
    """Export the runs of a file, or those of one project, and print the folder and what has failed.

    Args:
        session: The session.
        folder: The folder or URL to write to.
        cluster: The address of the scheduler.
        projects: The file that lists the runs; None for the project of the session.
        variants: The variants of runs that name none.
        format: The format.
        filters: Which samples to read.
        options: Further arguments of `ei_classify.cluster.export`.

    Raises:
        NothingFoundError: There are no samples.
        typer.Exit: A run has failed.
    """
    chosen = dict(filters)
    impulse_id = chosen.pop("impulse_id", None)
    runs = (
        [ProjectRun(session.project_id, impulse_id, variant) for variant in variants]
        if projects is None
        else read_projects(projects, variants, impulse_id)
    )
    session.how_to_go_on = f"What was written to {folder} is kept: run the same command again to continue"
    session.how_to_start_over = "run the same command with --restart"
    pace = Pace()

    def words(progress: ClusterProgress) -> str:
        session.set_aside = progress.set_aside
        failed = f", {progress.failed} failed" if progress.failed else ""
        of_all = pace.words(None, progress.samples, progress.total, progress.resumed)
        return f"{progress.done} of {len(runs)} runs{failed}; {of_all}, {progress.bytes / 1e6:.1f} MB"

    with working(session, f"exporting {len(runs)} runs on {cluster}") as change:
        done = export(
            runs,
            folder,
            cluster=cluster,
            format=format,
            base_url=session.endpoint,
            filters=chosen,
            on_progress=lambda progress: change(words(progress)),
            **options,
        )
    session.say(
        f"exported {samples(done.samples)} of {len(runs) - len(done.failed)} runs, {done.new} of them new"
    )
    for run, error in done.failed.items():
        text = message(error, demo=False, how_to_start_over=session.how_to_start_over)
        session.err.complain(f"{run} failed: {text}")
    if not done.failed and not done.samples:
        raise NothingFoundError("no samples for these options")
    session.print(str(done.folder), fold=False)
    if done.failed:
        raise typer.Exit(FAILED)
