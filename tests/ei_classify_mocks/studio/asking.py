"""How the tests ask a Studio double."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ei_classify_mocks.studio import CONTROL_HEADER, api_key
from ei_classify_mocks.studio.projects import stored_projects

if TYPE_CHECKING:
    import httpx

STEERING = {CONTROL_HEADER: "1"}
"""The header that the control endpoints need."""
TESTED = [project.id for project in stored_projects() if project.tested]
"""The stored projects that have results from the start."""
BOTH = '["float32", "int8"]'


def get_page(client: httpx.Client, project_id: int = 1, **query: Any) -> Any:
    """The body of a page."""
    response = client.get(
        f"/api/{project_id}/classify/all/result/page",
        params=query,
        headers={"x-api-key": api_key(project_id)},
    )
    assert response.status_code == 200, response.text
    return response.json()


def classify(client: httpx.Client, project_id: int, sample_id: int, **query: Any) -> Any:
    """The body of the second endpoint."""
    response = client.post(
        f"/api/{project_id}/classify/v2/{sample_id}/variants",
        params={"variants": BOTH, **query},
        headers={"x-api-key": api_key(project_id)},
    )
    assert response.status_code == 200, response.text
    return response.json()


def get_job(client: httpx.Client, project_id: int, job_id: int) -> Any:
    """The body of a job's status."""
    response = client.get(
        f"/api/{project_id}/jobs/{job_id}/status", headers={"x-api-key": api_key(project_id)}
    )
    assert response.status_code == 200, response.text
    return response.json()


def ids(page: Any) -> list[int]:
    """The ids of the samples of a page."""
    return [result["sampleId"] for result in page["result"]]


class ManualClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
