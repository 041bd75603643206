"""What a Studio holds, and what happens to it: projects, keys, results and jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import AGES
from .jobs import Jobs
from .keys import USER_TOKEN, api_key, read_only_key
from .projects import VARIANTS
from .testing import DataSet, Testing

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
        if age not in AGES:
            raise ValueError(f"the age of the API is one of {', '.join(AGES)}, not {age!r}")
        self.projects = {project.id: project for project in projects}
        if len(self.projects) != len(projects):
            raise ValueError("two projects have the same id")
        self.age: Age = age
        self.clock = clock
        self.jobs = Jobs(clock, job_times)
        self.testing = Testing(self.projects, self.jobs, clock)

    def opened(self, key: str | None, token: str | None) -> list[Project]:
        """The projects that a key or a token opens."""
        if token == USER_TOKEN:
            return list(self.projects.values())
        return [
            project
            for project in self.projects.values()
            if key in (api_key(project.id), read_only_key(project.id))
        ]

    def start_classify_job(
        self, project_id: int, category: str = "testing", outcome: Outcome = "succeed"
    ) -> Job:
        """Start to classify a category with the default impulse and all variants. Its results are cleared.

        Raises:
            LookupError: There is no such project, or it has no samples in that category.
        """
        project = self._project(project_id)
        samples = project.count(category)
        if samples == 0:
            raise LookupError(f"project {project_id} has no samples in the category {category!r}")
        data = DataSet(project_id, category, project.impulses[0])
        return self.testing.start(data, samples, VARIANTS, outcome)

    def clear_results(self, project_id: int) -> None:
        """Clear the results of all categories, as a training job does.

        Raises:
            LookupError: There is no such project.
        """
        self.testing.clear(self._project(project_id).id)

    def change_thresholds(self, project_id: int) -> None:
        """Drop the results of all categories, as a change of a threshold does.

        Raises:
            LookupError: There is no such project.
        """
        self.testing.outdate(self._project(project_id).id)

    def exchange_models(self, project_id: int) -> None:
        """Put the models of another training in place of a project's, with the results that it has.

        Raises:
            LookupError: There is no such project, or there are no other models of it.
        """
        self.projects[project_id] = self._project(project_id).retrained()

    def retrain(self, project_id: int) -> None:
        """Exchange the models of a project, and clear its results, as a training job does.

        Raises:
            LookupError: There is no such project, or there are no other models of it.
        """
        self.exchange_models(project_id)
        self.testing.clear(project_id)
        self.jobs.forget(project_id)

    def _project(self, project_id: int) -> Project:
        if project_id not in self.projects:
            raise LookupError(
                f"there is no project {project_id}; there are {', '.join(map(str, self.projects))}"
            )
        return self.projects[project_id]
