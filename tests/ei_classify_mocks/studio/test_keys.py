from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ei_classify_mocks import example
from ei_classify_mocks.studio import USER_TOKEN, Studio, api_key

from .asking import STEERING, TESTED

if TYPE_CHECKING:
    import httpx

CALLS = [
    ("GET", "/api/{}/classify/all/result/page"),
    ("POST", "/api/{}/classify/v2/1001/variants?variants=%5B%22int8%22%5D"),
    ("GET", "/api/{}/jobs/1/status"),
]


@pytest.mark.parametrize(("method", "path"), CALLS)
@pytest.mark.parametrize("headers", [{}, {"x-api-key": "wrong"}, {"x-jwt-token": "wrong"}, {"x-api-key": ""}])
def test_a_missing_or_wrong_key_is_refused(
    client: httpx.Client, method: str, path: str, headers: dict[str, str]
) -> None:
    response = client.request(method, path.format(1), headers=headers)
    assert (response.status_code, response.json()) == (401, example("failure-unauthorized"))


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_a_key_opens_its_own_project_only(client: httpx.Client, method: str, path: str) -> None:
    for project in (*TESTED, 5, 99):
        status = client.request(method, path.format(project), headers={"x-api-key": api_key(1)}).status_code
        assert status == (200 if project == 1 else 401)


def test_a_token_opens_every_project_of_its_user(client: httpx.Client) -> None:
    for project in (*TESTED, 5):
        response = client.get(CALLS[0][1].format(project), headers={"x-jwt-token": USER_TOKEN})
        assert response.status_code == 200
    assert client.get(CALLS[0][1].format(99), headers={"x-jwt-token": USER_TOKEN}).status_code == 401


def test_no_key_is_recorded(ei_studio: Studio) -> None:
    client = ei_studio.client()
    client.get(CALLS[0][1].format(1), headers={"x-api-key": api_key(1)})
    assert api_key(1) not in repr(ei_studio.requests)
    asked = client.get("https://studio.test/control/requests", headers=STEERING).text
    assert "/v1/api/1/classify/all/result/page" in asked
    assert api_key(1) not in asked
