"""What type checkers see of the clients. Nothing here runs: mypy --strict reads it.

An unused `type: ignore` is an error to it, so each of those below is a mistake that it must find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_type

import httpx

from ei_classify import (
    AsyncClassifyClient,
    AsyncPendingClassification,
    AsyncResultIterator,
    Classification,
    ClassifiedSample,
    ClassifyClient,
    ClassifyJobResultPage,
    Job,
    KerasModelVariant,
    ModelPrediction,
    ModelResult,
    Outcome,
    PageFilters,
    PendingClassification,
    ResultIterator,
    ResultPage,
    RetryPolicy,
    Sample,
)

if TYPE_CHECKING:
    import datetime


def making() -> None:
    ClassifyClient("key", base_url="https://host/v1", timeout=3, retries=2, http_client=httpx.Client())
    ClassifyClient(jwt_token="token", timeout=httpx.Timeout(3), retries=RetryPolicy(retries=2))  # noqa: S106
    ClassifyClient(http_client=httpx.AsyncClient())  # type: ignore[arg-type]
    AsyncClassifyClient(http_client=httpx.Client())  # type: ignore[arg-type]
    ClassifyClient(colour="red")  # type: ignore[call-arg]
    ClassifyClient("key", "token")  # type: ignore[call-arg]


def reading(client: ClassifyClient) -> None:
    assert_type(client.page(1, limit=10, offset=0), ClassifyJobResultPage)
    assert_type(client.pages(1, page_size=10), ResultIterator[ResultPage])
    client.pages(1, progress=True)
    client.results(1, progress=lambda read: print(read.samples, read.total))
    client.tables(1, progress="yes")  # type: ignore[arg-type]
    results = client.results(1, concurrency=2, timeout=None)
    assert_type(results, ResultIterator[Outcome])
    assert_type(results.total, int | None)
    with results as opened:
        assert_type(opened, ResultIterator[Outcome])
    for outcome in results:
        assert_type(outcome.sample, Sample)
        assert_type(outcome.result, ModelResult)
        assert_type(outcome.predictions, list[ModelPrediction])
        assert_type(outcome.classifications, list[Classification])
    for page in client.pages(1):
        assert_type(page.outcomes, list[Outcome])
        assert_type(page.unmatched, list[ModelPrediction])
        assert_type(page.answer, ClassifyJobResultPage)
        assert_type(page.content, bytes)


def filtering(client: ClassifyClient, instant: datetime.datetime) -> None:
    filters: PageFilters = {"variant": KerasModelVariant.INT8, "labels": ["a"], "min_date": instant}
    client.results(1, **filters)
    client.page(
        1, variant="int8", labels=("a", "b"), metadata=[{"key": "site", "values": ["lab"]}], search=None
    )
    client.results(1, colour="red")  # type: ignore[call-arg]
    client.results(1, variant=3)  # type: ignore[arg-type]
    client.pages(1, labels=[1])  # type: ignore[list-item]
    client.page(1, min_date="2025-06-04")  # type: ignore[arg-type]
    client.page("1")  # type: ignore[arg-type]


def classifying(client: ClassifyClient) -> None:
    assert_type(client.classify_sample(2, project_id=1, variants=["int8"]), ClassifiedSample)
    assert_type(
        client.classify_sample(2, project_id=1, variants=["int8"], wait=True, job_id=3), ClassifiedSample
    )
    pending = client.classify_sample(2, project_id=1, variants=["int8"], wait=False, impulse_id=3)
    assert_type(pending, PendingClassification)
    assert_type(pending.job_id, int | None)
    for job in pending.states():
        assert_type(job, Job)
    assert_type(pending.result(on_state=print), ClassifiedSample)
    assert_type(client.job(3, project_id=1), Job)
    client.classify_sample(2, project_id=1)  # type: ignore[call-overload]
    client.classify_sample(2, project_id=1, variants=["int8"], labels=["a"])  # type: ignore[call-overload]


async def in_asyncio(client: AsyncClassifyClient) -> None:
    async with client as opened:
        assert_type(opened, AsyncClassifyClient)
    assert_type(await client.page(1), ClassifyJobResultPage)
    results = client.results(1, variant="int8")
    assert_type(results, AsyncResultIterator[Outcome])
    assert_type(results.total, int | None)
    async for outcome in results:
        assert_type(outcome, Outcome)
    async for page in client.pages(1):
        assert_type(page, ResultPage)
    assert_type(await client.classify_sample(2, project_id=1, variants=["int8"]), ClassifiedSample)
    pending = await client.classify_sample(2, project_id=1, variants=["int8"], wait=False)
    assert_type(pending, AsyncPendingClassification)
    assert_type(await pending.result(), ClassifiedSample)
    async for job in pending.states():
        assert_type(job, Job)
    assert_type(await client.job(3, project_id=1), Job)
    for _ in client.results(1):  # type: ignore[attr-defined]
        pass
