"""`classifySampleForVariants`: one sample, classified by several variants, or the job that does so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from ei_classify_mocks.studio.error_answers import DeclinedError
from ei_classify_mocks.studio.plans import JobPlan
from ei_classify_mocks.studio.projects import VARIANTS
from ei_classify_mocks.studio.requests.texts import read_strings

if TYPE_CHECKING:
    from .call import Call


def variants(call: Call) -> bytes:
    """A `ClassifiedSample` or a `StartedJob`, encoded."""
    project, sample_id = call.project, call.number("sampleId")
    names = read_strings("variants", call.given("variants", json.dumps(VARIANTS)))
    if not names:
        raise DeclinedError("variants must name at least one variant")
    views = [call.view(name) for name in names]
    needs_job = project.needs_job(sample_id)
    if needs_job is None:
        raise DeclinedError("No such sample in this project")
    if needs_job:
        job_id = _pending_job(call, sample_id, views[0].impulse, names)
        if job_id is not None:
            return msgspec.json.encode({"success": True, "id": job_id})
    return project.classify(sample_id, views[0], names, debug=call.given("includeDebugInfo", False))


def _pending_job(call: Call, sample_id: int, impulse: int, names: list[str]) -> int | None:
    """The id of the job that classifies the sample, started if need be; None once its result is there."""
    now, jobs = call.state.clock(), call.state.jobs
    work = ("sample", call.project.id, sample_id, impulse, tuple(sorted(names)))
    job = jobs.latest(work)
    if job is None or job.is_over(now):
        outcome = call.spoil(JobPlan()).outcome
        key = f"classify-sample-{sample_id}"
        job = jobs.start(work, call.project.id, "Classify sample", key, outcome)
    return None if job.has_result(now) else job.id
