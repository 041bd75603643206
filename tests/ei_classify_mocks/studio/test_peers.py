"""Clients that nobody here wrote talk to the double over HTTP: the vendor's bindings for Python and Node."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ei_classify_mocks import JobTimes, Studio
from ei_classify_mocks.studio import api_key

from .asking import TESTED, get_page, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
SAMPLES = 118
SCALE = ("scale:200", "scale:200,kind=detection")
KINDS = (*TESTED, 100, 101)
"""A project of each kind: the stored ones, and the generated ones."""
# In a process of its own: the bindings take seconds to import and warn about themselves.
PYTHON_PEER = """
import json, sys, time
from edgeimpulse_api import ApiClient, ApiException, Configuration
from edgeimpulse_api.api.classify_api import ClassifyApi
from edgeimpulse_api.api.jobs_api import JobsApi

host, key, oldest, keys = sys.argv[1:]
client = ApiClient(Configuration(host=host, api_key={"ApiKeyAuthentication": key}))
classify, jobs = ClassifyApi(client), JobsApi(client)
found = {"raw": [], "typed": [], "past": None}
while True:
    page = dict(limit=50, offset=len(found["raw"]))
    raw = json.loads(classify.get_classify_job_result_page(1, **page, _preload_content=False).data)
    try:
        typed = classify.get_classify_job_result_page(1, **page)
        found["typed"].append([len(typed.result), typed.total_count])
    except ValueError as error:
        found["typed"].append(str(error))
    if not raw["result"]:
        break
    found["raw"] += [one["sampleId"] for one in raw["result"]]
started = classify.classify_sample_for_variants(1, 1117, '["int8"]').actual_instance
found["started"] = [type(started).__name__, started.success, started.results]
raw = classify.classify_sample_for_variants(1, 1117, '["int8"]', _preload_content=False)
job_id = json.loads(raw.data)["id"]
while not (job := jobs.get_job_status(1, job_id).job).finished:
    time.sleep(0.02)
found["job"] = [job.id == job_id, job.finished_successful]
try:
    classify.get_classify_job_result_page(1, category="validation")
except Exception as error:
    found["refused"] = [type(error).__name__, str(error)]
try:
    ClassifyApi(ApiClient(Configuration(host=host))).get_classify_job_result_page(1)
except ApiException as error:
    found["unauthorized"] = error.status
found["oldest"] = {}
for project, key in json.loads(keys).items():
    client = ApiClient(Configuration(host=oldest, api_key={"ApiKeyAuthentication": key}))
    page = ClassifyApi(client).get_classify_job_result_page(int(project), limit=5)
    scores = [list(one.result[0].values()) for each in page.result for one in each.classifications]
    found["oldest"][project] = [len(page.result), [one.prediction for one in page.predictions], scores[0]]
print(json.dumps(found))
"""
NODE_PEER = """
const { EdgeImpulseApi } = require('edge-impulse-api');
(async () => {
    const [endpoint, apiKey] = process.argv.slice(1);
    const api = new EdgeImpulseApi({ endpoint });
    await api.authenticate({ method: 'apiKey', apiKey });
    const found = { samples: [], predictions: {}, totals: [] };
    for (const variant of ['float32', 'int8']) {
        found.predictions[variant] = [];
        for (let offset = 0, page; ; offset += page.result.length) {
            page = await api.classify.getClassifyJobResultPage(1, { limit: 50, offset, variant });
            if (page.result.length === 0) break;
            if (variant === 'int8') found.samples.push(...page.result.map(r => r.sampleId));
            found.predictions[variant].push(...page.predictions.map(p => p.prediction));
            found.totals.push(page.totalCount);
        }
    }
    const variants = JSON.stringify(['int8', 'float32']);
    const started = await api.classify.classifySampleForVariants(1, 1117, { variants });
    let job;
    do {
        job = (await api.jobs.getJobStatus(1, started.id)).job;
    } while (!job.finished || !await new Promise(done => setTimeout(() => done(true), 50)));
    const classified = await api.classify.classifySampleForVariants(1, 1117, { variants });
    found.job = [job.finishedSuccessful, classified.results.map(r => r.variant)];
    found.windows = classified.results.map(r => r.classifications[0].result.length);
    try {
        await api.classify.getClassifyJobResultPage(2, {});
    } catch (error) {
        found.unauthorized = String(error.message || error);
    }
    console.log(JSON.stringify(found));
})();
"""

# What the client waits for five seconds each time shall not take as long here.
NODE_RUN = """
const { setTimeout: later, setInterval: often } = globalThis;
const sooner = ms => ms === 5000 ? 50 : ms;
globalThis.setTimeout = (done, ms, ...rest) => later(done, sooner(ms), ...rest);
globalThis.setInterval = (done, ms, ...rest) => often(done, sooner(ms), ...rest);
const { EdgeImpulseApi } = require('edge-impulse-api');
(async () => {
    const [endpoint, apiKey] = process.argv.slice(1);
    const api = new EdgeImpulseApi({ endpoint });
    await api.authenticate({ method: 'apiKey', apiKey });
    const found = { log: '' };
    const started = await api.jobs.startClassifyJob(5, { modelVariants: ['int8'] });
    await api.runJobUntilCompletion(
        { type: 'project', projectId: 5, jobId: started.id }, text => { found.log += text; });
    const page = await api.classify.getClassifyJobResultPage(5, { limit: 200, variant: 'int8' });
    found.samples = page.result.map(r => r.sampleId);
    const failed = await api.jobs.startClassifyJob(5, {});
    try {
        await api.runJobUntilCompletion({ type: 'project', projectId: 5, jobId: failed.id });
    } catch (error) {
        found.failed = error.message;
    }
    // It leaves the socket of a job that has failed open, which would keep this process running.
    process.stdout.write(JSON.stringify(found), () => process.exit());
})();
"""


@pytest.fixture
def studio() -> Iterator[Studio]:
    with Studio(job_times=JobTimes(0.02, 0.1, 0)) as studio:
        yield studio


def run(command: list[str], *arguments: str) -> Any:
    done = subprocess.run(
        [*command, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=50
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_vendor_s_python_bindings_page_as_far_as_they_are_able(studio: Studio) -> None:
    with studio.serving() as url, Studio(*SCALE, age="oldest") as old, old.serving() as old_url:
        keys = {project: api_key(project) for project in KINDS}
        found = run([sys.executable, "-c", PYTHON_PEER], url, api_key(1), old_url, json.dumps(keys))
        oldest = {project: get_page(old.client(), project, limit=5) for project in KINDS}
    assert found["raw"] == ids(get_page(studio.client(), limit=1000))
    assert len(found["raw"]) == SAMPLES
    # They read every page whole, and decode none that holds a sample: a threshold's value may be a number or
    # a string, and their decoder, which lets a number pass as a string, takes both for a match.
    *pages, past = found["typed"]
    assert len(pages) == 3
    assert all("Multiple matches found" in error and "BlockThresholdValue" in error for error in pages)
    assert past == [0, SAMPLES]
    # A started job they take for a classification without any content, and so its id is lost.
    assert found["started"] == ["ClassifySampleResponseMultipleVariants", True, None]
    assert found["job"] == [True, True]
    assert found["refused"] == ["Exception", "No model testing results found, run 'startClassifyJob' first"]
    assert found["unauthorized"] == 401
    # Without thresholds, they decode the pages of every kind of project.
    for project, page in oldest.items():
        first = page["result"][0]["classifications"][0]["result"][0]
        predictions = [one.get("prediction") for one in page["predictions"]]
        assert found["oldest"][str(project)] == [len(page["result"]), predictions, list(first.values())]


def test_the_vendor_s_node_bindings_page_without_a_miss(studio: Studio) -> None:
    with studio.serving() as url:
        found = run(["node", "-e", NODE_PEER], url, api_key(1))
    whole = {v: get_page(studio.client(), limit=1000, variant=v) for v in ("float32", "int8")}
    assert found["samples"] == ids(whole["int8"])
    assert found["predictions"] == {
        variant: [one["prediction"] for one in page["predictions"]] for variant, page in whole.items()
    }
    assert found["totals"] == [SAMPLES] * 6
    assert found["job"] == [True, ["int8", "float32"]]
    assert found["windows"] == [78, 78]
    assert "Invalid API key" in found["unauthorized"]


def test_the_vendor_s_node_client_runs_model_testing_and_reads_its_results() -> None:
    times = JobTimes(0.02, 0.4, 0)
    with Studio(job_times=times, faults=["job=fail,on=start,skip=1"]) as studio, studio.serving() as url:
        found = run(["node", "-e", NODE_RUN], url, api_key(5))
        assert found["samples"] == ids(get_page(studio.client(), limit=1000))
    # It does not tell its user of the job's last lines if it is the first to ask for the job's state.
    lines = found["log"].splitlines()
    assert lines[:3] == ["Connected to job", "Waiting for a machine", "Job started"]
    assert "Classifying with int8: 59 of 118" in lines
    assert not [line for line in lines if "retrying" in line]
    assert found["failed"] == "Job failed"
