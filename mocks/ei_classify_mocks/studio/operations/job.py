"""`getJobStatus`: how far a job has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ei_classify_mocks.studio.error_answers import DeclinedError

if TYPE_CHECKING:
    from .call import Call


def job_status(call: Call) -> bytes:
    """A `JobStatus`, encoded."""
    job = call.state.jobs.find(call.project.id, call.number("jobId"))
    status = job.status(call.state.clock()) if job else None
    if status is None:
        raise DeclinedError("No such job in this project")
    return msgspec.json.encode({"success": True, "job": status})
