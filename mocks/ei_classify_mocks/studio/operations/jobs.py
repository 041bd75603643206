"""The operations on jobs: how far one has come, what it has printed, its end, and the lists of jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ei_classify_mocks.studio.answers import written
from ei_classify_mocks.studio.error_answers import DeclinedError

if TYPE_CHECKING:
    from ei_classify_mocks.studio.jobs import Job

    from .call import Call

MOST_LINES = 1000
"""The most lines of a log that are returned."""


def job_status(call: Call) -> bytes:
    """A `JobStatus`, encoded."""
    return msgspec.json.encode({"success": True, "job": _job(call).status(call.state.clock())})


def job_log(call: Call) -> bytes:
    """A `JobLog`, encoded: the newest line first, as on the server."""
    lines = _job(call).log(call.state.clock())
    level = call.given("logLevel", "")
    lines = [line for line in lines if level in ("", line.level)]
    most = min(call.given("limit", MOST_LINES), MOST_LINES)
    if most < 0:
        raise DeclinedError("limit must not be negative")
    newest = lines[::-1][:most]
    return msgspec.json.encode(
        {
            "success": True,
            "stdout": [
                {"created": written(line.created), "data": f"{line.text}\n", "logLevel": line.level}
                for line in newest
            ],
            "totalCount": len(lines),
        }
    )


def cancel_job(call: Call) -> bytes:
    """An `ApiResponse`, encoded. The job ends at once."""
    call.check_may_change()
    call.state.jobs.cancel(_job(call))
    return b'{"success":true}'


def active_jobs(call: Call) -> bytes:
    """A `JobList` of the jobs that are waiting or running, encoded."""
    now = call.state.clock()
    return _listed(call, [job for job in _jobs(call) if job.is_active(now)])


def finished_jobs(call: Call) -> bytes:
    """A `JobList` of the jobs that have ended, encoded: the newest first."""
    now = call.state.clock()
    jobs = [job for job in _jobs(call) if not job.is_active(now)]
    first, most = call.given("offset", 0), call.given("limit", len(jobs))
    if first < 0 or most < 0:
        raise DeclinedError("limit and offset must not be negative")
    return _listed(call, jobs[first : first + most], len(jobs))


def _job(call: Call) -> Job:
    job = call.state.jobs.find(call.project.id, call.number("jobId"))
    if job is None or job.has_vanished(call.state.clock()):
        raise DeclinedError("No such job in this project")
    return job


def _jobs(call: Call) -> list[Job]:
    return call.state.jobs.of_project(call.project.id)


def _listed(call: Call, jobs: list[Job], total: int | None = None) -> bytes:
    now = call.state.clock()
    return msgspec.json.encode(
        {
            "success": True,
            "jobs": [job.status(now) for job in jobs],
            "totalJobCount": len(jobs) if total is None else total,
        }
    )
