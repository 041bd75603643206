"""`startClassifyJob`, and the whole result with its metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from ei_classify_mocks.studio.accuracy import accuracy, share
from ei_classify_mocks.studio.error_answers import DeclinedError
from ei_classify_mocks.studio.plans import JobPlan
from ei_classify_mocks.studio.projects import VARIANTS

from .page import NO_RESULTS, separated

if TYPE_CHECKING:
    from .call import Call


def start_classify_job(call: Call) -> bytes:
    """A `StartedJob`, encoded."""
    call.check_may_change()
    options: dict[str, Any] = call.body if isinstance(call.body, dict) else {}
    variants = list(dict.fromkeys(options.get("modelVariants") or VARIANTS))
    for variant in variants:
        call.view(variant)
    data = call.data()
    samples = call.project.count(data.category)
    if samples == 0:
        raise DeclinedError(f"There are no samples in the category {data.category}")
    testing = call.state.testing
    active = testing.active(call.project.id)
    if active is not None:
        raise DeclinedError(f"A classify job is already running for this project ({active.id})")
    job = testing.start(data, samples, variants, call.spoil(JobPlan()).outcome)
    return msgspec.json.encode({"success": True, "id": job.id})


def whole_result(call: Call) -> bytes:
    """A `ClassifyJobResult`, encoded."""
    testing, data = call.state.testing, call.data()
    view = call.view(call.given("variant", VARIANTS[0]))
    outdated = testing.is_outdated(call.project.id)
    results = testing.results(data, view.variant)
    if results == "missing" and not outdated:
        raise DeclinedError(NO_RESULTS)
    count = call.project.count(data.category) if results == "there" else 0
    pieces = [call.project.piece(data.category, position, view) for position in range(count)]
    predictions = [each for _, each in pieces if each]
    rest: dict[str, object] = {
        "accuracy": accuracy(msgspec.json.decode(b"[%b]" % b",".join(predictions))),
        "additionalMetricsByLearnBlock": [],
        "availableVariants": testing.variants(data),
    }
    if outdated:
        rest["noResultsBecauseThresholdsChanged"] = "should_rerun_full_job"
    return b"".join(
        [
            b'{"success":true,"result":[',
            *separated([result for result, _ in pieces]),
            b'],"predictions":[',
            *separated(predictions),
            b"],",
            msgspec.json.encode(rest)[1:],
        ]
    )


def metrics(call: Call) -> bytes:
    """A `VariantMetrics`, encoded."""
    data = call.data()
    variants = call.state.testing.variants(data)
    if not variants:
        raise DeclinedError(NO_RESULTS)
    found = [{"variant": variant, "accuracy": _accuracy(call, variant)} for variant in variants]
    return msgspec.json.encode({"success": True, "metrics": found})


def _accuracy(call: Call, variant: str) -> float:
    view, category = call.view(variant), call.data().category
    pieces = (call.project.piece(category, one, view) for one in range(call.project.count(category)))
    predictions = [each for _, each in pieces if each]
    return share(msgspec.json.decode(b"[%b]" % b",".join(predictions)))
