"""What a Studio knows and what happens to it: projects, keys, results and jobs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from .faults import Faults
from .jobs import Jobs, JobTimes
from .record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .answers import Age
    from .faults import Fault
    from .jobs import Job, Outcome
    from .projects import Project

USER_TOKEN = "studio-user-token"  # noqa: S105  # opens a double
"""The token of the user to whom all projects belong, for the header `x-jwt-token`."""


def api_key(project_id: int) -> str:
    """The key of a project, for the header `x-api-key`. Some clients insist on its beginning."""
    return f"ei_studio_key_{project_id}"


def now() -> datetime:
    """The present instant."""
    return datetime.now(UTC)


class State:
    """The state of one Studio.

    Args:
        projects: what it holds.
        age: how old its API is.
        faults: what it does wrong from the start.
        seed: on which the faults' chances depend.
        job_times: how long its jobs last.
        clock: gives the present instant.

    Raises:
        ValueError: two projects have one id, or a fault is not written as it must be.
    """

    def __init__(
        self,
        projects: Sequence[Project],
        *,
        age: Age = "today",
        faults: Sequence[Fault | str] = (),
        seed: int = 0,
        job_times: JobTimes | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        if age not in ("seeds", "today"):
            raise ValueError(f"the age of the API is 'seeds' or 'today', not {age!r}")
        self.projects = {project.id: project for project in projects}
        if len(self.projects) != len(projects):
            raise ValueError("two projects have the same id")
        self.age: Age = age
        self.clock = clock
        self.faults = Faults(faults, seed)
        self.record = Record()
        self.jobs = Jobs(clock, job_times or JobTimes())
        self._tested = {(project.id, category) for project in projects for category in project.tested}

    def may_open(self, project_id: int | None, key: str | None, token: str | None) -> bool:
        """Whether a key or a token opens the project; None asks whether it opens any at all."""
        if token == USER_TOKEN:
            return project_id is None or project_id in self.projects
        opened = {api_key(known): known for known in self.projects}.get(key or "")
        return opened is not None and project_id in (None, opened)

    def results(self, project_id: int, category: str) -> Literal["missing", "empty", "there"]:
        """Whether a classify job's results can be had.

        In the lag after the job has finished they are missing for the first half and empty for the second.
        """
        job = self.jobs.latest(("classify", project_id, category))
        if job is not None and job.has_result(self.clock()):
            return "there"
        if (
            job is not None
            and job.outcome == "succeed"
            and self.clock() >= job.finished + (job.ready - job.finished) / 2
        ):
            return "empty"
        return "there" if job is None and (project_id, category) in self._tested else "missing"

    def start_classify_job(
        self, project_id: int, category: str = "testing", outcome: Outcome = "succeed"
    ) -> Job:
        """Begin to classify a category. What results there are of it are cleared.

        Raises:
            LookupError: there is no such project, or it has no samples in that category.
        """
        if self._project(project_id).count(category) == 0:
            raise LookupError(f"project {project_id} has no samples in the category {category!r}")
        key = f"classify-{project_id}-{category}"
        return self.jobs.start(("classify", project_id, category), project_id, "Model testing", key, outcome)

    def clear_results(self, project_id: int) -> None:
        """Clear the results of all categories, as a training job does.

        Raises:
            LookupError: there is no such project.
        """
        self._project(project_id)
        self._tested = {tested for tested in self._tested if tested[0] != project_id}
        for category in ("training", "testing", "validation", "post-processing"):
            self.jobs.forget(("classify", project_id, category))

    def _project(self, project_id: int) -> Project:
        if project_id not in self.projects:
            raise LookupError(
                f"there is no project {project_id}; there are {', '.join(map(str, self.projects))}"
            )
        return self.projects[project_id]
