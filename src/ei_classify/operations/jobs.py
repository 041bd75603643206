"""`job`: the state of a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ei_classify_api.api.jobs import get_job_status

from ei_classify.http import DEFAULT, Call, Default, Timeout

from .arguments import check_count
from .caller import AsyncCaller, Caller

if TYPE_CHECKING:
    from ei_classify_api.models import Job, JobStatus


def status_call(project_id: int, job_id: int, timeout: Timeout | Default | None) -> Call[JobStatus]:
    """Return the call for the state of a job.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
    """
    check_count("project_id", project_id, 0)
    check_count("job_id", job_id, 0)
    operation = get_job_status.OPERATION
    return Call(operation, get_job_status.request(project_id, job_id), operation.read, timeout)


class Jobs(Caller):
    """The sync operations on jobs."""

    def job(self, project_id: int, job_id: int, *, timeout: Timeout | Default | None = DEFAULT) -> Job:
        """Return the state of a job.

        Args:
            project_id: The project's id.
            job_id: The job's id.
            timeout: The timeout of this call, in seconds, as for the client.

        Raises:
            NotFoundError: There is no such job in this project.
            CallError: The call failed in another way.
            InvalidArgumentError: An argument cannot be sent.
        """
        return self._sender.send(status_call(project_id, job_id, timeout)).job


class AsyncJobs(AsyncCaller):
    """`Jobs` for asyncio."""

    async def job(self, project_id: int, job_id: int, *, timeout: Timeout | Default | None = DEFAULT) -> Job:
        """Return the state of a job, like `ClassifyClient.job`."""
        return (await self._sender.send(status_call(project_id, job_id, timeout))).job
