"""`ei-classify run`, `jobs` and `projects`: runs model testing, and lists what there is."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Any

from ei_classify.export import Format, run_testing

from .exporting import exported_progress
from .progress import working
from .session import NothingFoundError, samples
from .terminal import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ei_classify.models import Job
    from ei_classify.operations import ClassifyRun

    from .session import Session


def run_model_testing(
    session: Session,
    folder: str | None,
    *,
    start: dict[str, Any],
    wait: bool,
    cancel: bool,
    job_timeout_s: float,
    format: Format,  # the word of the command line  # noqa: A002
    filters: dict[str, Any],
) -> None:
    """Run model testing, show its log, and export its results or print their accuracy.

    The filters choose the samples that are exported.

    Raises:
        NothingFoundError: There are no samples.
    """
    client, project_id = session.client, session.project_id

    def follow(run: ClassifyRun) -> None:
        with _cancelled_on_interrupt(session, run, cancel=cancel, repeat=folder is not None):
            _follow(session, run, job_timeout_s)

    if folder is None:
        run = client.start_classify(project_id, **start)
        session.say(f"job {run.job_id} of project {project_id}")
        if wait:
            follow(run)
            _print_metrics(session)
        else:
            session.print(str(run.job_id))
        return
    with contextlib.ExitStack() as stack:
        bars: list[Callable[[Any], object]] = []

        def followed(run: ClassifyRun) -> None:
            session.say(f"job {run.job_id} of project {project_id}")
            follow(run)
            session.how_to_go_on = (
                f"What was written to {folder} is kept: run the same command again to continue"
            )
            bars.append(stack.enter_context(exported_progress(session)))

        done = run_testing(
            client,
            folder,
            project_id,
            **start,
            on_run=followed,
            on_progress=lambda progress: bars[0](progress),
            format=format,
            **filters,
        )
    if not done.samples:
        raise NothingFoundError("no samples for these options")
    session.say(f"exported {samples(done.samples)}")
    session.print(str(done.folder), fold=False)


def list_jobs(session: Session) -> None:
    """Print the jobs that are waiting or running.

    Raises:
        NothingFoundError: There are none.
    """
    jobs = session.client.active_jobs(session.project_id)
    if not jobs:
        raise NothingFoundError("no job is waiting or running")
    rows = table("job", "what it does", "state", "since")
    for job in jobs:
        rows.add_row(str(job.id), job.category or job.key or "", _state(job), _since(job))
    session.print(rows)


def list_projects(session: Session) -> None:
    """Print the projects that the key opens.

    Raises:
        NothingFoundError: There are none.
    """
    found = session.client.projects()
    if not found:
        raise NothingFoundError("the key opens no project")
    rows = table("project", "name", "owner")
    for project in found:
        rows.add_row(str(project.id), project.name or "", project.owner or "")
    session.print(rows)


def _follow(session: Session, run: ClassifyRun, timeout_s: float) -> None:
    """Wait for the results. The log of the job is printed or, on a terminal, its last line is shown."""
    begun, last = time.monotonic(), ""

    def on_log(line: str) -> None:
        nonlocal last
        last = line
        if not session.err.is_live:
            session.say(line)

    with working(session, f"following job {run.job_id}") as change:
        run.wait(
            timeout_s=timeout_s,
            on_state=lambda _job: change(
                f"job {run.job_id}, {time.monotonic() - begun:.0f} s{last and ': ' + last}"
            ),
            on_log=on_log,
        )


@contextlib.contextmanager
def _cancelled_on_interrupt(
    session: Session, run: ClassifyRun, *, cancel: bool, repeat: bool
) -> Iterator[None]:
    """Say how to go on after Ctrl-C, or cancel the job."""
    how = "run the same command again" if repeat else f"run the same command with --job-id {run.job_id}"
    session.how_to_go_on = f"Job {run.job_id} goes on: {how} to continue"
    try:
        yield
    except KeyboardInterrupt:
        if cancel:
            run.cancel()
            session.how_to_go_on = f"Job {run.job_id} is cancelled"
        raise


def _print_metrics(session: Session) -> None:
    rows = table("variant", "accuracy")
    for metric in session.client.metrics(session.project_id):
        rows.add_row(str(metric.variant), "" if metric.accuracy is None else f"{metric.accuracy:.1f}%")
    session.print(rows)


def _state(job: Job) -> str:
    return "waiting" if job.started is None else "running"


def _since(job: Job) -> str:
    since = job.started or job.created
    return "" if since is None else since.isoformat(sep=" ", timespec="seconds")
