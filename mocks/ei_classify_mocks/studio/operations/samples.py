"""`classifySampleForVariants` and `classifySampleV2`: one sample, classified, or the job that does so."""

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
    names = read_strings("variants", call.given("variants", json.dumps(VARIANTS)))
    if not names:
        raise DeclinedError("variants must name at least one variant")
    answer = _classified(call, names)
    return _started(answer) if isinstance(answer, int) else answer


def one_variant(call: Call) -> bytes:
    """A `SampleClassification` or a `StartedJob`, encoded."""
    answer = _classified(call, [call.given("variant", VARIANTS[0])])
    if isinstance(answer, int):
        return _started(answer)
    content = msgspec.json.decode(answer)
    [result] = content.pop("results")
    return msgspec.json.encode({**content, "classifications": result["classifications"]})


def _classified(call: Call, names: list[str]) -> bytes | int:
    """A `ClassifiedSample`, encoded, or the id of the job that classifies the sample."""
    project, sample_id = call.project, call.number("sampleId")
    views = [call.view(name) for name in names]
    needs_job = project.needs_job(sample_id)
    if needs_job is None:
        raise DeclinedError("No such sample in this project")
    if needs_job:
        job_id = _pending_job(call, sample_id, views[0].impulse, names)
        if job_id is not None:
            return job_id
    return project.classify(sample_id, views[0], names, debug=call.given("includeDebugInfo", False))


def _started(job_id: int) -> bytes:
    return msgspec.json.encode({"success": True, "id": job_id})


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
