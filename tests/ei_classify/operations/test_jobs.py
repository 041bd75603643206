from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ei_classify.calling import Kind, answer, call, kinds
from tests.ei_classify.project_data import example

if TYPE_CHECKING:
    import httpx


@kinds
def test_the_state_of_a_job_can_be_asked_for(kind: Kind) -> None:
    def handle(request: httpx.Request) -> httpx.Response:
        assert request.url.path == "/v1/api/1/jobs/9/status"
        return answer(example("job-finished"))

    assert call(kind, handle, "job", 9, project_id=1).finished_successful is True
