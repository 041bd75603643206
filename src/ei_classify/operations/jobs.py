"""`job`, `active_jobs`, `projects` and others: short questions about a project and its jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify_api.api.classify import get_classify_metrics_all_variants
from ei_classify_api.api.jobs import get_job_status, list_active_jobs
from ei_classify_api.api.projects import get_model_variants

from ei_classify.http import DEFAULT, Call, Default, Timeout

from .arguments import check_count, check_text
from .caller import AsyncCaller, Caller, projects_call
from .page_calls import whole_call

if TYPE_CHECKING:
    from ei_classify_api.models import (
        Accuracy,
        ClassifyJobResult,
        DataCategory,
        Job,
        JobList,
        JobStatus,
        KerasModelVariant,
        ModelVariant,
        ModelVariants,
        Project,
        VariantMetric,
        VariantMetrics,
    )


def status_call(project_id: int, job_id: int, timeout: Timeout | Default | None) -> Call[JobStatus]:
    """Return the call for the state of a job.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
    """
    check_count("project_id", project_id, 0)
    check_count("job_id", job_id, 0)
    operation = get_job_status.OPERATION
    return Call(operation, get_job_status.request(project_id, job_id), operation.read, timeout)


def _active_call(project_id: int) -> Call[JobList]:
    check_count("project_id", project_id, 0)
    operation = list_active_jobs.OPERATION
    return Call(operation, list_active_jobs.request(project_id), operation.read)


def _variants_call(project_id: int) -> Call[ModelVariants]:
    check_count("project_id", project_id, 0)
    operation = get_model_variants.OPERATION
    return Call(operation, get_model_variants.request(project_id), operation.read)


def _metrics_call(project_id: int) -> Call[VariantMetrics]:
    check_count("project_id", project_id, 0)
    operation = get_classify_metrics_all_variants.OPERATION
    return Call(operation, get_classify_metrics_all_variants.request(project_id), operation.read)


def _whole_call(
    project_id: int, variant: str | None, impulse_id: int | None, category: str | None
) -> Call[ClassifyJobResult]:
    check_count("project_id", project_id, 0)
    if impulse_id is not None:
        check_count("impulse_id", impulse_id, 0)
    for name, text in (("variant", variant), ("category", category)):
        if text is not None:
            check_text(name, text)
    return whole_call(project_id, {"variant": variant, "impulse_id": impulse_id, "category": category})


class Jobs(Caller):
    """The sync operations on jobs and projects."""

    def job(
        self, job_id: int, *, project_id: int | None = None, timeout: Timeout | Default | None = DEFAULT
    ) -> Job:
        """Return the state of a job.

        Args:
            job_id: The job's id.
            project_id: The project's id. The default is the client's, or that of the key.
            timeout: The timeout of this call, in seconds, as for the client.

        Raises:
            NotFoundError: There is no such job in this project.
            CallError: The call failed in another way.
            InvalidArgumentError: An argument cannot be sent.
        """
        check_count("job_id", job_id, 0)
        project = self._project(project_id)
        return self._send(project, status_call(project, job_id, timeout)).job

    def active_jobs(self, project_id: int | None = None) -> list[Job]:
        """Return the jobs of a project that are waiting or running."""
        project = self._project(project_id)
        return self._send(project, _active_call(project)).jobs

    def model_variants(self, project_id: int | None = None) -> list[ModelVariant]:
        """Return the model variants that a project has."""
        project = self._project(project_id)
        return self._send(project, _variants_call(project)).model_variants

    def metrics(self, project_id: int | None = None) -> list[VariantMetric]:
        """Return the accuracy of each variant in the last model testing, as the server counts, in percent."""
        project = self._project(project_id)
        return self._send(project, _metrics_call(project)).metrics or []

    def accuracy(
        self,
        project_id: int | None = None,
        *,
        variant: KerasModelVariant | str | None = None,
        impulse_id: int | None = None,
        category: DataCategory | str | None = None,
    ) -> Accuracy | None:
        """Return how right the last model testing is, as the server counts; None if it does not say.

        The server also sends what Studio plots of each sample, so the answer grows with the data set.

        Args:
            project_id: The project's id. The default is the client's, or that of the key.
            variant: The model variant; by default, the server chooses.
            impulse_id: The impulse; by default, the project's default impulse.
            category: The data set that was classified; by default, the testing set.

        Raises:
            NoResultsError: No classify job has run, or training has cleared its result.
            CallError: The call failed in another way.
        """
        project = self._project(project_id)
        return self._send(project, _whole_call(project, variant, impulse_id, category)).accuracy

    def projects(self) -> list[Project]:
        """Return the projects that the key or token opens. An API key opens one."""
        return self._sender.send(projects_call()).projects


class AsyncJobs(AsyncCaller):
    """`Jobs` for asyncio."""

    async def job(
        self, job_id: int, *, project_id: int | None = None, timeout: Timeout | Default | None = DEFAULT
    ) -> Job:
        """Return the state of a job, like `ClassifyClient.job`."""
        check_count("job_id", job_id, 0)
        project = await self._project(project_id)
        return (await self._send(project, status_call(project, job_id, timeout))).job

    async def active_jobs(self, project_id: int | None = None) -> list[Job]:
        """Return the jobs that are waiting or running, like `ClassifyClient.active_jobs`."""
        project = await self._project(project_id)
        return (await self._send(project, _active_call(project))).jobs

    async def model_variants(self, project_id: int | None = None) -> list[ModelVariant]:
        """Return the model variants, like `ClassifyClient.model_variants`."""
        project = await self._project(project_id)
        return (await self._send(project, _variants_call(project))).model_variants

    async def metrics(self, project_id: int | None = None) -> list[VariantMetric]:
        """Return the accuracy of each variant, like `ClassifyClient.metrics`."""
        project = await self._project(project_id)
        return (await self._send(project, _metrics_call(project))).metrics or []

    async def accuracy(
        self,
        project_id: int | None = None,
        *,
        variant: KerasModelVariant | str | None = None,
        impulse_id: int | None = None,
        category: DataCategory | str | None = None,
    ) -> Accuracy | None:
        """Return how right the last model testing is, like `ClassifyClient.accuracy`."""
        project = await self._project(project_id)
        return (await self._send(project, _whole_call(project, variant, impulse_id, category))).accuracy

    async def projects(self) -> list[Project]:
        """Return the projects that the key or token opens, like `ClassifyClient.projects`."""
        return (await self._sender.send(projects_call())).projects
