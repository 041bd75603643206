"""What a Studio holds, and what happens to it: projects, keys, results and jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .jobs import Jobs
from .keys import USER_TOKEN, api_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from .answers import Age
    from .jobs import Job, JobTimes
    from .plans import Outcome
    from .projects import Project


class State:
    """The state of one Studio.

    Args:
        projects: What it holds.
        age: How old its API is.
        job_times: How long its jobs last.
        clock: Returns the present instant.

    Raises:
        ValueError: There is no such age, or two projects have the same id.
    """

    def __init__(
        self, projects: Sequence[Project], age: Age, job_times: JobTimes, clock: Callable[[], datetime]
    ) -> None:
        if age not in ("seeds", "today"):
            raise ValueError(f"the age of the API is 'seeds' or 'today', not {age!r}")
        self.projects = {project.id: project for project in projects}
        if len(self.projects) != len(projects):
            raise ValueError("two projects have the same id")
        self.age: Age = age
        self.clock = clock
        self.jobs = Jobs(clock, job_times)
        self._tested = {(project.id, category) for project in projects for category in project.tested}

    def may_open(self, project_id: int | None, key: str | None, token: str | None) -> bool:
        """Whether a key or a token opens the project; for None, whether it opens any project."""
        if token == USER_TOKEN:
            return project_id is None or project_id in self.projects
        opened = {api_key(known): known for known in self.projects}.get(key or "")
        return opened is not None and project_id in (None, opened)

    def results(self, project_id: int, category: str) -> Literal["missing", "empty", "there"]:
        """Whether the results of a classify job are available.

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
        """Start to classify a category. Any results of it are cleared.

        Raises:
            LookupError: There is no such project, or it has no samples in that category.
        """
        if self._project(project_id).count(category) == 0:
            raise LookupError(f"project {project_id} has no samples in the category {category!r}")
        key = f"classify-{project_id}-{category}"
        return self.jobs.start(("classify", project_id, category), project_id, "Model testing", key, outcome)

    def clear_results(self, project_id: int) -> None:
        """Clear the results of all categories, as a training job does.

        Raises:
            LookupError: There is no such project.
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
